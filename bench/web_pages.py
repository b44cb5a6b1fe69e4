"""Pages in the browser: bytes of a first load as they travel, and Lighthouse's scores.

Needs ``make .venv/test-pages.stamp`` (Lighthouse from npm) and Debian's Chromium. Serves the
demonstration on an installation of its own and measures the desk as three people see it, a
score page as a township's secretary sees it, and the cockpit as a leader does.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Response, sync_playwright

ROOT = Path(__file__).parents[1]
PORT = int(os.environ.get("PORT", "8156"))
SITE = f"http://localhost:{PORT}"
PEOPLE = ("zhishu", "kaohe", "dangyuan")
"""A branch secretary, whose desk Lighthouse judges; the appraisal office; a member."""
MOST_BYTES, LEAST_SCORE, RUNS = 180_000, 95, 5
LEAST_WITH_CHARTS = 90
"""Performance of a page that draws charts; everything else has LEAST_SCORE."""
CHARTS = (("liulin", "own result"), ("xianling", "/planning/"))
"""Whose pages with charts are judged; a township's result is found from its round."""
AGAIN = 2
"""How often a run that broke off is tried again."""
CATEGORIES = ("performance", "accessibility", "best-practices")


@contextmanager
def served(home: str) -> Iterator[str]:
    """Serve a fresh demonstration; give the password of its accounts."""
    environment = {**os.environ, "RONGHE_HOME": home, "RONGHE_SECOND_FACTOR": "optional"}
    command = [sys.executable, "-m", "ronghe.cli", "serve", "--demo", "--port", str(PORT)]
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    try:
        while server.poll() is None:
            try:
                urllib.request.urlopen(f"{SITE}/account/sign-in/").read()  # noqa: S310
                break
            except OSError:
                time.sleep(1)
        kept = json.loads((Path(home) / "demo-accounts.json").read_text(encoding="utf-8"))
        yield kept["password"]
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(60)


def sign_in(page: Page, user: str, password: str) -> None:
    """Sign in as a person would."""
    page.goto(f"{SITE}/account/sign-in/")
    page.fill("#id_login", user)
    page.fill("#id_password", password)
    page.press("#id_password", "Enter")
    page.wait_for_url(f"{SITE}/")


def first_load(browser: Any, cookies: Any) -> tuple[int, int]:
    """Return the bytes of a first load of the desk as they travel, and how many requests."""
    context = browser.new_context()
    context.add_cookies(cookies)
    answers: list[Response] = []
    page = context.new_page()
    page.on("response", lambda answer: answers.append(answer))
    page.goto(f"{SITE}/", wait_until="networkidle")
    sizes = [one.request.sizes() for one in answers]
    context.close()
    return sum(one["responseBodySize"] + one["responseHeadersSize"] for one in sizes), len(sizes)


def lighthouse(cookies: Any, chromium: str, preset: str, path: str) -> dict[str, float]:
    """Return the scores of one run out of 100; the page is opened with a person's cookies.

    A run that breaks off, as Chromium sometimes misses the start of a page, is tried again at
    most AGAIN times, and that is said.
    """
    for left in range(AGAIN, -1, -1):
        told = report_of(cookies, chromium, preset, path)
        broken = told.get("runtimeError", {}).get("code")
        if not broken:
            break
        then = "tried again" if left else "given up"
        print(f"    {path} {preset}: broke off with {broken}, {then}", flush=True)
    else:
        raise SystemExit(f"Lighthouse broke off {AGAIN + 1} times on {path} ({preset}).")
    failed = [
        name
        for category in CATEGORIES
        for one in told["categories"][category]["auditRefs"]
        if one["weight"] and (told["audits"][name := one["id"]]["score"] or 1) < 0.9
    ]
    print(f"    {preset}: version {told['lighthouseVersion']}, below 90: {failed or 'none'}")
    return {name: 100 * told["categories"][name]["score"] for name in CATEGORIES}


def report_of(cookies: Any, chromium: str, preset: str, path: str) -> dict[str, Any]:
    """Return what Lighthouse reports of one run; ``runtimeError`` where it broke off."""
    cookie = "; ".join(f"{one['name']}={one['value']}" for one in cookies)
    with tempfile.TemporaryDirectory() as folder:
        headers, report = Path(folder) / "headers.json", Path(folder) / "report.json"
        headers.write_text(json.dumps({"Cookie": cookie}), encoding="utf-8")
        command = [str(ROOT / "node_modules" / ".bin" / "lighthouse"), f"{SITE}{path}", "--quiet"]
        command += [f"--extra-headers={headers}", "--output=json", f"--output-path={report}"]
        command += [f"--only-categories={','.join(CATEGORIES)}"]
        command += ["--chrome-flags=--headless=new --no-sandbox"]
        command += ["--preset=desktop"] if preset == "desktop" else []
        ended = subprocess.run(command, env={**os.environ, "CHROME_PATH": chromium}, check=False)
        told: dict[str, Any] = json.loads(report.read_text("utf-8")) if report.exists() else {}
    if ended.returncode and "runtimeError" not in told:
        told["runtimeError"] = {"code": f"exit status {ended.returncode}"}
    return told


def desk_of(person: str, password: str, browser: Any) -> tuple[Any, bool]:
    """Print the size of a person's desk; return their cookies and whether it is small enough."""
    context = browser.new_context()
    sign_in(context.new_page(), person, password)
    cookies = context.cookies()
    context.close()
    size, requests = first_load(browser, cookies)
    print(f"{person}: {size / 1000:.1f} kB in {requests} requests", flush=True)
    return cookies, size <= MOST_BYTES


def charts_of(person: str, path: str, password: str, browser: Any) -> tuple[Any, str]:
    """Return a person's cookies and the address of their page with charts."""
    context = browser.new_context()
    page = context.new_page()
    sign_in(page, person, password)
    if path == "own result":
        page.goto(f"{SITE}/appraisal/rounds/1/")
        link = page.locator("main a[href*='/appraisal/results/']").first
        path = str(link.get_attribute("href"))
    cookies = context.cookies()
    context.close()
    return cookies, path


def judged(
    cookies: Any, chromium: str, preset: str, path: str = "/", *, least: int = LEAST_SCORE
) -> bool:
    """Print the medians of Lighthouse's scores; return whether all are high enough.

    `least` is the limit of performance; the other categories have LEAST_SCORE.
    """
    runs = [lighthouse(cookies, chromium, preset, path) for _ in range(RUNS)]
    medians = {name: statistics.median(run[name] for run in runs) for name in CATEGORIES}
    for name, median in medians.items():
        print(
            f"  {path} {preset} {name}: {median:.0f} of {[round(run[name]) for run in runs]}",
            flush=True,
        )
    limits = dict.fromkeys(CATEGORIES, LEAST_SCORE) | {"performance": least}
    return all(medians[name] >= limits[name] for name in CATEGORIES)


def main() -> None:
    """Measure the desks and let Lighthouse judge the first, on a phone and on a desktop."""
    chromium = shutil.which("chromium")
    if chromium is None or not (ROOT / "node_modules" / ".bin" / "lighthouse").exists():
        print("Needs Debian's Chromium and the test tools from npm; nothing was measured.")
        return
    with (
        tempfile.TemporaryDirectory(prefix="ronghe-bench-") as home,
        served(home) as password,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        desks = [desk_of(one, password, browser) for one in PEOPLE]
        print(f"Chromium {browser.version}, load {os.getloadavg()[0]:.1f}", flush=True)
        charts = [charts_of(person, path, password, browser) for person, path in CHARTS]
        browser.close()
        good = [small for _cookies, small in desks]
        good += [judged(desks[0][0], chromium, preset) for preset in ("mobile", "desktop")]
        good += [
            judged(cookies, chromium, preset, path, least=LEAST_WITH_CHARTS)
            for cookies, path in charts
            for preset in ("mobile", "desktop")
        ]
        print("within the limits" if all(good) else "NOT within the limits")
