"""The engine as the web uses it: ``ronghe appraise`` in a process of its own."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryFile

RESULTS = "results.parquet"
SCHEME, DATA, LOCAL_RULES = "scheme.yaml", "data", "rulebook.yaml"
LONGEST = 3600
"""Seconds after which a computation is given up."""


class ComputationError(Exception):
    """The engine refused; the words are its own, for people."""


def appraise(folder: Path, out: Path, *, language: str, alive: Callable[[], None]) -> str:
    """Appraise what lies in a folder, calling `alive` about once a second; return the warnings.

    The folder has ``scheme.yaml``, the data in ``data`` and, where there are local rules,
    ``rulebook.yaml``.

    Raises ComputationError with everything that is wrong with scheme and data.
    """
    command = [
        sys.executable, "-m", "ronghe.cli", "appraise", str(folder / SCHEME),
        "--data", str(folder / DATA), "--out", str(out), "--reports", "none",
        "--other-periods", "leave-out", "--lang", language, *_local_rules(folder),
    ]  # fmt: skip
    out.parent.mkdir(parents=True, exist_ok=True)
    _report, remarks = _carried_out(command, alive)
    return remarks


def _local_rules(folder: Path) -> list[str]:
    rules = folder / LOCAL_RULES
    return ["--rulebook", str(rules)] if rules.is_file() else []


def backtest(
    scheme: Path,
    data: Path,
    period: str,
    figures: Path,
    *,
    language: str,
    alive: Callable[[], None],
) -> str:
    """Try a scheme on a data folder, as ``ronghe scheme backtest`` does; return its report.

    The figures of the report are kept in a file.

    Raises ComputationError with everything that is wrong with scheme and data.
    """
    command = [
        sys.executable, "-m", "ronghe.cli", "scheme", "backtest", str(scheme), "--data", str(data),
        "--period", period, "--lang", language, "--figures", str(figures),
    ]  # fmt: skip
    report, remarks = _carried_out(command, alive)
    return f"{report}\n\n{remarks}".strip()


def _carried_out(command: list[str], alive: Callable[[], None]) -> tuple[str, str]:
    """Carry out a command; return what it printed and what it remarked."""
    with (
        TemporaryFile("w+", encoding="utf-8") as out,
        TemporaryFile("w+", encoding="utf-8") as err,
    ):
        process = subprocess.Popen(command, stdout=out, stderr=err)
        try:
            code = _waited(process, alive)
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()
        said = []
        for stream in (out, err):
            stream.seek(0)
            said.append(stream.read().strip())
    if code:
        raise ComputationError(said[1])
    return said[0], said[1]


def _waited(process: subprocess.Popen[bytes], alive: Callable[[], None]) -> int:
    for _second in range(LONGEST):
        try:
            return process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            alive()
    raise ComputationError(f"{LONGEST} s")


def file_digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def same_bytes(one: Path, other: Path) -> bool:
    """Tell whether two runs left the same results and the same account."""
    return all(
        file_digest(one / name) == file_digest(other / name) for name in (RESULTS, "run.json")
    )
