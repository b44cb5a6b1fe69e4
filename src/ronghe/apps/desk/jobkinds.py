"""The kinds of jobs, each declared by the app that has the work."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

Work = Callable[..., dict[str, Any] | None]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of job: its title, its function, how often it may be taken up anew.

    ``retries`` counts what happens after the worker was killed or the function raised `Again`;
    a kind that retries has to bear being carried out twice up to any point.
    """

    name: str
    title: str | Promise
    work: Work
    retries: int


KINDS: dict[str, Kind] = {}
"""Every declared kind by name."""


class Refused(Exception):  # noqa: N818 - what it says to people, not a fault of the program
    """The job cannot be done for a reason that people can understand and mend."""


class Again(Exception):  # noqa: N818 - as above
    """The job did not work out this time; it is worth another try after ``seconds``."""

    def __init__(self, words: str, *, seconds: int = 60) -> None:
        super().__init__(words)
        self.seconds = seconds


def kind(name: str, *, title: str | Promise, retries: int = 0) -> Callable[[Work], Work]:
    """Declare a kind of job: ``run(job, **arguments)`` with JSON arguments and result.

    In the result ``url`` is where to go next and ``words`` what came out, in a sentence.
    """

    def declare(work: Work) -> Work:
        KINDS[name] = Kind(name, title, work, retries)
        return work

    return declare
