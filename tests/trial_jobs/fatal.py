"""A process that kills itself with signal 9 at a chosen point, once in the life of a home."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from functools import wraps
from importlib import import_module
from itertools import count
from pathlib import Path
from typing import Any

FATAL = "TRIAL_FATAL"
"""``module:name:n``: the process dies when the function has been done for the nth time."""


def arm() -> None:
    """Wrap the function that the environment names, if it names one."""
    if FATAL not in os.environ:
        return
    module, name, times = os.environ[FATAL].split(":")
    *holders, last = name.split(".")
    holder: Any = import_module(module)
    for one in holders:
        holder = getattr(holder, one)
    setattr(holder, last, _fatal(getattr(holder, last), int(times)))


def _fatal(done: Callable[..., Any], times: int) -> Callable[..., Any]:
    calls, mark = count(1), Path(os.environ["RONGHE_HOME"], "killed")

    @wraps(done)
    def act(*given: Any, **named: Any) -> Any:
        result = done(*given, **named)
        if next(calls) == times and not mark.exists():
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    return act
