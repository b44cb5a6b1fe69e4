"""The key ring: sealing, opening and look-up digests."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import secrets
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

NONCE = 12
KEY = 32


class UnsealError(Exception):
    """A sealed value cannot be opened: its key is missing, or it was changed or moved."""


@dataclass(frozen=True, slots=True)
class KeyRing:
    """All keys by id (密钥串), which of them seals now, and the key for look-up digests."""

    current: str
    keys: dict[str, bytes]
    index: bytes

    def seal(self, text: str, *, purpose: str) -> str:
        """Encrypt a text for one purpose, the name of its column: ``key id:nonce+ciphertext``."""
        nonce = secrets.token_bytes(NONCE)
        sealed = AESGCM(self.keys[self.current]).encrypt(nonce, text.encode(), purpose.encode())
        return f"{self.current}:{base64.urlsafe_b64encode(nonce + sealed).decode()}"

    def open(self, sealed: str, *, purpose: str) -> str:
        """Decrypt what was sealed for this purpose. Raises UnsealError."""
        name, _, coded = sealed.partition(":")
        try:
            raw = base64.urlsafe_b64decode(coded)
            opened = AESGCM(self.keys[name]).decrypt(raw[:NONCE], raw[NONCE:], purpose.encode())
        except (KeyError, ValueError, InvalidTag) as error:
            raise UnsealError(purpose) from error
        return opened.decode()

    def lookup(self, text: str, *, purpose: str) -> str:
        """Return a digest to find equal values by, 64 hexadecimal digits."""
        return hmac.new(self.index, f"{purpose}\0{text}".encode(), hashlib.sha256).hexdigest()


def ring() -> KeyRing:
    """Return the installation's key ring, made at its first use, read anew when it changed."""
    file = Path(settings.RONGHE_KEYS)
    try:
        changed = file.stat()
    except FileNotFoundError:
        with suppress(FileExistsError):  # another process was quicker
            _written_beside(file, _fresh(), put=os.link)
        changed = file.stat()
    return _read(file, changed.st_mtime_ns, changed.st_ino)


def add_key() -> KeyRing:
    """Add a key that seals from now on; the others stay, to open what they sealed."""
    former = ring()
    name = f"k{len(former.keys) + 1}"
    keys = {**former.keys, name: secrets.token_bytes(KEY)}
    _written_beside(Path(settings.RONGHE_KEYS), KeyRing(name, keys, former.index), put=os.replace)
    return ring()


def _fresh() -> KeyRing:
    return KeyRing("k1", {"k1": secrets.token_bytes(KEY)}, secrets.token_bytes(KEY))


def _written_beside(file: Path, made: KeyRing, *, put: Callable[[Path, Path], None]) -> None:
    """Write a ring whole, for this user alone, and only then put it in its place."""
    text = json.dumps(
        {
            "current": made.current,
            "keys": {name: base64.b64encode(key).decode() for name, key in made.keys.items()},
            "index": base64.b64encode(made.index).decode(),
        }
    )
    handle, beside = tempfile.mkstemp(dir=file.parent, prefix=file.name)  # mode 0600
    try:
        with os.fdopen(handle, "w", encoding="ascii") as written:
            written.write(text)
            written.flush()
            os.fsync(written.fileno())
        put(Path(beside), file)
    finally:
        Path(beside).unlink(missing_ok=True)


@lru_cache(maxsize=4)
def _read(file: Path, _changed: int, _inode: int) -> KeyRing:
    kept = json.loads(file.read_text(encoding="ascii"))
    keys = {name: base64.b64decode(key) for name, key in kept["keys"].items()}
    return KeyRing(kept["current"], keys, base64.b64decode(kept["index"]))
