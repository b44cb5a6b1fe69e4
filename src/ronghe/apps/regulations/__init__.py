"""Regulations: the rulebook on screen, with local values and confirmation."""
