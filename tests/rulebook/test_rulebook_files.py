"""The built-in files: what their reader refuses, and that every problem has its sentences."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

import ronghe.rulebook
from ronghe.rulebook import loading, yamlfile
from ronghe.rulebook.loading import built_in_texts, read_documents, read_rules
from ronghe.rulebook.yamlfile import parse
from ronghe.wording import say
from ronghe.wording.rulebook import SENTENCES

DOCUMENTS, NOTHING_WRONG = read_documents(
    """
old: {title: {zh: 《旧规定》, en: Old}, year: 1990, since: 1990-01-01, until: 2019-12-31}
new: {title: {zh: 《新规定》, en: New}, year: 2020, since: 2020-01-01}
""",
    "documents.yaml",
)
ENTRY = """
a.days:
  title: {zh: 期限, en: Days}
  kind: number
  bound: at_least
  unit: {zh: 日, en: days}
  effect: must
  values:
    - {value: 7, document: old, confidence: seen}
    - {value: 9, document: new, confidence: seen}
"""


def problems_of(*texts):
    _, problems = read_rules([(f"{n}.yaml", text) for n, text in enumerate(texts)], DOCUMENTS)
    return [(problem.code, problem.where.row) for problem in problems]


def test_a_good_file_is_read_without_problems():
    assert NOTHING_WRONG == []
    assert problems_of(ENTRY) == []


@pytest.mark.parametrize(
    ("was", "now", "expected"),
    [
        ("document: new", "document: old", [("rulebook-periods-overlap", 10)]),
        ("document: new", "document: nwe", [("rulebook-unknown-document", 10)]),
        ("value: 9", "value: nine", [("rulebook-value-kind", 10)]),
        ("{zh: 期限, en: Days}", "{zh: 期限}", [("rulebook-missing-field", 3)]),
        ("{zh: 期限, en: Days}", "期限", [("rulebook-shape", 3)]),
        ("  bound: at_least\n", "", [("rulebook-missing-field", 3)]),
        (
            "kind: number",
            "kind: integer",
            [
                ("rulebook-unknown-field", 5),
                ("rulebook-unknown-field", 6),
                ("rulebook-bad-value", 4),
            ],
        ),
        ("effect: must", "effect: shall", [("rulebook-bad-value", 7)]),
        ("confidence: seen}\n    -", "confidence: sure}\n    -", [("rulebook-bad-value", 9)]),
        ("document: old,", "", [("rulebook-missing-field", 9)]),
        (ENTRY, "a.days: 7", [("rulebook-shape", 1)]),
        (ENTRY, "- 7", [("rulebook-shape", 1)]),
    ],
)
def test_what_is_wrong_with_an_entry_is_said_with_its_row(was, now, expected):
    assert was in ENTRY

    assert problems_of(ENTRY.replace(was, now)) == expected


def test_a_key_stands_in_one_file_only():
    assert problems_of(ENTRY, ENTRY) == [("rulebook-duplicate-rule", 3)]


def test_an_open_period_before_another_overlaps_it():
    practice, _ = read_documents("old: {title: {zh: 做法, en: Practice}}", "documents.yaml")
    _, problems = read_rules([("a.yaml", ENTRY)], {**DOCUMENTS, **practice})

    assert [problem.code for problem in problems] == ["rulebook-periods-overlap"]


@pytest.mark.parametrize("name", [name for name, _ in built_in_texts()])
def test_the_built_in_files_are_read_alike_with_and_without_libyaml(name, monkeypatch):
    text = dict(built_in_texts())[name]
    quick = parse(text, name)
    monkeypatch.setattr(yamlfile, "_LOADER", yaml.SafeLoader)

    assert parse(text, name) == quick
    assert quick[1] == []


def test_the_built_in_files_are_read_once():
    loading.built_in()
    before = loading.built_in.cache_info()
    ronghe.rulebook.load()

    assert loading.built_in.cache_info().hits == before.hits + 1
    assert loading.built_in.cache_info().misses == before.misses


def codes_in_the_source() -> set[str]:
    folder = Path(ronghe.rulebook.__file__).parent
    source = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py"))
    return set(re.findall(r'"(rulebook-[a-z0-9-]+)"', source))


def test_every_problem_code_has_sentences_and_no_sentence_is_left_over():
    assert codes_in_the_source() == set(SENTENCES)
    assert all(sentence.zh and sentence.en for sentence in SENTENCES.values())


def test_problems_become_sentences_in_both_languages():
    text = ENTRY.replace("document: new", "document: old").replace("kind: number", "kind: nmber")
    _, first = read_rules([("a.yaml", ENTRY.replace("document: new", "document: old"))], DOCUMENTS)
    _, second = read_rules([("a.yaml", text)], DOCUMENTS)
    _, third = parse("a: 1\na: &b 2\n", "b.yaml")

    assert say(first[0]).startswith("a.yaml 第10行 a.days：“a.days”自 1990-01-01 起的值")
    for problem in first + second + third:
        assert "{" not in say(problem)
        assert say(problem, "en")
