"""The pure core: values in, values out. No files, clock, network, database or web."""
