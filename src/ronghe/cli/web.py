"""What the commands about the web share. Django is loaded here, when one of them runs."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from ronghe.analysis.errors import Problem, ProblemsError
from ronghe.cli.console import Console


def prepared(console: Console | None = None) -> Path:
    """Bring the installation up to date, saying so, and return its home."""
    with told_to_people():
        from ronghe.project import serve

        tell = partial(_tell_upgrade, console) if console else None
        return serve.prepare(tell)


def started() -> None:
    """Load an installation that is up to date; tell what stands in the way."""
    with told_to_people():
        from ronghe.project import serve

        serve.start()


@contextmanager
def loaded() -> Iterator[Path]:
    """Load the installation as it is and give its home; tell what stands in the way."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ronghe.project.settings")
    with told_to_people():
        import django
        from django.conf import settings

        django.setup()
        from ronghe.project.keeping.journal import settle

        settle(Path(settings.HOME))
        yield Path(settings.HOME)


@contextmanager
def told_to_people() -> Iterator[None]:
    """Turn what can be wrong with an installation into words."""
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
        found = str(error).partition("\n")[0]
        match type(error).__name__:
            case "OperationalError":
                raise _refused("database-out-of-reach", found=found) from error
            case "ImproperlyConfigured" if "psycopg" in found:
                raise _refused("database-driver-missing") from error
        raise


def _tell_upgrade(console: Console, steps: int) -> None:
    console.note(
        f"数据库属于较早的版本，正在升级（{steps} 步），请等它做完 …",
        f"The database is of an earlier version; bringing it up to date in {steps} steps …",
    )
    console.err.flush()


def _refused(code: str, found: str = "", expected: str = "") -> ProblemsError:
    return ProblemsError([Problem(code, found=found, expected=expected)])
