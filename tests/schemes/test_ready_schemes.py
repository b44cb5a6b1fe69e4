"""The ready schemes: valid, adding up, bilingual, cited, and free of what the rules forbid."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from ronghe import rulebook
from ronghe.analysis.scheme.model import Group, Indicator, Scheme
from ronghe.analysis.scheme.parts import LEVELS, Text
from ronghe.analysis.scheme.rules import Combined
from ronghe.analysis.scheme.sources import RecordsSource, SchemeSource
from ronghe.schemes import ready

PROVINCES = Path(__file__).parents[2] / "examples" / "provinces" / "scheme.yaml"
FILES = {**ready(), "provinces-five-dimensions": PROVINCES}

FORBIDDEN = (
    "批示|刊发|经验做法|宣传报道|会议次数|参会|发文|文件数|拍照|留痕|照片|学习笔记|心得"
    "|打卡|签到|积分|点赞|转发|在线时长|学习时长|学时|出勤|下载|安装|注册率"
)


def read(file: Path) -> Scheme:
    return Scheme.model_validate(yaml.safe_load(file.read_text("utf-8")))


@pytest.fixture(params=FILES, scope="module")
def scheme(request: pytest.FixtureRequest) -> Scheme:
    return read(FILES[request.param])


def worth(node: Group | Indicator) -> Decimal:
    counts_as = node.counts_as if isinstance(node, Group) else None
    return counts_as if counts_as is not None else node.points


def sums(
    nodes: Sequence[Group | Indicator], full: Decimal, peer_group: str
) -> Iterator[tuple[Decimal, Decimal]]:
    """Yield for every group of the tree what its children are worth and its full score."""
    here = [
        n for n in nodes if isinstance(n, Group) or not n.peer_groups or peer_group in n.peer_groups
    ]
    yield sum(map(worth, here), Decimal(0)), full
    for node in here:
        if isinstance(node, Group):
            yield from sums(node.children, node.points, peer_group)


def texts(value: Any) -> Iterator[Text]:
    if isinstance(value, Text):
        yield value
    elif isinstance(value, list | tuple):
        for each in value:
            yield from texts(each)
    elif isinstance(value, dict):
        yield from texts(list(value.values()))
    elif hasattr(value, "model_fields_set"):
        yield from texts([getattr(value, name) for name in type(value).model_fields])


def test_the_five_ready_schemes_are_listed_by_their_codes() -> None:
    assert list(ready()) == [
        "five-dimension-outcomes",
        "leading-cadre",
        "member-appraisal",
        "township-fusion",
        "village-branch",
    ]
    assert all(read(file).scheme == code for code, file in ready().items())


def test_points_add_up_for_every_peer_group(scheme: Scheme) -> None:
    for peer_group in scheme.peer_groups or {"": None}:
        for total, full in sums(scheme.indicators, scheme.points, peer_group):
            assert total == full


def test_every_title_is_in_chinese_and_english(scheme: Scheme) -> None:
    for text in texts(scheme):
        assert re.search(r"[\u4e00-\u9fff]", text.zh), text
        assert text.en, text
        assert not re.search(r"[\u4e00-\u9fff]", text.en), text


def test_every_scored_indicator_cites_its_ground_and_names_its_supplier(scheme: Scheme) -> None:
    for indicator in scheme.scored():
        assert indicator.citation, indicator.code
        assert indicator.supplier, indicator.code


def test_nothing_that_the_rules_against_formalism_forbid_is_scored(scheme: Scheme) -> None:
    for indicator in scheme.scored():
        assert not re.search(FORBIDDEN, indicator.title.zh), indicator.title.zh
    for kind in scheme.record_kinds:
        assert kind.nature != "paper", kind.code


def test_obligations_are_a_precondition_and_never_points(scheme: Scheme) -> None:
    obligations = {kind.code for kind in scheme.record_kinds if kind.nature == "obligation"}
    for indicator in scheme.scored():
        if isinstance(indicator.source, RecordsSource):
            assert not obligations & set(indicator.source.of), indicator.code


def test_no_measure_is_used_below_the_level_at_which_it_is_published(scheme: Scheme) -> None:
    catalogue = {statistic.code: statistic for statistic in rulebook.statistics()}
    for measure in scheme.measures:
        known = catalogue.get(measure.statistic)
        lowest = known.lowest_level if known else measure.lowest_level
        assert LEVELS.index(scheme.level) <= LEVELS.index(lowest), measure.code
        assert not measure.statistic or known is not None, measure.code


def test_every_veto_cites_its_authority_and_every_gate_its_ground(scheme: Scheme) -> None:
    assert all(veto.authority for veto in scheme.vetoes)
    assert all(gate.citation for gate in scheme.gates)


def test_quotas_by_rule_are_in_the_rulebook(scheme: Scheme) -> None:
    book = rulebook.load()
    for grade in scheme.grading.grades if scheme.grading else ():
        if grade.quota_rule:
            assert 0 < book.value(grade.quota_rule, scheme.period.until) < 1


def test_the_grass_roots_fill_in_almost_nothing(scheme: Scheme) -> None:
    assert sum(indicator.fields for indicator in scheme.scored()) <= 1


def test_counts_of_work_ask_for_quality(scheme: Scheme) -> None:
    """What is counted as an achievement counts only if whom it served found it good enough."""
    achievements = {"case_solved", "policy_help", "tech_guidance", "mentoring", "job_created"}
    for indicator in scheme.scored():
        source = indicator.source
        if isinstance(source, RecordsSource) and achievements & set(source.of):
            assert source.quality_at_least is not None, indicator.code


def test_together_they_use_every_rule_every_source_and_every_missing_policy() -> None:
    rules, sources, missing = set(), set(), set()
    for one in map(read, FILES.values()):
        for indicator in one.scored():
            rules.add(indicator.rule.kind)
            if isinstance(indicator.rule, Combined):
                rules |= {part.rule.kind for part in indicator.rule.parts}
            sources.add(indicator.source.kind)
            missing.add(indicator.missing)
    assert rules == {
        "completion",
        "bands",
        "goalposts",
        "efficacy",
        "rank_ladder",
        "ratio_to_best",
        "ratio_to_average",
        "distance_from_average",
        "combined",
        "count_points",
        "deduction",
        "share_of_full",
    }
    assert sources == {"measure", "records", "ballot", "expert", "scheme"}
    assert missing == {"not_applicable", "peer_median", "error"}


def test_the_township_scheme_folds_party_building_30_to_economy_70() -> None:
    party, economy = read(ready()["township-fusion"]).indicators
    assert isinstance(party, Group)
    assert isinstance(economy, Group)
    assert (party.side, party.points, party.counts_as) == ("party", 100, 30)
    assert (economy.side, economy.points, economy.counts_as) == ("economy", 100, 70)


def test_results_of_party_building_are_a_core_part_of_a_cadres_economic_work() -> None:
    one = read(ready()["leading-cadre"])
    nodes = {node.code: node for node, _ in one.walk()}
    assert nodes["party_drive"].points / nodes["economic_work"].points >= Decimal("0.4")
    assert any(
        isinstance(i.source, SchemeSource) and i.source.scheme == "township-fusion"
        for i in one.leaves()
    )


def test_members_are_appraised_on_four_dimensions_with_a_third_excellent_at_most() -> None:
    one = read(ready()["member-appraisal"])
    assert [node.code for node in one.indicators] == [
        "ideology",
        "work",
        "service",
        "integrity",
    ]
    assert one.grading is not None
    best = one.grading.grades[0]
    assert best.quota_rule == "member_appraisal.excellent_share"
    assert one.grading.within == "parent"


def test_outcomes_have_the_five_dimensions_with_equal_points() -> None:
    for code in ("five-dimension-outcomes", "provinces-five-dimensions"):
        groups = read(FILES[code]).indicators
        assert [g.dimension for g in groups] == [
            "innovation",
            "coordination",
            "green",
            "openness",
            "sharing",
        ]
        assert {g.points for g in groups} == {20}
