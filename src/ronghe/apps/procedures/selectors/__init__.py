"""Reading what procedures keep; each function also decides who may see what it returns."""
