"""Streamlit pages on a published release. Never imports orchestration, dagster or dbt."""
