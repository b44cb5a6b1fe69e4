"""The rules of each procedure: pure, values in, values out."""
