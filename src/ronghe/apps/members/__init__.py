"""Members: who belongs to which Party organisation, at which stage, since when."""
