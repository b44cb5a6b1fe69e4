"""Every problem of the tables has its sentence in both languages."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

from ronghe.exchange import tables, workbook
from ronghe.wording.tables import SENTENCES

SOURCES = "\n".join(
    file.read_text(encoding="utf-8")
    for file in (*Path(tables.__file__).parent.glob("*.py"), Path(workbook.__file__))
)


def test_every_problem_has_a_sentence() -> None:
    raised = re.findall(r'(?:Problem|refusal)\(\s*"([a-z0-9-]+)"', SOURCES)
    assert raised
    assert set(raised) <= set(SENTENCES)


def test_every_sentence_is_used() -> None:
    assert set(SENTENCES) <= set(re.findall(r'"([a-z0-9-]+)"', SOURCES))


@pytest.mark.parametrize("code", SENTENCES)
def test_both_languages_name_the_same_things(code: str) -> None:
    names = [
        {field for _, field, _, _ in Formatter().parse(text) if field}
        for text in (SENTENCES[code].zh, SENTENCES[code].en)
    ]
    assert names[0] == names[1]


@pytest.mark.parametrize("code", SENTENCES)
def test_a_sentence_says_what_is_wrong_and_what_to_do(code: str) -> None:
    assert SENTENCES[code].zh.endswith("。")
    assert SENTENCES[code].zh.count("。") >= 2
    assert SENTENCES[code].en.endswith(".")
