"""Every icon that a page names is in the sprite."""

from __future__ import annotations

import re
from pathlib import Path

from django.contrib.staticfiles import finders

from ronghe.ui.catalogues import PACKAGE


def test_every_icon_that_is_named_is_drawn():
    templates = "".join(
        file.read_text(encoding="utf-8") for file in PACKAGE.rglob("templates/**/*.html")
    )
    python = "".join(file.read_text(encoding="utf-8") for file in PACKAGE.rglob("*.py"))
    named = set(re.findall(r'\{% icon "([^"]+)"', templates))
    named |= set(re.findall(r'\bicon(?:=|\()"([a-z0-9-]+)"', python))
    sprite = Path(finders.find("vendor/icons.svg")).read_text(encoding="utf-8")
    drawn = set(re.findall(r'<symbol id="([^"]+)"', sprite))

    assert named - drawn == set()
