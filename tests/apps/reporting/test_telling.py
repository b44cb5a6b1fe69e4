"""Sentences come from records, say their figures, and name what they were made from."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from ronghe.apps.reporting.telling import Facts, Figure, Item, Outcome, Required, Theme, Work, tell
from ronghe.apps.reporting.telling.facts import Kind

KINDS = {
    "meeting_held": Kind("支部党员大会", "次", obligation=True),
    "theme_day": Kind("主题党日", "次", obligation=True),
    "case_solved": Kind("诉求办结", "件"),
    "training_hours": Kind("集中学习培训学时", "学时", obligation=True),
    "job_created": Kind("带动就业", "人"),
    "volunteer_service": Kind("志愿服务", "小时"),
    "life_meeting": Kind("组织生活会", "次", obligation=True),
    "bee_hives": Kind("养蜂", "箱"),
}


def work(pk: int, kind: str, month: int = 3, quantity: str = "1", **more) -> Work:
    return Work(pk, kind, date(2025, month, 9), Decimal(quantity), more.pop("unit", 1), **more)


def facts(*works: Work, **more) -> Facts:
    return Facts(2025, date(2025, 12, 31), KINDS, works, **more)


def text_of(*works: Work, **more) -> str:
    return said(facts(*works, **more))[0].text


def said(of: Facts):
    """Return what is told from something."""
    return [one for one in tell(of) if not one.is_gap]


def test_meetings_are_told_with_their_months_and_who_came():
    meetings = [work(n, "meeting_held", month, people=20) for n, month in enumerate((1, 4, 7, 10))]

    assert text_of(*meetings) == "全年召开支部党员大会4次，分布在1、4、7、10月，平均到会20人。"


def test_requests_are_told_with_ratings_examples_and_what_waits_to_be_verified():
    works = [
        work(1, "case_solved", 2, matter="修通水渠", quality=5),
        work(2, "case_solved", 5, matter="接通自来水", quality=4, verified=False),
    ]

    assert text_of(*works) == (
        "全年办结群众和企业诉求2件；有评价的2件中，平均4.5分，满分5分；"
        "其中有“接通自来水”、“修通水渠”；1条待核实。"
    )


def test_volunteer_hours_are_those_of_everybody_who_took_part():
    told = text_of(work(1, "volunteer_service", quantity="2.5", people=4))

    assert told == "全年开展志愿服务1次，参加4人次，累计10小时。"


def test_a_kind_that_nobody_foresaw_says_its_title_and_quantity():
    assert text_of(work(1, "bee_hives", quantity="30")) == "全年养蜂30箱。"


def test_a_year_under_way_says_until_when():
    running = Facts(2026, date(2026, 6, 30), KINDS, (work(1, "job_created", quantity="12"),))

    assert said(running)[0].text == "截至6月30日，带动就业12人。"


def test_work_of_several_organisations_says_of_how_many():
    works = (work(1, "theme_day", unit=1), work(2, "theme_day", unit=2))

    assert text_of(*works, units=2) == "全年2个党组织开展主题党日2次。"


def test_figures_stand_beside_the_year_before_and_the_target():
    income = Figure(
        7, "income", "集体收入", "万元", Decimal("52.30"), Decimal("45.10"), 6, Decimal(50), 9
    )

    told = said(facts(figures=(income,)))[0]
    assert told.text == "集体收入52.3万元，上年45.1万元，增长16%，年度目标50万元，为目标的104.6%。"
    assert told.sources == (("measure", 7), ("measure", 6), ("target", 9))


def test_lost_points_and_last_years_list_are_told_as_they_are():
    result = Outcome(3, "融合考核", "86.5", "良好", (("集体收入", "4"),))
    done = Item("rectification", 1, "修渠", date(2025, 6, 1), date(2025, 5, 2), "修通了。", (8,))
    late = Item("improvement", 2, "建台账", date(2025, 6, 1))
    told = {one.key: one for one in tell(facts(outcomes=(result,), items=(done, late)))}

    assert told["lost:融合考核"].theme == Theme.PROBLEMS
    assert told["lost:融合考核"].text == "在“融合考核”中失分较多的是：“集体收入”失4分。"
    assert told["rectification:1"].text == ("述职评议整改事项“修渠”已于2025年5月2日办结：修通了。")
    assert told["rectification:1"].sources == (("rectification", 1), ("record", 8))
    assert told["improvement:2"].text.endswith("尚未办结，期限为2025年6月1日，已过期限。")


def test_where_nothing_is_recorded_that_is_said_and_nothing_else():
    told = tell(facts(work(1, "job_created"), required=(Required("theme_day", "主题党日"),)))

    gaps = [one.text for one in told if one.is_gap]
    assert gaps == [
        "2025年组织生活没有记录。",
        "2025年为民服务没有记录。",
        "2025年教育培训没有记录。",
    ]


def test_required_meetings_without_a_record_are_named_together():
    required = (Required("theme_day", "主题党日"), Required("life_meeting", "组织生活会"))
    told = tell(facts(work(1, "meeting_held"), required=required))

    gap = next(one for one in told if one.is_gap and one.theme == Theme.LIFE)
    assert gap.text == "2025年主题党日、组织生活会没有记录。"


def test_shares_are_compared_in_points_not_in_growth():
    rate = Figure(7, "rate", "办结率", "%", Decimal("90"), Decimal("88.4"), 6, Decimal(95), 9)

    assert said(facts(figures=(rate,)))[0].text == (
        "办结率90%，上年88.4%，提高1.6个百分点，年度目标95%。"
    )


works = st.lists(
    st.builds(
        Work,
        pk=st.integers(1, 10_000),
        kind=st.sampled_from([*KINDS, "not_in_the_catalogue"]),
        day=st.dates(date(2025, 1, 1), date(2025, 12, 31)),
        quantity=st.decimals(0, 1000, places=1),
        unit=st.integers(1, 4),
        people=st.integers(0, 30),
        quality=st.none() | st.integers(0, 5),
        verified=st.booleans(),
    ),
    unique_by=lambda one: one.pk,
    max_size=40,
)


@given(works=works)
def test_every_record_of_a_known_kind_is_behind_exactly_one_sentence(works):
    told = tell(facts(*works))
    sources = [pk for one in told for kind, pk in one.sources]

    assert sorted(sources) == sorted(one.pk for one in works if one.kind in KINDS)
    assert all(one.sources or "没有记录" in one.text for one in told)
    assert len({one.key for one in told}) == len(told)


@given(works=works)
def test_the_order_of_records_changes_nothing(works):
    assert {one.key: one.text for one in tell(facts(*works))} == {
        one.key: one.text for one in tell(facts(*reversed(works)))
    }
