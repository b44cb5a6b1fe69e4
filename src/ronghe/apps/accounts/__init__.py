"""Accounts: people, posts, delegation, sign-in, tokens."""
