"""Reading what the desk keeps; each function decides who may see what it returns."""
