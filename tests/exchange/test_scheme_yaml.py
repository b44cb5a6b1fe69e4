"""Schemes as YAML: a strict part in, a stable and exact form out."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings

from ronghe.analysis.errors import ProblemsError
from ronghe.analysis.scheme.check import parse_scheme
from ronghe.exchange.scheme import read_scheme, read_schemes, write_scheme, write_scheme_yaml
from ronghe.exchange.scheme.yaml_file import read_yaml
from ronghe.wording import say
from scheme_drafts import draft
from strategies_scheme import schemes

SOUND = write_scheme_yaml(parse_scheme(draft()))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "方案.yaml"


def problems_of(file: Path, text: str, encoding: str = "utf-8") -> list[tuple[str, int | None]]:
    file.write_bytes(text.encode(encoding))
    with pytest.raises(ProblemsError) as refusal:
        read_scheme(file)
    assert all(say(p, "zh") and say(p, "en") for p in refusal.value.problems)
    return [(problem.code, problem.where.row) for problem in refusal.value.problems]


@settings(max_examples=30, deadline=None)
@given(schemes())
def test_what_was_written_is_read_back_exactly(tmp_path_factory, scheme) -> None:
    file = tmp_path_factory.getbasetemp() / "round-trip.yaml"
    text = write_scheme_yaml(scheme)
    file.write_text(text, encoding="utf-8")

    document = read_yaml(file)

    assert document.problems == []
    assert parse_scheme(document.content) == scheme
    assert yaml.safe_load(text)["scheme"] == scheme.scheme


def test_a_file_is_written_the_same_every_time(file) -> None:
    scheme = parse_scheme(draft())
    write_scheme(scheme, file)
    again, warnings = read_scheme(file)
    other = file.with_name("again.yml")
    write_scheme(again, other)

    assert warnings == []
    assert other.read_bytes() == file.read_bytes()
    assert sorted(p.name for p in file.parent.iterdir()) == ["again.yml", "方案.yaml"]


def test_defaults_are_not_written() -> None:
    assert "missing:" not in SOUND
    assert "direction:" not in SOUND


def test_numbers_are_exact_whatever_binary_makes_of_them(file) -> None:
    old, new = "points: 60\n", "points: 59.9\n"
    rest = SOUND.replace(old, new).replace("points: 100\n", "points: 99.9\n")
    file.write_text(rest, encoding="utf-8")

    scheme, _ = read_scheme(file)

    assert str(scheme.points) == "99.9"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_the_usual_encodings_simply_work(file, encoding) -> None:
    file.write_bytes(SOUND.encode(encoding))

    scheme, _ = read_scheme(file)

    assert scheme == parse_scheme(draft())


def test_words_that_yaml_takes_for_something_else_stay_words(file) -> None:
    file.write_text(SOUND.replace("version: '1'", "version: no"), encoding="utf-8")

    scheme, _ = read_scheme(file)

    assert scheme.version == "no"


def test_every_problem_names_its_line(file) -> None:
    text = SOUND.replace("panel: experts", "panels: experts").replace("measure: jobs", "measure: x")
    lines = {
        code: text[: text.index(word)].count("\n") + 1
        for code, word in [
            ("unknown-key", "panels: experts"),
            ("measure-not-declared", "measure: x"),
        ]
    }

    problems = problems_of(file, text)

    assert problems == sorted(problems, key=lambda problem: problem[1] or 0)
    assert lines.items() <= dict(problems).items()


def test_a_key_written_twice_is_a_problem(file) -> None:
    assert problems_of(file, SOUND + "version: '2'\n") == [
        ("scheme-yaml-duplicate-key", SOUND.count("\n") + 1)
    ]


def test_anchors_and_aliases_are_refused(file) -> None:
    text = SOUND.replace("version: '1'", "version: &v '1'") + "note: *v\n"

    assert [code for code, _ in problems_of(file, text)] == ["scheme-yaml-alias"] * 2


def test_code_in_a_tag_is_refused_and_not_run(file) -> None:
    text = SOUND + "note: !!python/object/apply:os.system ['exit 3']\n"

    assert "scheme-yaml-tag" in [code for code, _ in problems_of(file, text)]


def test_a_second_document_is_refused(file) -> None:
    assert problems_of(file, SOUND + "---\nscheme: b\n")[0][0] == "scheme-yaml-second-document"


def test_a_wide_colon_is_named(file) -> None:
    text = SOUND.replace("version: '1'", "version：1")

    assert problems_of(file, text) == [("scheme-yaml-wide-colon", 2)]


def test_a_tab_at_the_start_of_a_line_is_named(file) -> None:
    text = "scheme: a\nperiod:\n\tlabel: '2025'\n"

    assert problems_of(file, text) == [("scheme-yaml-tab", 3)]


def test_broken_yaml_is_one_problem_with_its_line(file) -> None:
    assert problems_of(file, "scheme: a\ntitle: [b\n") == [("scheme-yaml-syntax", 3)]


def test_nesting_without_end_is_refused(file) -> None:
    assert problems_of(file, "scheme: " + "[" * 10_000)[0][0] == "scheme-yaml-too-deep"


def test_damaged_utf_8_is_not_taken_for_gb18030(file) -> None:
    raw = SOUND.encode().replace("经济发展".encode(), "经济发展".encode()[:-1])
    row = raw[: raw.index("经济发".encode())].count(b"\n") + 1
    file.write_bytes(raw)

    with pytest.raises(ProblemsError) as refusal:
        read_scheme(file)

    assert [(p.code, p.where.row) for p in refusal.value.problems] == [
        ("scheme-encoding-unknown", row)
    ]


@pytest.mark.parametrize("text", ["", " \n", "# nothing\n"])
def test_an_empty_file_is_refused(file, text) -> None:
    assert [code for code, _ in problems_of(file, text)] == ["scheme-file-empty"]


def test_a_file_that_is_not_there_is_refused(file) -> None:
    with pytest.raises(ProblemsError) as refusal:
        read_scheme(file)

    assert [p.code for p in refusal.value.problems] == ["scheme-file-missing"]


def test_another_kind_of_file_is_refused(tmp_path) -> None:
    (tmp_path / "scheme.docx").write_bytes(b"PK")

    with pytest.raises(ProblemsError) as refusal:
        read_scheme(tmp_path / "scheme.docx")

    assert [p.code for p in refusal.value.problems] == ["scheme-file-kind"]


def test_a_file_larger_than_any_scheme_is_refused(file) -> None:
    file.write_bytes(b"#" * 10_000_001)

    with pytest.raises(ProblemsError) as refusal:
        read_scheme(file)

    assert [p.code for p in refusal.value.problems] == ["scheme-file-too-large"]


def test_schemes_read_together_are_checked_together_and_all_files_reported(tmp_path) -> None:
    first, second, third = (tmp_path / f"{name}.yaml" for name in "abc")
    first.write_text(SOUND, encoding="utf-8")
    second.write_text(SOUND, encoding="utf-8")
    third.write_text("scheme: c\n", encoding="utf-8")

    with pytest.raises(ProblemsError) as refusal:
        read_schemes([first, second, third, tmp_path / "d.yaml"])

    found = {(p.code, p.where.source) for p in refusal.value.problems}
    assert found >= {
        ("scheme-twice", str(first)),
        ("scheme-twice", str(second)),
        ("missing-key", str(third)),
        ("scheme-file-missing", str(tmp_path / "d.yaml")),
    }
