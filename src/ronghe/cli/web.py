"""What the commands about the web share. Django is loaded here, when one of them runs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ronghe.analysis.errors import Problem, ProblemsError


def prepared() -> Path:
    """Bring the installation up to date and return its home; tell what stands in the way."""
    from ronghe.project import serve

    with _told():
        return serve.prepare()


def started() -> None:
    """Load an installation that is up to date; tell what stands in the way."""
    from ronghe.project import serve

    with _told():
        serve.start()


@contextmanager
def _told() -> Iterator[None]:
    from ronghe.project import database, serve

    try:
        yield
    except database.DatabaseAddressError as error:
        raise _refused("database-address-wrong", expected=database.FORM) from error
    except serve.PagesNotBuiltError as error:
        raise _refused("pages-not-built") from error
    except serve.NotPreparedError as error:
        raise _refused("not-prepared") from error
    except Exception as error:
        if type(error).__name__ != "OperationalError":
            raise
        found = str(error).partition("\n")[0]
        raise _refused("database-out-of-reach", found=found) from error


def _refused(code: str, found: str = "", expected: str = "") -> ProblemsError:
    return ProblemsError([Problem(code, found=found, expected=expected)])
