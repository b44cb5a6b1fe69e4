"""Writing: ``drafts`` for schemes in the making, ``versions`` for putting them into force."""
