"""Appraisal: schemes on screen, rounds, results, appeals, improvement."""
