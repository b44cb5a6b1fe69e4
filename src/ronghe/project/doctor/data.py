"""The data: database, migrations, keys, stored files, backups."""

from __future__ import annotations

import json
import stat
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connection

from ronghe.apps.audit.sealing import verify
from ronghe.apps.sealing.fields import SealedField
from ronghe.apps.sealing.keys import UnsealError, ring
from ronghe.project.doctor.findings import NONE, Finding, State, judged
from ronghe.project.keeping import backup, keys, tables
from ronghe.wording import Sentence

OLD = timedelta(days=2)
DRIFT = timedelta(minutes=2)


def database() -> Iterator[Finding]:
    """Look at the database and the settings that matter."""
    about = Sentence("数据库", "Database")
    if connection.vendor == "sqlite":
        version, mode, encoding = (
            _asked(f"{what}") for what in ("SELECT sqlite_version()", *_PRAGMAS)
        )
        yield judged(
            about,
            f"SQLite {version}, {mode}, {encoding}",
            (mode, encoding) == ("wal", "UTF-8"),
            Sentence("wal、UTF-8", "wal, UTF-8"),
            Sentence(
                "数据库文件不是本系统建立的，请从备份恢复",
                "this file was not made by the system: restore a backup",
            ),
        )
        return
    number = int(_asked("SHOW server_version_num"))
    encoding = _asked(
        "SELECT pg_encoding_to_char(encoding) FROM pg_database WHERE datname = current_database()"
    )
    yield judged(
        about,
        f"PostgreSQL {_asked('SHOW server_version')}, {encoding}, {_asked('SHOW TimeZone')}",
        number >= 150000 and encoding == "UTF8",
        Sentence("PostgreSQL 15 以上，UTF8", "PostgreSQL 15 or later, UTF8"),
        Sentence(
            "升级 PostgreSQL；编码不对时新建库：createdb -E UTF8 -T template0",
            "upgrade PostgreSQL; for another encoding create anew: createdb -E UTF8 -T template0",
        ),
    )


_PRAGMAS = ("PRAGMA journal_mode", "PRAGMA encoding")


def clock() -> Iterator[Finding]:
    """Look whether the clocks of this machine and of the database agree with what is recorded."""
    now = datetime.now(UTC)
    theirs = now
    if connection.vendor == "postgresql":
        theirs = _asked("SELECT clock_timestamp()")
    entry = apps.get_model("audit", "Entry")
    newest = entry.objects.order_by("-at").values_list("at", flat=True).first() or now
    good = abs(theirs - now) < DRIFT and newest < now + DRIFT
    yield judged(
        Sentence("时钟", "Clock"),
        f"{now:%Y-%m-%d %H:%M:%S} UTC, {(max(theirs, newest) - now).total_seconds():+.0f} s",
        good,
        Sentence(
            "与数据库服务器相差不到 2 分钟，没有将来的审计记录",
            "within 2 minutes of the database server, and no audit entry of the future",
        ),
        Sentence("用 chrony 或 systemd-timesyncd 校时", "set it by chrony or systemd-timesyncd"),
    )


def migrations() -> Iterator[Finding]:
    """Look whether the tables are those of this version."""
    there, known = tables.applied(connection), tables.known()
    pending, unknown = known - there, there - known
    yield judged(
        Sentence("数据库结构", "Tables"),
        f"{len(there & known)} / {len(known)}" + (f", + {len(unknown)}" if unknown else ""),
        not pending and not unknown,
        Sentence("与程序版本一致", "those of this version of the program"),
        Sentence(
            "程序比数据库新：启动网站即自动升级；数据库比程序新：请换回较新的程序",
            "a newer program upgrades them when it serves; for a newer database install that "
            "program again",
        ),
    )


def key_ring(home: Path) -> Iterator[Finding]:
    """Look at the keys: there, for this user alone, and opening what was sealed."""
    for name in ("secret.key", keys.KEYS):
        file = home / name
        mode = stat.S_IMODE(file.stat().st_mode) if file.exists() else None
        if mode is not None:
            yield judged(
                Sentence(f"密钥文件 {name}", f"Key file {name}"),
                oct(mode)[2:],
                not mode & 0o077,
                Sentence("600，只有运行用户可读", "600, for the user it runs as alone"),
                Sentence(f"chmod 600 {file}", f"chmod 600 {file}"),
            )
    sealed = dict(_sealed())
    closed = [purpose for purpose, value in sealed.items() if not _opens(value, purpose, home)]
    yield judged(
        Sentence("加密的号码", "Sealed values"),
        ", ".join(closed or sealed) or NONE,
        not closed,
        Sentence("现有的密钥打得开", "opened by the keys that are here"),
        Sentence(
            "放回另存的密钥：ronghe keys import 文件",
            "bring the keys in from where they are kept: ronghe keys import FILE",
        ),
    )


def _sealed() -> Iterator[tuple[str, str]]:
    """Yield a value of each sealed column that holds any, with what it was sealed for."""
    quote = connection.ops.quote_name
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, SealedField):
                column, table = quote(str(field.column)), quote(model._meta.db_table)
                with connection.cursor() as cursor:
                    cursor.execute(
                        f"SELECT {column} FROM {table} WHERE {column} <> '' ORDER BY 1 LIMIT 1"
                    )
                    if row := cursor.fetchone():
                        yield field.purpose, row[0]


def _opens(value: str, purpose: str, home: Path) -> bool:
    """Tell whether a sealed value opens; where there is no key ring none is made."""
    if not (home / keys.KEYS).exists():
        return False
    try:
        ring().open(value, purpose=purpose)
    except UnsealError:
        return False
    return True


def audit() -> Iterator[Finding]:
    """Look whether the audit chain is what it was, and how much is not sealed yet."""
    proof = verify()
    number, broken = proof.finding.head.number, proof.finding.first_broken
    found = Sentence(
        f"{number} 条，待封存 {proof.unsealed} 条", f"{number}, {proof.unsealed} unsealed"
    )
    if broken is not None:
        found = Sentence(f"第 {broken} 条起不对", f"broken from entry {broken} on")
    yield judged(
        Sentence("审计链", "Audit chain"),
        found,
        broken is None,
        Sentence("每条都是封存时的样子", "every entry is what it was when it was sealed"),
        Sentence(
            "保留现场和备份，请纪检监察核查；详情用 ronghe audit verify",
            "keep everything as it is and have it inspected; see ronghe audit verify",
        ),
    )


def last_backup(home: Path) -> Iterator[Finding]:
    """Look how old the last backup is, and whether it is still there."""
    about = Sentence("最近的备份", "Last backup")
    expected = Sentence("两天以内，文件还在", "of the last two days, and still there")
    todo = Sentence(
        "ronghe backup 文件夹 --keep 14；每天自动做，见部署说明",
        "ronghe backup FOLDER --keep 14; daily by a timer, see the deployment guide",
    )
    note = home / backup.LAST
    if not note.exists():
        yield Finding(about, State.BETTER, NONE, expected, todo)
        return
    told: dict[str, Any] = json.loads(note.read_text(encoding="utf-8"))
    age = datetime.now(UTC) - datetime.fromisoformat(told["at"])
    there = Path(told["file"]).exists()
    yield judged(
        about,
        f"{told['at']} {told['file']}",
        age < OLD and there,
        expected,
        todo,
        otherwise=State.BETTER,
    )


def leftovers(home: Path) -> Iterator[Finding]:
    """Look for what stopped work left behind, and for what was put aside."""
    parts = (".backup-*", ".restoring-*", ".moving-*", "before-restore-*", "moved-*")
    found = sorted(one.name for part in parts for one in home.glob(part))
    yield judged(
        Sentence("遗留的文件夹", "Folders left behind"),
        ", ".join(found) or NONE,
        not found,
        Sentence("没有", "none"),
        Sentence(
            f"确认不再需要后从 {home} 删去",
            f"remove them from {home} once you are sure that nobody needs them",
        ),
        otherwise=State.BETTER,
    )


def _asked(question: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()[0]
