"""Shared face: the shell, components, forms, navigation, languages and themes."""
