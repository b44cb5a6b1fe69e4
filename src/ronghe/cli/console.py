"""What commands say on the terminal."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable
from typing import TextIO

from ronghe.analysis.errors import Problem, errors_among
from ronghe.wording import Language, Sentence, say

STAGES = {
    "read": Sentence("读取文件", "reading files"),
    "check": Sentence("核对数据", "checking data"),
    "compute": Sentence("计算", "computing"),
    "certainty": Sentence("推算名次区间", "rank intervals"),
    "write": Sentence("写出结果", "writing results"),
    "reports": Sentence("生成报告", "writing reports"),
    "generate": Sentence("生成数据", "making data"),
}

_COMMANDS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Characters that command a terminal or turn the direction of writing."""


def harmless(text: str) -> str:
    """Put a mark in the place of each character that a terminal would obey."""
    return _COMMANDS.sub("\ufffd", text)


class Console:
    """Two streams and a language."""

    def __init__(self, language: Language, out: TextIO, err: TextIO) -> None:
        self.language, self.out, self.err = language, out, err
        self.began = time.monotonic()

    def print(self, *lines: str) -> None:
        """Print results."""
        for line in lines:
            print(harmless(line), file=self.out)

    def note(self, zh: str, en: str) -> None:
        """Print a remark that is no result."""
        print(harmless(zh if self.language == "zh" else en), file=self.err)

    def progress(self, stage: str) -> None:
        """Say on a terminal which stage begins, after how many seconds."""
        if self.err.isatty():
            words = STAGES.get(stage, Sentence(stage, stage))
            text = words.zh if self.language == "zh" else words.en
            print(f"[{time.monotonic() - self.began:6.1f} s] {text} …", file=self.err)

    def step(self, done: int, total: int, what: str) -> None:
        """Say on a terminal how far long work has come."""
        self.progress(f"{what} {done}/{total}")

    def show(self, problems: Iterable[Problem]) -> None:
        """Show problems, errors first, each with its place and what to do."""
        listed = list(problems)
        errors = errors_among(listed)
        for problem in [*errors, *(p for p in listed if p.severity == "warning")]:
            zh, en = ("错误", "error") if problem.severity == "error" else ("提示", "warning")
            self.note(f"{zh}：{say(problem, 'zh')}", f"{en}: {say(problem, 'en')}")
        if errors:
            self.note(
                f"共 {len(errors)} 处错误；什么也没有写出。",
                f"{len(errors)} error(s); nothing was written.",
            )
