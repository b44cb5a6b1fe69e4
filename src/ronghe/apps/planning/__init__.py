"""Planning (谋划): for now the cockpit of five dimensions."""
