"""What a phone fetches to show the desk for the first time."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

from django.contrib.staticfiles import finders

from ronghe.apps.access import Role

MOST = 180 * 1024


def test_the_desk_is_small_on_first_load(signed_in, here):
    page = signed_in(here[Role.ORGANISATION]).get("/").content
    fetched = set(re.findall(r'(?:href|src)="/static/([^"#]+)', page.decode()))
    files = [Path(finders.find(name)).read_bytes() for name in sorted(fetched)]

    assert "vendor/charts.js" not in fetched
    assert sum(len(gzip.compress(one)) for one in [page, *files]) <= MOST
