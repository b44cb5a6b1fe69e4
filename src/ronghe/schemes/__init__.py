"""Ready schemes (现成方案): starting points that a county copies, changes and has approved.

What each appraises and rests on is in ``docs/reference/ready-schemes.md``.
"""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).parent


def ready() -> dict[str, Path]:
    """Return the ready schemes: the file of each by the scheme's code, in order of the codes."""
    return {file.stem: file for file in sorted(_HERE.glob("*.yaml"))}
