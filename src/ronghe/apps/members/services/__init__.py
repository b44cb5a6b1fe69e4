"""Writing: ``keeping`` for one member at a time, ``importing`` for a roster file."""
