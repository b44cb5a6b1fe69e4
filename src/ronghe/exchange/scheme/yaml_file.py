"""Schemes as YAML: a strict part of it in, a stable and exact form of it out."""

from __future__ import annotations

import codecs
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from ronghe.analysis.errors import Place, Problem, ProblemsError
from ronghe.analysis.scheme.check import Loc, readable
from ronghe.analysis.scheme.model import Scheme
from ronghe.exchange.scheme.document import Document, number_text, plain, read_bytes
from ronghe.rulebook.yamlfile import Node, parse

_SHORT = 92
"""Mappings and lists of scalars up to this width stand on one line."""


def read_yaml(path: Path) -> Document:
    """Read a scheme from YAML: mappings, lists and plain texts, each with its line.

    Raises
    ------
    ProblemsError
        The file cannot be read at all, or it is no YAML.
    """
    raw = read_bytes(path)
    if raw.startswith(b"PK\x03\x04"):  # a zip archive
        raise ProblemsError([Problem("scheme-file-misnamed", Place(str(path)), path.suffix)])
    text = _decoded(raw, path)
    root, problems = parse(text, str(path))
    problems = [_ours(problem, text.splitlines()) for problem in problems]
    if root is None:
        empty = [Problem("scheme-file-empty", Place(str(path)))]
        raise ProblemsError(problems or empty)
    if not isinstance(root.value, dict):
        where = Place(str(path), row=root.line)
        raise ProblemsError([*problems, Problem("scheme-yaml-not-mapping", where)])
    content = _content(root)
    lines: dict[Loc, int] = {}
    _note_lines(root, (), lines)
    known = {
        loc: Place(str(path), row=line, path=readable(content, loc)) for loc, line in lines.items()
    }
    return Document(content, known, problems)


def _decoded(raw: bytes, path: Path) -> str:
    """Decode UTF-8, UTF-16 with its mark, or GB18030."""
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig"] if _damaged_utf8(raw) else ["utf-8-sig", "gb18030"]
    row = 1
    for encoding in encodings:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError as error:
            row = max(row, raw.count(b"\n", 0, error.start) + 1)
    raise ProblemsError([Problem("scheme-encoding-unknown", Place(str(path), row=row))])


def _damaged_utf8(raw: bytes) -> bool:
    """Whether bytes are UTF-8 with a few broken places, which GB18030 would turn into nonsense."""
    text = raw.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    return 0 < broken * 20 < sum(1 for char in text if ord(char) > 127)


def _ours(problem: Problem, lines: list[str]) -> Problem:
    """Take over a problem of the YAML reader; name the two slips that people make most."""
    code = problem.code.replace("rulebook-", "scheme-", 1)
    where = problem.where
    if code == "scheme-yaml-syntax" and where.row is not None:
        for row in (where.row, where.row - 1):
            line = lines[row - 1] if 0 < row <= len(lines) else ""
            if "：" in line and ":" not in line:
                code, where = "scheme-yaml-wide-colon", replace(where, row=row)
            elif line.startswith("\t"):
                code, where = "scheme-yaml-tab", replace(where, row=row)
    return replace(problem, code=code, where=where)


def _content(node: Node) -> Any:
    if isinstance(node.value, dict):
        return {key: _content(each) for key, each in node.value.items()}
    return node.value if isinstance(node.value, str) else [_content(each) for each in node.value]


def _note_lines(node: Node, loc: Loc, lines: dict[Loc, int]) -> None:
    lines[loc] = node.line
    if isinstance(node.value, dict):
        for key, each in node.value.items():
            _note_lines(each, (*loc, key.strip()), lines)
    elif not isinstance(node.value, str):
        for index, each in enumerate(node.value):
            _note_lines(each, (*loc, index), lines)


def write_scheme_yaml(scheme: Scheme) -> str:
    """Write a scheme as YAML: the model's order, no defaults; reading it gives the same scheme."""
    return yaml.dump(
        plain(scheme), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=_SHORT + 8
    )


class _Dumper(yaml.SafeDumper):
    """Writes short parts on one line, exact numbers, and lists set in."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002
        super().increase_indent(flow, False)


def _write_mapping(dumper: _Dumper, value: dict[Any, Any]) -> yaml.Node:
    if set(value) == {"zh"}:
        return dumper.represent_data(value["zh"])
    flow = "children" not in value and "source" not in value and _is_short(value)
    return dumper.represent_mapping("tag:yaml.org,2002:map", value, flow_style=flow)


def _is_short(value: Any) -> bool:
    return len(str(_sketch(value))) <= _SHORT


def _sketch(value: Any) -> Any:
    """Return what a value looks like on one line, about as wide."""
    if isinstance(value, dict):
        return {str(key): _sketch(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_sketch(each) for each in value]
    return number_text(value) if isinstance(value, Decimal) else str(value)


def _write_list(dumper: _Dumper, value: list[Any]) -> yaml.Node:
    flow = not any(isinstance(each, dict) for each in value)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=flow)


def _write_number(dumper: _Dumper, value: Decimal) -> yaml.Node:
    text = number_text(value)
    kind = "float" if "." in text else "int"
    return dumper.represent_scalar(f"tag:yaml.org,2002:{kind}", text)


def _write_text(dumper: _Dumper, value: str) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, "|" if "\n" in value else None)


_Dumper.add_representer(dict, _write_mapping)
_Dumper.add_representer(list, _write_list)
_Dumper.add_representer(Decimal, _write_number)
_Dumper.add_representer(str, _write_text)
_Dumper.add_representer(
    date, lambda dumper, day: dumper.represent_scalar("tag:yaml.org,2002:timestamp", str(day))
)
