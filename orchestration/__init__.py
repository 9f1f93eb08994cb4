"""Dagster, ingestion, release and command line of Sozialraum. Never imports dashboards or streamlit."""
