"""An app with kinds of jobs for tests: they leave marks in a file that survives them."""
