"""The app of trial jobs."""

from django.apps import AppConfig


class TrialConfig(AppConfig):
    name = "trial_jobs"

    def ready(self) -> None:
        from trial_jobs import (
            fatal,
            kinds,  # noqa: F401 - declares them
        )

        fatal.arm()
