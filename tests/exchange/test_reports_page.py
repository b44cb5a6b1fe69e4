"""``report.html``: what it shows, to whom, and that it stands alone."""

from __future__ import annotations

import re
from fractions import Fraction
from html.parser import HTMLParser
from pathlib import Path

import pytest

from report_runs import (
    LINEAR,
    document,
    measured,
    measures_of,
    member_data,
    member_scheme,
    province_data,
    province_scheme,
    township_data,
    township_scheme,
    write_run,
)
from ronghe.analysis.errors import ProblemsError
from ronghe.analysis.scheme.model import Scheme
from ronghe.exchange.reports import write_reports

HOSTILE = '<script>alert("甲")</script>&"\''


class Page(HTMLParser):
    """The page as a list of elements with their attributes, and its text."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(source)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.words.append(data)

    def tags(self, name: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.elements if tag == name]

    @property
    def text(self) -> str:
        return " ".join(self.words)


def page_of(folder: Path, language="zh") -> str:
    write_reports(folder, language)
    return (folder / "report.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def township(tmp_path_factory) -> str:
    scheme = township_scheme()
    data = township_data(scheme)
    data["units"][0]["name"] = HOSTILE
    folder = tmp_path_factory.mktemp("runs") / "township"
    return page_of(write_run(folder, scheme, data, {"excellent": Fraction(3, 10)}))


@pytest.fixture(scope="module")
def members(tmp_path_factory) -> str:
    scheme = member_scheme()
    folder = tmp_path_factory.mktemp("runs") / "members"
    return page_of(write_run(folder, scheme, member_data(scheme), {"excellent": Fraction(1, 3)}))


def test_a_hostile_name_is_shown_and_not_run(township):
    page = Page(township)

    assert not page.tags("script")
    assert HOSTILE in page.text


def test_the_page_needs_nothing_from_outside(township):
    addresses = set(re.findall(r"https?://[^\s\"'<)]+", township))
    held = [a for _, attributes in Page(township).elements for a in attributes.items()]

    assert addresses == {"http://www.w3.org/2000/svg"}
    assert not re.search(r"@import|url\(", township)
    assert [v for k, v in held if k in ("src", "srcset", "action", "data", "poster")] == []
    assert all((v or "").startswith("#") for k, v in held if k == "href")
    assert not [k for k, _ in held if k.startswith("on") or k == "style"]


def test_the_page_can_be_read_by_a_screen_reader(township):
    page = Page(township)

    assert page.tags("html")[0]["lang"] == "zh-Hans"
    assert len(page.tags("h1")) == 1
    assert len(page.tags("table")) == len(page.tags("caption"))
    assert all(head.get("scope") in ("col", "row") for head in page.tags("th"))
    assert all(chart["role"] == "img" for chart in page.tags("svg"))
    assert len(re.findall(r"<svg[^>]*><title>[^<]+</title>", township)) == len(page.tags("svg"))
    ids = [a["id"] for _, a in page.elements if "id" in a]
    assert len(ids) == len(set(ids))
    assert all((a["href"] or "")[1:] in ids for a in page.tags("a"))


def test_units_stand_in_their_peer_groups_in_the_order_of_their_ranks(township):
    ranking = township.split('id="ranking"')[1].split("</section>")[0]

    assert ranking.index("农业型乡镇") < ranking.index("青山乡") < ranking.index("河东镇")
    assert ranking.index("河东镇") < ranking.index("工业型乡镇") < ranking.index("柳林镇")
    assert re.search(r'>1</td><th scope="row">柳林镇</th>.*>78\.980<.*<td>o0003<', ranking)


def test_what_struck_is_named_with_its_consequence_and_authority(township):
    strikes = Page(township.split('id="strikes"')[1].split("</section>")[0]).text

    assert "等次不高于“一般”" in strikes
    assert "1个：青山乡" in strikes
    assert "《地方党政领导干部安全生产责任制规定》" in strikes
    assert "总分不超过 69 分" in strikes
    assert "“共享”记零分" in strikes


def test_gaps_and_exemptions_are_counted_with_their_treatment(township):
    rows = township.split('id="gaps"')[1].split("</section>")[0]

    assert re.search(
        r"绿色进展</th><td [^>]*>2</td><td>不考核，分值由.*?</td><td [^>]*>0</td>", rows
    )
    assert re.search(r"组织覆盖</th><td [^>]*>0</td><td>.*?</td><td [^>]*>1</td>", rows)


def test_how_grades_came_about_is_told(township):
    grading = Page(township.split('id="grading"')[1].split("</section>")[0]).text

    assert "不超过30%" in grading
    assert "依次比较经济发展的得分" in grading
    assert "名额在全体中计算" in grading


def test_the_fusion_section_concludes_nothing_by_itself(township):
    fusion = Page(township.split('id="fusion"')[1].split("</section>")[0]).text

    assert "不得单凭统计数字认定“两张皮”" in fusion
    assert "两项均较高 3，党建相对较高 3，经济相对较高 3，两项均较低 3" in fusion
    assert "wang2021" in fusion


def test_five_dimensions_are_drawn_for_the_mean_and_the_extremes(tmp_path):
    scheme = province_scheme()

    page = page_of(write_run(tmp_path / "run", scheme, province_data(scheme)))

    section = page.split('id="dimensions"')[1].split("</section>")[0]
    assert section.count("<svg") == 7
    assert all(word in section for word in ("创新", "协调", "绿色", "开放", "共享"))
    assert 'id="fusion"' not in page
    assert "方案不评定等次" in page


def test_persons_are_neither_named_nor_ranked(members):
    assert "党员甲" not in members
    assert "m0001" not in members
    assert "不列姓名、不排名次" in members


def test_groups_of_few_people_are_merged(members):
    rows = members.split('id="ranking"')[1].split("</section>")[0]

    assert "小支部" not in rows
    assert "其余 3 组合并" in rows
    assert min(int(n) for n in re.findall(r'</th><td class="number">(\d+)</td>', rows)) >= 10


def test_of_too_few_people_no_figure_is_shown(tmp_path):
    scheme = member_scheme("cadre")
    data = member_data(scheme, count=9, branches=1)

    page = page_of(write_run(tmp_path / "run", scheme, data, {"excellent": Fraction(1, 3)}))

    assert page.count("人数过少") == 2
    assert "<svg" not in page
    assert re.search(r"平均总分</dt><dd>—</dd>", page)
    assert re.search(r"优秀</th><td [^>]*>75</td><td>[^<]*</td><td [^>]*>—</td>", page)


def small(count: int, **changes):
    scheme = Scheme.model_validate(
        document(
            scheme="small",
            title="小方案",
            appraises="organisation",
            measures=measures_of([measured("one", "一项", 100, LINEAR)], "township"),
            indicators=[measured("one", "一项", 100, LINEAR)],
        )
        | changes
    )
    units = [
        {
            "unit": f"v{n:04d}",
            "name": f"村{n}",
            "kind": "organisation",
            "level": "township",
            "peer_group": "甲" if n % 2 else "乙",
        }
        for n in range(count)
    ]
    values = [
        {"unit": u["unit"], "measure": "one", "period": "2025", "value": n * 100 // count}
        for n, u in enumerate(units)
    ]
    return scheme, {"units": units, "measures": values}


def test_of_many_units_the_first_of_each_group_are_listed_and_the_page_says_where_all_are(tmp_path):
    page = page_of(write_run(tmp_path / "run", *small(501)))

    ranking = page.split('id="ranking"')[1].split("</section>")[0]
    assert ranking.count('<th scope="row">') == 100
    assert "共 501 个考核对象，这里列出各组前列的 100 个" in ranking
    assert "totals.csv" in ranking


def test_the_page_is_in_english_too(tmp_path):
    scheme = township_scheme()

    page = Page(page_of(write_run(tmp_path / "run", scheme, township_data(scheme)), "en"))

    assert page.tags("html")[0]["lang"] == "en"
    assert "Distribution of each indicator" in page.text
    assert "Farming townships" in page.text
    assert "同类组" not in page.text


def grades(**quota):
    best = {"code": "best", "title": "优", "at_least": 60} | quota
    return {"grades": [best, {"code": "rest", "title": "其余", "at_least": 0}]}


CITED = {"zh": "《本县办法》第三条", "en": "County measures, art. 3"}


@pytest.mark.parametrize(
    ("language", "said"),
    [("zh", "不超过25%；《本县办法》第三条"), ("en", "at most 25%; County measures, art. 3")],
)
def test_a_quota_is_shown_with_its_citation(tmp_path, language, said):
    scheme, data = small(12, grading=grades(quota_rule="local.share"))
    sources = {"best": ("local.share", CITED)}

    folder = write_run(tmp_path / "run", scheme, data, {"best": Fraction(1, 4)}, sources)

    assert said in page_of(folder, language)


def test_a_quota_without_a_citation_names_the_rule(tmp_path):
    scheme, data = small(12, grading=grades(quota_rule="local.share"))
    sources = {"best": ("local.share", {"zh": "", "en": ""})}

    folder = write_run(tmp_path / "run", scheme, data, {"best": Fraction(1, 3)}, sources)

    assert "不超过33.33%；local.share" in page_of(folder)


def test_a_folder_without_a_run_is_refused(tmp_path):
    with pytest.raises(ProblemsError) as refusal:
        write_reports(tmp_path, "zh")

    assert [p.code for p in refusal.value.problems] == ["no-such-run"]
    assert list(tmp_path.iterdir()) == []
