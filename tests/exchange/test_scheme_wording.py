"""Every problem that a scheme's file can have is said in both languages."""

from __future__ import annotations

import re
from pathlib import Path

from ronghe.exchange import scheme as package
from ronghe.rulebook import yamlfile
from ronghe.wording import sentences
from ronghe.wording.scheme import SENTENCES


def test_every_code_of_the_files_has_a_sentence() -> None:
    folder = Path(package.__file__).parent
    text = "".join(file.read_text(encoding="utf-8") for file in folder.glob("*.py"))
    codes = set(re.findall(r'(?:Problem|refusal)\(\s*"([a-z-]+)"|"(scheme-[a-z-]+)"', text))

    assert {one or other for one, other in codes} - sentences().keys() == set()


def test_the_problems_of_the_yaml_reader_are_said_as_those_of_a_scheme() -> None:
    text = Path(yamlfile.__file__).read_text(encoding="utf-8")
    codes = {f"scheme-{rest}" for rest in re.findall(r'"rulebook-([a-z-]+)"', text)}

    assert codes
    assert codes <= SENTENCES.keys()


def test_every_sentence_is_whole_in_both_languages() -> None:
    for code, sentence in SENTENCES.items():
        assert sentence.zh.endswith("。"), code
        assert sentence.en.endswith("."), code
        assert set(re.findall(r"{(\w+)}", sentence.zh)) == set(re.findall(r"{(\w+)}", sentence.en))
