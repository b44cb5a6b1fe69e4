"""A wheel holds what the pages need: styles, icons, scripts, the texts in English.

They are not in the repository; ``make wheel`` builds them first. A wheel without them is refused
here, so that whoever installs one needs neither npm nor a compiler of catalogues.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class WheelHook(BuildHookInterface):  # type: ignore[type-arg]
    """Refuses to build what would not serve."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Look for what ``make wheel`` builds."""
        if version == "editable":
            return
        package = Path(self.root) / "src" / "ronghe"
        lacking = [] if (package / "ui/static/vendor/tabler.css").exists() else ["the pages' files"]
        for catalogue in package.rglob("*.po"):
            compiled = catalogue.with_suffix(".mo")
            if not compiled.exists() or compiled.stat().st_mtime < catalogue.stat().st_mtime:
                lacking.append(compiled.name)
        if lacking:
            raise RuntimeError(f"{', '.join(lacking)} not built yet; build with: make wheel")
