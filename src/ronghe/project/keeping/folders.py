"""The folders of the state that people's work is in: stored files, computed rounds, what comes.

Whatever lies in a folder of the home is kept, unless it is named here: so an app that stores
something in a folder of its own need not be known. Single files are not: database and keys.
"""

from __future__ import annotations

from pathlib import Path

BUILT = {"static", "backups"}
ASIDE = ("before-restore-", "moved-")


def kept_in(home: Path) -> list[Path]:
    """Return the folders that a backup holds and a restore exchanges."""
    return sorted(
        one
        for one in home.iterdir()
        if one.is_dir()
        and not one.is_symlink()
        and one.name not in BUILT
        and not one.name.startswith((".", *ASIDE))
    )


def files_below(folder: Path) -> list[Path]:
    """Return every file of a folder; links are not followed."""
    return [one for one in sorted(folder.rglob("*")) if one.is_file() and not one.is_symlink()]
