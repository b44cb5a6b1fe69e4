"""Every code that is raised has a sentence in both languages, and is given what that names.

The source is read, not run. Codes are written with dashes: whatever text looks like one is a
code, a label of the reports, or one of `OTHER_WORDS`. A call that makes a problem is a call of
something whose parameters include `code`, `found` and `expected`.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from string import Formatter

import pytest

import ronghe
from ronghe.analysis.coupling import LEVELS
from ronghe.analysis.errors import Place, Problem
from ronghe.exchange.reports.labels import LABELS
from ronghe.wording import AREAS, Sentence, say, sentences

SOURCE = Path(ronghe.__file__).parent
CODE = re.compile(r"[a-z]+(-[a-z0-9]+)+")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
SENTENCES = sentences()
ELSEWHERE = {"wording", "apps", "ui", "settings.py"}
"""Where no problems are made: the sentences themselves, and the web, which has a catalogue."""

TAKEN_OVER = {"rulebook-yaml-": "scheme-yaml-"}
"""The reader of scheme files takes over what the reader of YAML says, under its own names."""

OTHER_WORDS = {
    *LABELS,
    *(level.code for level in LEVELS),
    *("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "yyyy-mm-dd", "json-unless-none"),
    *(
        "half-yearly",
        "seen-second-hand",
        "to-confirm",
        "zh-hans",
        "could-be-better",
        "fc-list",
        "form-filling",
        "old-workbook",
    ),
    *("leave-out", "township-fusion", "village-branch-example", "collective-income", "head-sum"),
}
"""Texts with dashes that are no codes of problems."""


# --- reading the source -----------------------------------------------------------------------


@cache
def modules() -> dict[str, ast.Module]:
    paths = sorted(p for p in SOURCE.rglob("*.py") if not ELSEWHERE & set(p.parts))
    return {
        str(path.relative_to(SOURCE)): ast.parse(path.read_text(encoding="utf-8")) for path in paths
    }


@cache
def texts() -> dict[str, str]:
    """Return every text of the source with a place where it stands."""
    return {
        node.value: f"{path}:{node.lineno}"
        for path, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def parameters(node: ast.AST) -> dict[str, bool]:
    """Return what a function, or a class by its fields, takes; and if its default is a value."""
    match node:
        case ast.ClassDef(body=body):
            fields = [line for line in body if isinstance(line, ast.AnnAssign)]
            return {ast.unparse(field.target): is_value(field.value) for field in fields}
        case ast.FunctionDef(args=ast.arguments(args=args, kwonlyargs=more)):
            defaults = [*node.args.defaults, *node.args.kw_defaults]
            free = [None] * (len(args) + len(more) - len(defaults))
            names = [one.arg for one in (*args, *more)]
            taken = zip(names, [*free, *defaults], strict=True)
            return {name: is_value(default) for name, default in taken if name != "self"}
    return {}


def is_value(default: ast.expr | None) -> bool:
    return default is not None and getattr(default, "value", 0) not in (None, "null")


@cache
def makers() -> dict[str, dict[str, dict[str, bool]]]:
    """Return by name and module the parameters of whatever makes a problem."""
    found: dict[str, dict[str, dict[str, bool]]] = {}
    for path, tree in modules().items():
        for node in ast.walk(tree):
            takes = parameters(node)
            if {"code", "found", "expected"} <= takes.keys():
                found.setdefault(node.name, {})[path] = takes
    return found


def given(path: str, call: ast.Call) -> dict[str | None, ast.expr | None]:
    """Return what a call of a maker gives, by parameter; None stands for keywords unpacked."""
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            defined = makers().get(name, {})
        case _:
            return {}
    if not defined:
        return {}
    takes = defined.get(path) or next(iter(defined.values()))
    by_default = {name: None for name, is_given in takes.items() if is_given}
    by_position = dict(zip(takes, call.args, strict=False))
    return by_default | by_position | {k.arg: k.value for k in call.keywords}


def problems_made() -> Iterator[tuple[str, Sentence, dict[str | None, ast.expr | None]]]:
    """Yield each call that makes a problem with a code in plain sight."""
    for path, tree in modules().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                arguments = given(path, node)
                code = getattr(arguments.get("code"), "value", None)
                if isinstance(code, str) and code in SENTENCES:
                    yield f"{path}:{node.lineno} {code}", SENTENCES[code], arguments


def placeholders(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


# --- the tests --------------------------------------------------------------------------------


def test_every_code_has_a_sentence():
    codes = {text: at for text, at in texts().items() if CODE.fullmatch(text)}

    assert {c: at for c, at in codes.items() if c not in SENTENCES and c not in OTHER_WORDS} == {}


def test_what_is_taken_over_has_a_sentence_of_its_own():
    wanted = {
        text.replace(theirs, ours)
        for text in texts()
        for theirs, ours in TAKEN_OVER.items()
        if text.startswith(theirs)
    }

    assert len(wanted) > 3
    assert wanted <= SENTENCES.keys()


def test_every_sentence_is_said_somewhere():
    beginnings = tuple(text for text in texts() if re.fullmatch(r"[a-z]+-", text))
    unsaid = {
        code
        for code in SENTENCES
        if code not in texts() and not code.startswith((*beginnings, *TAKEN_OVER.values()))
    }

    assert unsaid == set()


def test_every_area_of_the_wording_is_read():
    folder = SOURCE / "wording"
    written = {p.stem for p in folder.glob("*.py") if "SENTENCES" in p.read_text(encoding="utf-8")}
    read = {code for area in AREAS for code in import_module(f"ronghe.wording.{area}").SENTENCES}
    modules = [import_module(f"ronghe.wording.{stem}") for stem in sorted(written - {"__init__"})]

    assert {code for module in modules for code in module.SENTENCES} == read


def test_a_problem_is_given_all_that_its_sentence_names():
    lacking = {}
    made = list(problems_made())
    for place, sentence, arguments in made:
        details = arguments.get("details")
        if None in arguments or not isinstance(details, ast.Dict | None):
            continue
        keys = {getattr(key, "value", None) for key in details.keys} if details else set()
        named = placeholders(sentence.zh) | placeholders(sentence.en)
        if None not in keys and (missing := named - keys - arguments.keys()):
            lacking[place] = missing

    assert len(made) > 100
    assert lacking == {}


@pytest.mark.parametrize("code", SENTENCES)
def test_a_sentence_says_the_same_in_chinese_and_in_english(code):
    sentence = SENTENCES[code]
    prose = re.sub("“[^”]*”", "", sentence.en)

    assert len(CHINESE.findall(sentence.zh)) > 3
    assert len(re.findall("[a-z]", prose)) > 10 * len(CHINESE.findall(prose))
    assert placeholders(sentence.zh) == placeholders(sentence.en)


@pytest.mark.parametrize("code", SENTENCES)
def test_a_sentence_is_said_with_its_place_in_front(code):
    named = placeholders(SENTENCES[code].zh) - {"found", "expected"}
    problem = Problem(code, Place("数据.csv", row=7), 1, 2, dict.fromkeys(named, "x"))

    assert say(problem).startswith("数据.csv 第7行：")
    assert say(problem, "en").startswith("数据.csv, row 7: ")
