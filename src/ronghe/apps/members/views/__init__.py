"""Pages: ``roster`` for the list and one member, ``imports`` for a roster file."""
