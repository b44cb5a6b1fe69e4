"""Writing: people, posts, delegations, tokens. Each act is one transaction with its audit entry."""
