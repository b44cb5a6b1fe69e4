"""The keys of an installation, which no backup holds: what they are, taking them along."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import re
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from ronghe.analysis.errors import Place, Problem, ProblemsError

SEALED = re.compile(r"(?<![\w-])(k\d+):[\w-]{39,}")
"""A sealed value: the id of its key, and at least nonce, one byte and tag."""

KEYS = "keys.json"
INDEX = "index"
PURPOSE = b"ronghe keys"


def fingerprints(home: Path) -> dict[str, str]:
    """Return a fingerprint of each key by its id; keys are random, so it gives nothing away."""
    file = home / KEYS
    return _fingerprints_in(file.read_text(encoding="ascii")) if file.exists() else {}


def _fingerprints_in(text: str) -> dict[str, str]:
    kept = json.loads(text)
    named = {**kept["keys"], INDEX: kept["index"]}
    return {name: _fingerprint(base64.b64decode(key)) for name, key in named.items()}


def _fingerprint(key: bytes) -> str:
    return hmac.new(key, b"ronghe backup", hashlib.sha256).hexdigest()[:16]


def lacking(needed: dict[str, str], home: Path) -> list[str]:
    """Return the ids of keys that are needed and not there, or there with another key."""
    here = fingerprints(home)
    return sorted(name for name, mark in needed.items() if here.get(name) != mark)


def export(home: Path, file: Path) -> str:
    """Write the keys into a file that only the password opens; return the password, drawn now."""
    if not (home / KEYS).exists():
        raise ProblemsError([Problem("keys-not-there", Place(str(home / KEYS)))])
    password = "-".join(secrets.token_hex(3) for _ in range(6))
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    sealed = AESGCM(_key(password, salt)).encrypt(nonce, (home / KEYS).read_bytes(), PURPOSE)
    parts = {"salt": salt, "nonce": nonce, "sealed": sealed}
    told = {name: base64.b64encode(value).decode("ascii") for name, value in parts.items()}
    _write_new(file, json.dumps({"ronghe keys": 1, **told}))
    return password


def bring_in(home: Path, file: Path, password: str) -> list[str]:
    """Put exported keys into an installation; return their ids.

    Raises ProblemsError where file or password are wrong, or keys are there that are not in it.
    """
    text = _opened(file, password)
    here, brought = fingerprints(home), _fingerprints_in(text)
    if not here.items() <= brought.items():
        raise ProblemsError([Problem("other-keys-there", Place(str(home / KEYS)))])
    if here != brought:
        beside = home / f"{KEYS}.new"
        beside.unlink(missing_ok=True)
        _write_new(beside, text)
        beside.replace(home / KEYS)
    return sorted(brought.keys() - {INDEX})


def _opened(file: Path, password: str) -> str:
    try:
        told = json.loads(file.read_text(encoding="ascii"))
        salt, nonce, sealed = (base64.b64decode(told[one]) for one in ("salt", "nonce", "sealed"))
        return AESGCM(_key(password, salt)).decrypt(nonce, sealed, PURPOSE).decode("ascii")
    except (ValueError, KeyError, TypeError, InvalidTag) as error:
        raise ProblemsError([Problem("keys-do-not-open", Place(str(file)))]) from error


def _key(password: str, salt: bytes) -> bytes:
    secret = password.strip().encode()
    return hashlib.scrypt(secret, salt=salt, dklen=32, n=2**15, r=8, p=1, maxmem=2**26)


def _write_new(file: Path, text: str) -> None:
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as written:
        written.write(text)
        written.flush()
        os.fsync(written.fileno())
