"""考核方案: the typed scheme document, its checks, lint and burden."""
