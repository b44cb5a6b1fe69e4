"""Desk (工作台): what waits for a person, by when and why."""
