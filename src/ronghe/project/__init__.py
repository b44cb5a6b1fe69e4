"""The web project: settings, addresses, serving, the demonstration."""
