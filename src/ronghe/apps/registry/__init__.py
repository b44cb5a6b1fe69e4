"""Registry: the dated tree of organisations."""
