"""Jobs (后台任务): work that outlasts a request, carried out by one worker at a time.

An app declares a kind in a module that its ``ready()`` imports::

    @jobs.kind("records.import", title=_("导入数据"))
    def run(job: jobs.Run, *, batch: int) -> dict[str, Any]:
        for number, part in enumerate(parts):
            ...
            job.progress(number, len(parts))
        return {"url": reverse(...), "words": ...}

and starts it inside the transaction that makes it necessary: ``jobs.start("records.import",
by=user, place=node, key=f"batch-{pk}", batch=pk)``. Progress, refusal, failure and result stand
on the page ``desk:job``.
"""

from ronghe.apps.desk.jobkinds import Again, Refused, kind
from ronghe.apps.desk.jobs.running import Run, start

__all__ = ["Again", "Refused", "Run", "kind", "start"]
