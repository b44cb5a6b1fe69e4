"""Procedures: working days, publicity, objections, sign-off, conflicts of interest, draws."""
