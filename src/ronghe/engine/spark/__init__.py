"""Carries out compiled schemes on Apache Spark, with results equal to those of DuckDB.

The extra ``ronghe[spark]``: the same SQL text, transpiled. Nothing outside this package imports
Spark, and nothing here is loaded unless it is asked for.
"""
