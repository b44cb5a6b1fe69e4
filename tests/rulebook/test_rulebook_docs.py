"""The reference page names only what exists, and its examples work."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from ronghe.rulebook import load

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "reference" / "rulebook.md").read_text(encoding="utf-8")
KEYS = load().keys()
NAMED = sorted(
    name
    for name in set(re.findall(r"[`\"]([a-z_]+\.[a-z0-9_]+)[`\"]", PAGE))
    if not name.endswith((".yaml", ".json"))
)


@pytest.mark.parametrize("name", NAMED)
def test_every_key_named_on_the_page_exists(name):
    assert name in KEYS


def test_every_family_of_keys_is_on_the_page():
    families = {key.split(".")[0] for key in KEYS}

    assert families == set(re.findall(r"`([a-z_]+)\.`", PAGE))


def test_the_example_of_local_values_is_accepted(tmp_path):
    (example,) = re.findall(r"```yaml\n(.*?)```", PAGE, flags=re.DOTALL)
    path = tmp_path / "local.yaml"
    path.write_text(example, encoding="utf-8")

    book = load(overrides=[path])

    assert book.value("training.member_hours_per_year", date(2027, 6, 1)) == 40
    assert book.rule("cadre_appraisal.person_excellent_share", date(2026, 6, 1)).confirmed


def test_the_python_examples_give_what_their_comments_say():
    examples = re.findall(r"```python\n(.*?)```", PAGE, flags=re.DOTALL)
    namespace: dict[str, object] = {}
    for example in (examples[0], examples[-1]):
        exec(compile(example, "rulebook.md", "exec"), namespace)  # noqa: S102

    assert namespace["book"].number("decision.public_comment_days", date(2026, 5, 6)) == 30
    assert not namespace["quorum"].met_by(namespace["Fraction"](40, 50))
    assert not namespace["gdp"].published_at("township")
