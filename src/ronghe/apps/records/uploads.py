"""Files sent as evidence: told by what is in them, cleaned, or refused. No database.

Names are never used as paths and endings never believed. Photographs are decoded and written
anew, which leaves behind where they were taken and whatever else was hidden in them.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
import warnings
import zipfile
from dataclasses import dataclass

import puremagic
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

PIXELS = 60_000_000
"""A photograph of more is not decoded: 60 megapixels is more than any telephone takes."""
SIDE = 2560
"""Photographs are kept at this many pixels at most on their longer side."""
UNPACKED = 200 * 1024 * 1024
RATIO = 200
PARTS = 2000

_PHOTOS = {
    "JPEG": ("jpg", "image/jpeg"),
    "PNG": ("png", "image/png"),
    "WEBP": ("webp", "image/webp"),
}
_OFFICE = {
    "xl/workbook.xml": (
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    "word/document.xml": (
        "docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
}
ENDINGS = (".jpg", ".jpeg", ".png", ".webp", ".pdf", ".xlsx", ".docx", ".csv", ".txt")
TYPES = {
    "jpg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "pdf": "application/pdf",
    "csv": "text/csv; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    **dict(_OFFICE.values()),
}
"""The types that are kept, by ending."""


@dataclass(frozen=True, slots=True)
class Clean:
    """What is kept of a file: its bytes, its true ending, the fingerprint of a photograph."""

    content: bytes
    ending: str
    fingerprint: int | None = None


def cleaned(content: bytes, name: str) -> Clean:
    """Return what is kept of a file. Raises ValidationError in words for people."""
    if not content:
        raise _refused(_("文件是空的。"))
    if content.startswith(b"PK\x03\x04"):
        return Clean(content, _office(content))
    if content[:1024].lstrip().startswith(b"%PDF-"):
        if b"/JavaScript" in content or b"/Launch" in content:
            raise _refused(_("PDF里带有程序，请另存为普通PDF再传。"))
        return Clean(content, "pdf")
    if _told(content) in {mime for _ending, mime in _PHOTOS.values()}:
        return _photo(content)
    return _text(content, "csv" if name.casefold().endswith(".csv") else "txt")


def safe_name(name: str, ending: str) -> str:
    """Return a name without path, control and direction characters, with its true ending."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    shown = "".join(one for one in last if unicodedata.category(one)[0] != "C")
    plain = re.sub(r'[<>:"|?*;%]', "_", shown)
    stem = plain.rpartition(".")[0] or plain
    return f"{stem.strip(' .')[:80] or 'file'}.{ending}"


def fingerprint_of(image: Image.Image) -> int:
    """Return the difference hash (dHash) of a photograph: 64 bits, as a signed whole number.

    Each of 8 rows of 9 grey points says, from left to right, whether it grows darker.
    """
    grey = image.convert("L").resize((9, 8), Image.Resampling.LANCZOS)
    points = list(grey.tobytes())
    bits = 0
    for row in range(8):
        for column in range(8):
            at = row * 9 + column
            bits = bits << 1 | (points[at] > points[at + 1])
    return bits - (1 << 64) if bits >> 63 else bits


def distance(one: int, other: int) -> int:
    """Return in how many of 64 bits two fingerprints differ (Hamming distance)."""
    return ((one ^ other) & ((1 << 64) - 1)).bit_count()


def _told(content: bytes) -> str:
    """Return the type that the first and last bytes say, empty where they say none."""
    try:
        return str(puremagic.from_string(content[:4096] + content[-4096:], mime=True))
    except (puremagic.PureError, ValueError):
        return ""


def _photo(content: bytes) -> Clean:
    """Decode a photograph within limits and write its pixels anew."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=list(_PHOTOS)) as image:
                ending, _type = _PHOTOS[image.format or ""]
                if image.width * image.height > PIXELS:
                    raise _refused(_("照片太大，请用手机的普通画质重拍或缩小后再传。"))
                upright = ImageOps.exif_transpose(image)
                upright.thumbnail((SIDE, SIDE))
                plain = upright.convert("RGB" if ending == "jpg" else "RGBA")
    except ValidationError:
        raise
    except Exception as error:  # decoders raise many kinds
        raise _refused(_("照片打不开，可能传坏了，请重新拍照或另存后再传。")) from error
    kept = io.BytesIO()
    plain.save(kept, format={"jpg": "JPEG", "png": "PNG", "webp": "WEBP"}[ending], quality=85)
    return Clean(kept.getvalue(), ending, fingerprint_of(plain))


def _office(content: bytes) -> str:
    """Return whether a zip archive is a workbook or a document that is fit to keep."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            infos = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise _refused(_("文件打不开，可能传坏了，请另存后再传。")) from error
    names = {one.filename for one in infos}
    unpacked = sum(one.file_size for one in infos)
    packed = max(1, sum(one.compress_size for one in infos))
    if len(infos) > PARTS or unpacked > UNPACKED or unpacked > RATIO * packed + (16 << 20):
        raise _refused(_("文件展开后太大，不予接收。"))
    if any(name.casefold().endswith("vbaproject.bin") for name in names):
        raise _refused(_("文件带有宏，请另存为不带宏的文件再传。"))
    for main, (ending, _type) in _OFFICE.items():
        if main in names and "[Content_Types].xml" in names:
            return ending
    raise _refused(_unknown())


def _text(content: bytes, ending: str) -> Clean:
    """Return plain text as UTF-8; whatever a browser or spreadsheet might run is refused."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        break
    else:
        raise _refused(_unknown())
    if any(unicodedata.category(one) == "Cc" and one not in "\t\r\n" for one in text[:100_000]):
        raise _refused(_unknown())
    if re.match(r"\s*<(!doctype|html|svg|\?xml|script|body|head)", text, re.IGNORECASE):
        raise _refused(_unknown())
    if ending == "csv" and any(map(_runs, _cells(text))):
        raise _refused(_("表格里有像公式的内容，请另存为数值后再传。"))
    return Clean(text.encode(), ending)


def _cells(text: str) -> list[str]:
    try:
        return [cell for row in csv.reader(io.StringIO(text)) for cell in row]
    except csv.Error as error:
        raise _refused(_("表格打不开，请另存后再传。")) from error


def _runs(cell: str) -> bool:
    """Tell whether a spreadsheet would run a cell; signed numbers and dashes are none."""
    signed = re.fullmatch(r"\s*[+-]?[\d.,\s%-]*", cell)
    return bool(re.match(r"[=+\-@\t\r]", cell)) and signed is None


def _unknown() -> str:
    return _("只收照片（jpg、png、webp）、pdf、xlsx、docx、csv、txt；文件内容不是其中任何一种。")


def _refused(told: str) -> ValidationError:
    return ValidationError({"file": told})
