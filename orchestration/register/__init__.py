"""The planning register of a workspace: what `planning/*.csv` may say, written down once and checked.

Lives here: tables and columns (tables.py and the modules it gathers), states, rules. Must not live here:
reading files (workspace_files.py), landing them (workspace_landing.py), and anything that is published.
"""
