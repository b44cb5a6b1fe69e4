"""The app of trial jobs."""

from django.apps import AppConfig


class TrialConfig(AppConfig):
    name = "trial_jobs"

    def ready(self) -> None:
        from trial_jobs import kinds  # noqa: F401
