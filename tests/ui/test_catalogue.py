"""Every text has its English; what allauth says has its Chinese."""

from __future__ import annotations

import polib
import pytest

from ronghe.ui.catalogues import Message, _in_python, _in_template, messages_in_package, missing_in
from ronghe.ui.management.commands.catalogue import FILE


def test_no_english_is_missing_fuzzy_or_left_over():
    assert missing_in(polib.pofile(str(FILE))) == []


def test_source_texts_are_chinese():
    latin = [one.text for one in messages_in_package() if one.text.isascii()]

    assert [text for text in latin if "%(" not in text] == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('_("甲")', Message("甲")),
        ('pgettext("站", "甲")', Message("甲", context="站")),
        ('ngettext("%(n)d个", "%(n)d个", n)', Message("%(n)d个", plural="%(n)d个")),
    ],
)
def test_texts_are_found_in_python(source, found):
    assert list(_in_python(source)) == [found]


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('{% translate "甲" %}', Message("甲")),
        ('{% if x %}{% else %}{% translate "甲" %}{% endif %}', Message("甲")),
        ('{% if x == _("甲") %}{% endif %}', Message("甲")),
        ("{% blocktranslate %}共{{ n }}人{% endblocktranslate %}", Message("共%(n)s人")),
        (
            "{% blocktranslate count n=m %}{{ n }}人{% plural %}{{ n }}人{% endblocktranslate %}",
            Message("%(n)s人", plural="%(n)s人"),
        ),
    ],
)
def test_texts_are_found_in_templates(source, found):
    assert list(_in_template("{% load i18n %}" + source)) == [found]


def test_an_english_text_with_another_placeholder_is_told():
    catalogue = polib.pofile(str(FILE))
    entry = next(one for one in catalogue if one.msgid == "%(day)s前")
    entry.msgstr = "by %(date)s"

    assert any("other placeholders" in line for line in missing_in(catalogue))
