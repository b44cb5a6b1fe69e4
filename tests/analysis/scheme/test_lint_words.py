"""Forbidden things are recognised by their words, and what only looks alike is left alone."""

from __future__ import annotations

import pytest

from lint_schemes import indicator, records, scheme_of
from ronghe import rulebook
from ronghe.analysis.scheme.lint import lint
from ronghe.analysis.scheme.lint.words import TOPICS, clauses, mention
from ronghe.wording import say

FORBIDDEN = {
    "scores-leader-instructions": [
        "获市级以上领导批示",
        "领导肯定性批示篇数",
        "leaders' instructions obtained",
    ],
    "scores-publications": [
        "党建信息刊发",
        "信息报送条数",
        "省级媒体报道",
        "公众号推文",
        "press reports",
    ],
    "scores-experience-articles": ["报送典型经验", "承办现场会", "经验做法推广", "优秀案例入选"],
    "scores-meetings": [
        "党建工作会议次数",
        "召开支委会（不少于12次）",
        "三会一课落实情况",
        "主题党日活动次数",
        "缺一次党员大会",
        "产业对接会场次",
        "座谈会",
        "number of meetings held",
    ],
    "scores-documents": ["发文数量", "印发文件数", "工作简报", "documents issued"],
    "scores-traces": ["台账资料齐全", "工作留痕", "制定台账并更新台账", "paper trail"],
    "scores-study-notes": ["学习笔记", "心得体会篇数", "study notes"],
    "scores-check-ins": ["App每日打卡", "会议签到率", "连续登录天数", "check-ins"],
    "scores-points-ranking": ["学习积分排名", "平台积分", "积分排行榜", "leaderboard"],
    "scores-online-time": ["在线时长", "平台活跃度", "time online"],
    "scores-installation": [
        "群众注册小程序率",
        "App 安装率",
        "ＡＰＰ安装率",
        "医保电子凭证激活率",
        "公众号关注数",
        "app downloads",
    ],
    "scores-popularity": ["点赞转发量", "网络投票", "线上学习时长", "likes and forwards"],
    "demands-photos": ["上传活动照片", "现场拍照", "视频佐证", "人员定位", "photos of the event"],
    "scores-forms": ["每日填报", "周报报送", "月报及时率", "零报告", "weekly reports"],
    "scores-obligations": ["党员学时达标率", "集中学习次数", "参训率", "attendance"],
    "scores-demonstrations": ["创建示范村", "打造样板", "示范村数量", "model villages"],
}

HARMLESS = [
    "产业对接会签约数",
    "产业对接会促成合作项目",
    "参加产业对接会企业数",
    "会议中心营业收入",
    "社会志愿服务次数",
    "民主生活会整改完成率",
    "三会一课质量评议",
    "批示件办结率",
    "领导批示事项落实",
    "突发事件信息报送及时率",
    "网红打卡地游客量",
    "产业定位清晰度",
    "短视频电商销售额",
    "农业新技术应用推广面积",
    "节水灌溉系统安装数",
    "电商平台注册商户数",
    "商标注册率",
    "经营主体活跃度",
    "党员示范岗",
    "示范带动农户数",
    "示范合作社带动农户",
    "国家农业现代化示范区产值",
    "务工月报酬",
    "入学时间",
    "系统解决方案数",
    "积分超市兑换",
    "精简文件数量",
    "会议数量同比下降",
    "不计会议次数",
    "计不同的服务对象，不计次数。",
    "学时只作前置条件，不计分",
    "依据《整治打卡签到若干规定》",
    "取自统计月报",
    "matchmaking agreements signed",
    "views of residents",
    "no photos needed",
]


def words_of(text: str) -> set[str]:
    return {topic.code for topic in TOPICS if mention(topic, text)}


def test_every_topic_has_examples():
    assert set(FORBIDDEN) == {topic.code for topic in TOPICS}


@pytest.mark.parametrize(
    ("code", "title"), [(code, title) for code, titles in FORBIDDEN.items() for title in titles]
)
def test_a_forbidden_thing_is_recognised_by_its_title(code, title):
    assert code in words_of(title)


@pytest.mark.parametrize("title", HARMLESS)
def test_what_only_looks_alike_is_left_alone(title):
    assert words_of(title) == set()


def test_a_limit_from_below_is_not_a_ban():
    assert list(clauses("每年召开会议不少于4次，不得要求拍照")) == ["每年召开会议不少于4次"]


def test_the_warnings_of_a_scheme_full_of_formalism_can_all_be_said_in_both_languages():
    titles = [titles[0] for titles in FORBIDDEN.values()]
    kinds = [{"code": f"k{n}", "title": title} for n, title in enumerate(titles)]
    each = [
        indicator(title, source=records(f"k{n}"), evidence="required")
        for n, title in enumerate(titles)
    ]

    problems = lint(scheme_of(*each, record_kinds=kinds))

    assert {p.code for p in problems} == {*FORBIDDEN, "evidence-required"}
    assert all("{" not in say(p, language) for p in problems for language in ("zh", "en"))


def test_every_rule_cited_is_in_the_rulebook_and_summed_up():
    book = rulebook.load()
    keys = {topic.citation for topic in TOPICS} | {"demonstration.by_county_department"}

    assert keys <= set(book.keys())
    assert all(rule.summary.zh and rule.summary.en for k in keys for rule in book.history(k))
