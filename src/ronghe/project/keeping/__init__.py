"""Keeping an installation: backing it up, restoring it, moving it to another database."""
