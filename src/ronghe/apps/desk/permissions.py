"""Who sees the jobs that others started."""

from ronghe.apps.access import Role, declare

SEE_JOBS = declare("desk.see_jobs", roles=[Role.ADMINISTRATOR])
