"""Takes the pictures of the guides: ``make screenshots`` on a fresh demonstration.

Each is of one person's page as it stands; the demonstration grows from a seed, so only the days
change from one time to the next.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from bench.web_pages import SITE, served, sign_in  # noqa: E402

IMAGES = ROOT / "docs" / "guide" / "images"
PHONE, DESKTOP = (390, 760), (1100, 800)
SHOWN = (
    ("round", "kaohe", "/appraisal/rounds/2/", DESKTOP),
    ("trial", "kaohe", "", DESKTOP),
    ("department", "tongji", "/", DESKTOP),
    ("result", "liulin", "own result", PHONE),
    ("compare", "liulin", "own result, compared", PHONE),
    ("secretary", "zhishu", "/", PHONE),
    ("member", "dangyuan", "/", PHONE),
    ("cockpit", "xianling", "/planning/", DESKTOP),
    ("place", "xianling", "first place", DESKTOP),
    ("audit", "jijian", "/audit/", DESKTOP),
    ("tree", "xitong", "/organisations/", DESKTOP),
)
"""The picture, whose page, its address or how it is come by, the size of the window."""


def opened(page: Any, path: str) -> None:
    """Open a page as the person would come to it."""
    if path.startswith("/"):
        page.goto(f"{SITE}{path}")
    elif path.startswith("own result"):
        page.goto(f"{SITE}/appraisal/rounds/1/")
        page.locator("main a[href*='/appraisal/results/']").first.click()
        if path.endswith("compared"):
            page.get_by_role("link", name="对比").click()
    elif path == "first place":
        page.goto(f"{SITE}/planning/")
        page.locator("main a[href*='/planning/places/']").first.click()
    else:
        page.goto(f"{SITE}/appraisal/schemes/1/")
        page.locator("form[action$='/backtest/'] button").click()
        page.get_by_role("link", name="查看结果").click(timeout=120_000)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(800)


def taken(browser: Any, password: str) -> None:
    """Take every picture, as WebP."""
    IMAGES.mkdir(exist_ok=True)
    for name, person, path, (width, height) in SHOWN:
        size = {"width": width, "height": height}
        context = browser.new_context(locale="zh-CN", viewport=size, reduced_motion="reduce")
        page = context.new_page()
        sign_in(page, person, password)
        opened(page, path)
        picture = Image.open(BytesIO(page.screenshot()))
        picture.save(IMAGES / f"{name}.webp", quality=70, method=6)
        context.close()


def main() -> None:
    """Serve a fresh demonstration and take the pictures."""
    chromium = shutil.which("chromium")
    with (
        tempfile.TemporaryDirectory(prefix="ronghe-guide-") as home,
        served(home) as password,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        taken(browser, password)
        browser.close()
    size = sum(one.stat().st_size for one in IMAGES.glob("*.webp"))
    print(f"{len(SHOWN)} pictures, {size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
