"""Pages: ``schemes`` for drafts, ``parts`` for one part of a draft, ``versions`` for the rest."""
