"""Reading: ``schemes`` for drafts and versions."""
