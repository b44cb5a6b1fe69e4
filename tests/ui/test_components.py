"""Components show what they are given, with words for what colour says."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import timezone

from ronghe.apps.access import Role
from ronghe.ui.components import labelled, order_of
from ronghe.ui.forms import UploadField

COLUMNS = {"name": ["name", "pk"], "due": ["-due"]}


def drawn(template: str, url: str = "/", **values) -> str:
    """Return a template as a page would show it."""
    request = RequestFactory().get(url)
    return Template("{% load ui %}" + template).render(Context({"request": request, **values}))


def test_cells_carry_the_heading_of_their_column():
    table = labelled(
        '<thead><tr><th scope="col">A &amp; B</th><th><span class="visually-hidden">x</span></th>'
        '</tr></thead><tbody><tr><td class="n">1</td><td></td></tr></tbody>'
    )

    assert '<td class="n" data-label="A &amp; B"><div>1</div></td>' in table
    assert '<td data-label=""></td>' in table


def test_what_is_shown_in_a_table_stays_escaped():
    table = drawn(
        '{% datatable "t" %}<thead><tr><th>甲</th></tr></thead>'
        "<tbody><tr><td>{{ bad }}</td></tr></tbody>{% enddatatable %}",
        bad="<script>",
    )

    assert "<script>" not in table
    assert '<td data-label="甲"><div>&lt;script&gt;</div></td>' in table


@pytest.mark.parametrize(
    ("asked", "key", "fields"),
    [
        ("", "name", ["name", "pk"]),
        ("?sort=due", "due", ["-due"]),
        ("?sort=-due", "-due", ["due"]),
        ("?sort=password", "name", ["name", "pk"]),
    ],
)
def test_a_list_is_sorted_only_by_its_own_columns(asked, key, fields):
    request = RequestFactory().get(f"/{asked}")

    assert order_of(request, COLUMNS, default="name") == (key, fields)


def test_a_heading_sorts_the_other_way_when_pressed_again_and_keeps_the_filters():
    heading = drawn('{% sorthead "due" "期限" %}', "/?q=a&sort=due&page=3")

    assert 'aria-sort="ascending"' in heading
    assert 'href="?q=a&amp;sort=-due"' in heading


@pytest.mark.parametrize(
    ("left", "words"), [(-3, "已过3天"), (0, "就是今天"), (2, "还有2天"), (400, "前</span>")]
)
def test_a_day_says_how_far_away_it_is(left, words):
    assert words in drawn("{% due day %}", day=timezone.localdate() + timedelta(days=left))


def test_nothing_is_due_without_a_day():
    assert drawn("{% due day %}", day=None) == ""


@pytest.mark.parametrize(("value", "shown"), [(None, "—"), ("", "—"), (0, "0")])
def test_a_fact_that_is_nought_differs_from_one_that_is_missing(value, shown):
    assert drawn('{% fact "人数" value %}', value=value) == f"<dt>人数</dt><dd>{shown}</dd>"


def test_an_act_asked_for_once_more_is_a_plain_form():
    shown = drawn('{% confirm "停用" "/x/" "确定吗？" %}{% endconfirm %}', csrf_token="t")

    assert '<details class="confirm">' in shown
    assert '<form method="post" action="/x/"' in shown
    assert 'name="csrfmiddlewaretoken" value="t"' in shown


@pytest.mark.parametrize(
    ("name", "size", "told"),
    [("a.pdf", 10, ""), ("a.exe", 10, "exe"), ("a.pdf", 3 * 1024 * 1024, "最多2 MB")],
)
def test_a_file_of_another_kind_or_too_large_is_refused(name, size, told):
    field = UploadField(endings=[".pdf"], megabytes=2)

    with pytest.raises(ValidationError, match=told) if told else nullcontext():
        field.clean(SimpleUploadedFile(name, b"0" * size))


def test_the_style_guide_opens_for_everybody_signed_in(signed_in, here):
    page = signed_in(here[Role.MEMBER]).get("/style-guide/")

    assert page.status_code == 200
    assert "HX-Request" in page.headers["Vary"]
