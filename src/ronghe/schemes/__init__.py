"""Ready schemes (现成方案): starting points that a county copies, changes and has approved.

What each appraises and rests on is in ``docs/reference/ready-schemes.md``. Beside them lie ready
indices (现成指数), which appraise nobody.
"""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).parent


def ready() -> dict[str, Path]:
    """Return the ready schemes: the file of each by the scheme's code, in order of the codes."""
    return _by_code(_HERE)


def ready_indices() -> dict[str, Path]:
    """Return the ready indices: the file of each by its code, in order of the codes."""
    return _by_code(_HERE / "indices")


def _by_code(folder: Path) -> dict[str, Path]:
    return {file.stem: file for file in sorted(folder.glob("*.yaml"))}
