"""The site: pages built, production settings, who serves."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core import checks
from django.utils import timezone

from ronghe.apps.desk.models import Job, Tick
from ronghe.project.doctor.findings import NONE, Finding, State, judged
from ronghe.project.keeping import occupied
from ronghe.wording import Sentence

LATE = timedelta(minutes=10)


def folder(home: Path) -> Iterator[Finding]:
    """Look at the folder of the state."""
    mode = stat.S_IMODE(home.stat().st_mode)
    yield judged(
        Sentence("状态目录", "Folder of state"),
        f"{home} {oct(mode)[2:]}",
        not mode & 0o077,
        Sentence("700，只有运行用户可进", "700, for the user it runs as alone"),
        Sentence(f"chmod 700 {home}", f"chmod 700 {home}"),
    )


def pages() -> Iterator[Finding]:
    """Look whether styles, scripts and the texts in English are there."""
    compiled = [one for place in settings.LOCALE_PATHS for one in Path(place).rglob("*.mo")]
    parts = {
        "vendor/tabler.css": finders.find("vendor/tabler.css"),
        "django.mo": compiled,
        "staticfiles.json": (Path(settings.STATIC_ROOT) / "staticfiles.json").exists(),
    }
    lacking = ", ".join(name for name, there in parts.items() if not there)
    yield judged(
        Sentence("页面文件", "Files of the pages"),
        Sentence(f"缺 {lacking}", f"{lacking} missing")
        if lacking
        else Sentence("齐全", "all there"),
        not lacking,
        Sentence("样式和脚本、英文目录、收集好的静态文件", "styles and scripts, texts, collected"),
        Sentence(
            "从安装包安装的重新安装；从源码运行的 make run 一次；都没有问题就启动一次网站",
            "install the wheel again, or make run in the sources; then start the site once",
        ),
    )


def production() -> Iterator[Finding]:
    """Look at what Django's own check for deployment says."""
    told = checks.run_checks(include_deployment_checks=True)
    yield judged(
        Sentence("正式运行的设置", "Settings for production"),
        ", ".join(sorted({str(one.id) for one in told})) or NONE,
        not told,
        Sentence("check --deploy 没有提示", "nothing said by check --deploy"),
        Sentence(
            "正式运行请设 RONGHE_HTTPS=1、RONGHE_HOSTS、RONGHE_PROXIES，不设 RONGHE_DEBUG",
            "in production set RONGHE_HTTPS=1, RONGHE_HOSTS and RONGHE_PROXIES, not RONGHE_DEBUG",
        ),
        otherwise=State.BETTER,
    )
    factor = settings.RONGHE_SECOND_FACTOR
    yield judged(
        Sentence("第二重验证", "Second factor"),
        factor,
        factor == "required",
        Sentence("required", "required"),
        Sentence("除演示外不要设 RONGHE_SECOND_FACTOR", "unset RONGHE_SECOND_FACTOR but for demos"),
        otherwise=State.BETTER,
    )


def worker() -> Iterator[Finding]:
    """Look whether periodic work and jobs are carried out in time, and without fault."""
    late = timezone.now() - LATE
    overdue = Tick.objects.filter(due__lt=late).count()
    waiting = Job.objects.filter(state=Job.State.WAITING, created__lt=late).count()
    failed = list(Tick.objects.exclude(reference="").values_list("name", "reference"))
    yield judged(
        Sentence("后台任务", "Worker"),
        Sentence(
            f"过期的定时任务 {overdue}，久等的任务 {waiting}",
            f"{overdue} periodic works overdue, {waiting} jobs waiting long",
        ),
        not overdue and not waiting,
        Sentence("都在十分钟内办理", "all within ten minutes"),
        Sentence(
            "启动 ronghe work，或用 ronghe serve --jobs 1", "run ronghe work or serve --jobs 1"
        ),
    )
    for name, reference in failed:
        yield Finding(
            Sentence("定时任务", "Periodic work"),
            State.BETTER,
            f"{name} {reference}",
            Sentence("没有出错", "no fault"),
            Sentence(f"在日志里查找 {reference}", f"look for {reference} in the log"),
        )


def serving(home: Path) -> Iterator[Finding]:
    """Say whether a server or worker runs on this folder of state."""
    yield Finding(
        Sentence("正在运行", "Running"),
        State.GOOD,
        Sentence("是", "yes") if occupied.is_served(home) else Sentence("否", "no"),
    )
