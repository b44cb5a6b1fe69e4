"""A round, apart from the database: its stages, what it needs, what a review looks at.

Pure: values in, values out.
"""
