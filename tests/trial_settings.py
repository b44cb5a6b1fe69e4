"""Settings of an installation that tests run as processes: the real ones and the trial jobs."""

from ronghe.project.settings import *  # noqa: F403

INSTALLED_APPS = [*INSTALLED_APPS, "trial_jobs"]  # noqa: F405
