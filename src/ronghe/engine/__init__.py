"""Carries out compiled schemes on DuckDB: typed tables in, outcomes and their files out."""
