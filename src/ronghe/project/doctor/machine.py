"""The machine: program versions, room, fonts, what draws PDF."""

from __future__ import annotations

import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import django

import ronghe
from ronghe.project.doctor.findings import NONE, Finding, State, judged
from ronghe.wording import Sentence

ROOM = 2 * 1024**3
OFFICIAL = ("FangSong_GB2312", "仿宋_GB2312", "FangSong", "仿宋", "STFangsong", "华文仿宋")


def versions() -> Iterator[Finding]:
    """Look at Python and what the system is built on."""
    yield Finding(
        Sentence("版本", "Versions"),
        State.GOOD,
        f"ronghe {ronghe.__version__}, Django {django.get_version()}",
    )
    yield judged(
        Sentence("Python", "Python"),
        platform.python_version(),
        sys.version_info >= (3, 11),
        Sentence("3.11 以上", "3.11 or later"),
        Sentence("安装较新的 Python，重新安装本系统", "install a newer Python and set up again"),
    )


def room(home: Path) -> Iterator[Finding]:
    """Look at the room that is left where the state lies."""
    usage = shutil.disk_usage(home)
    yield judged(
        Sentence("磁盘空间", "Disk space"),
        f"{usage.free / 1024**3:.1f} GiB, {usage.free * 100 // usage.total}%",
        usage.free >= ROOM and usage.free * 20 >= usage.total,
        Sentence("至少 2 GiB 和 5%", "at least 2 GiB and 5%"),
        Sentence("清理磁盘，或把较早的备份移走", "clear the disk, or move older backups away"),
        otherwise=State.BETTER if usage.free >= ROOM // 4 else State.WRONG,
    )


def fonts() -> Iterator[Finding]:
    """Look for Chinese fonts, and those of official documents."""
    about = Sentence("中文字体", "Chinese fonts")
    families = _families()
    if families is None:
        yield Finding(
            about,
            State.BETTER,
            NONE,
            Sentence("fontconfig 的 fc-list", "fc-list of fontconfig"),
            Sentence("apt-get install fontconfig fonts-noto-cjk", "apt-get install fontconfig …"),
        )
        return
    yield judged(
        about,
        ", ".join(sorted(families)[:3]) or NONE,
        bool(families),
        Sentence("至少一种中文字体，否则 PDF 里没有汉字", "at least one, or PDF shows no Chinese"),
        Sentence("apt-get install fonts-noto-cjk", "apt-get install fonts-noto-cjk"),
    )
    official = sorted(families & set(OFFICIAL))
    yield judged(
        Sentence("公文字体（仿宋）", "Font of official documents (FangSong)"),
        ", ".join(official) or NONE,
        bool(official),
        Sentence(
            "GB/T 9704 正文用 3 号仿宋；没有时用已有的宋体代替",
            "GB/T 9704 sets the text in FangSong; another Chinese font stands in",
        ),
        Sentence(
            "有授权的话，把仿宋字体放进 ~/.fonts 再运行 fc-cache",
            "where you hold a licence, put the font into ~/.fonts and run fc-cache",
        ),
        otherwise=State.BETTER,
    )


def _families() -> set[str] | None:
    """Return the families of all Chinese fonts, None where nobody can tell."""
    program = shutil.which("fc-list")
    if program is None:
        return None
    said = subprocess.run(
        [program, ":lang=zh", "family"], capture_output=True, text=True, check=False
    )
    return {name.strip() for line in said.stdout.splitlines() for name in line.split(",") if name}


def drawing() -> Iterator[Finding]:
    """Look whether PDF can be drawn: WeasyPrint needs Pango."""
    try:
        found = str(import_module("weasyprint").__version__)
    except (ImportError, OSError) as error:
        found, good = str(error).partition("\n")[0][:80], False
    else:
        good = True
    yield judged(
        Sentence("PDF（WeasyPrint、Pango）", "PDF (WeasyPrint, Pango)"),
        found,
        good,
        Sentence("Pango 1.44 以上", "Pango 1.44 or later"),
        Sentence(
            "apt-get install libpango-1.0-0 libpangoft2-1.0-0",
            "apt-get install libpango-1.0-0 libpangoft2-1.0-0",
        ),
        otherwise=State.BETTER,
    )
