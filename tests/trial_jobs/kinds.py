"""Jobs that go on until a file appears, writing down who carries them out."""

from __future__ import annotations

import os
import time
from pathlib import Path

from ronghe.apps.desk import jobs


def carry_on(job: jobs.Run, folder: str) -> dict[str, str]:
    """Mark the beginning and the end; in between, wait for the file ``go``."""
    marks = Path(folder) / "marks"
    mark(marks, "begin")
    step = 0
    while not (Path(folder) / "go").exists():
        step += 1
        job.progress(min(step, 999), 1000, "…")
        time.sleep(0.05)
    mark(marks, "end")
    return {"url": "/", "words": "办好了。"}


def mark(file: Path, word: str) -> None:
    with file.open("a", encoding="utf-8") as marks:
        marks.write(f"{word} {os.getpid()}\n")


jobs.kind("trial.once", title="一次")(carry_on)
jobs.kind("trial.again", title="可重办", retries=1)(carry_on)
