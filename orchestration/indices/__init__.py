"""Composite indices of a workspace, as configuration: indices/<index_id>.yml.

To add an index, add one file to the workspace's folder indices/, as the README section "Composite indices"
shows it; to add an edition, add an entry under `editions:` of its file. Nothing else is touched.

Lives here: the shape of a file (shape.py), what it must point at and add up to (checks.py), and the tables
it becomes (frames.py). Must not live here: how an index is computed (int_indices__* in dbt_project/).
"""
