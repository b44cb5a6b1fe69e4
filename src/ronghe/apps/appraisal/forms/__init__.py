"""Forms: ``parts`` for the parts of a scheme, ``schemes`` for the rest of a scheme's way."""
