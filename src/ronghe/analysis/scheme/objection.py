"""The letter of objection (异议函): what may not be asked of us, by which rule, what we ask for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple, Protocol

from ronghe.analysis.errors import Problem
from ronghe.analysis.scheme.check.statistics import TitleLike
from ronghe.analysis.scheme.model import Scheme
from ronghe.analysis.scheme.parts import Text

Language = Literal["zh", "en"]


class RuleLike(Protocol):
    """A dated rule of the rulebook; `summary` says in the book's own words what it demands."""

    @property
    def summary(self) -> TitleLike: ...
    @property
    def since(self) -> date | None: ...


class BookLike(Protocol):
    """The rulebook, as far as citing needs it."""

    def find(self, key: str, on: date) -> RuleLike | None: ...
    def history(self, key: str) -> Sequence[RuleLike]: ...
    def citation(self, key: str, on: date, language: Language) -> str: ...


class Cited(NamedTuple):
    """A rule as people cite it: its source and what it demands (empty where not summed up)."""

    source: str
    demand: str


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter in plain paragraphs, blanks left for who writes to whom and when."""

    title: str
    salutation: str
    paragraphs: tuple[str, ...]
    closing: tuple[str, ...]

    def lines(self) -> list[str]:
        """Return the letter line by line, empty lines between its parts."""
        body = [line for paragraph in self.paragraphs for line in (paragraph, "")]
        return [self.title, "", self.salutation, "", *body, *self.closing]


_BEHIND = {
    "obligation-scored": "formalism.obligation_counting",
    "veto-without-authority": "appraisal.veto_authority",
    "approval-not-named": "appraisal.on_yearly_plan",
}


def rule_behind(problem: Problem) -> str:
    """Return the rulebook's key behind a finding of linter, duty lists or checks; else nothing."""
    return problem.citation or _BEHIND.get(problem.code, "")


def cited(key: str, on: date, book: BookLike, language: Language) -> Cited | None:
    """Cite the rule in force on a day; before its first day the one to come, with that day.

    Returns None where the rule was repealed before the day.
    """
    rule = book.find(key, on)
    if rule is not None:
        return Cited(book.citation(key, on, language), _said(rule.summary, language))
    coming = [rule for rule in book.history(key) if rule.since and rule.since > on]
    if not coming:
        return None
    first = min(coming, key=lambda rule: rule.since or on)
    since = first.since or on
    source = book.citation(key, since, language)
    source += f"（{_day(since)}起施行）" if language == "zh" else f" (in force from {since})"
    return Cited(source, _said(first.summary, language))


def objection(
    findings: Iterable[Problem], scheme: Scheme, book: BookLike, language: Language = "zh"
) -> Letter | None:
    """Write the letter of objection to a scheme.

    Parameters
    ----------
    findings
        Warnings and errors of the checks, the linter and the duty lists; those that rest on a
        rule which the rulebook sums up go into the letter, the others do not.
    book
        The rulebook; rules are cited as of the last day of the scheme's period.

    Returns
    -------
    The letter, one paragraph for each rule and request; None if no finding rests on a rule.
    """
    grounds: dict[tuple[str, Request], dict[str, Text]] = {}
    for finding in findings:
        title, rule = finding.details.get("title"), rule_behind(finding)
        if rule and isinstance(title, Text):
            key = (rule, _REQUESTS.get(finding.code, _DROP))
            grounds.setdefault(key, {})[title.zh] = title
    paragraphs: list[str] = []
    for (citation, request), titles in grounds.items():
        source = cited(citation, scheme.period.until, book, language)
        if source and source.demand:
            number = len(paragraphs) + 1
            paragraphs.append(_ground(number, list(titles.values()), source, request, language))
    if not paragraphs:
        return None
    named = _said(scheme.title, language)
    if language == "zh":
        return _in_chinese(f"《{named}》（{scheme.version}）", paragraphs)
    return _in_english(f"“{named}” ({scheme.version})", paragraphs)


class Request(NamedTuple):
    """What is objected to about the indicators, and what is asked for, in both languages."""

    zh: str
    en: str
    about_zh: str = ""
    about_en: str = ""
    sure: bool = True


_DROP = Request(
    "请予取消，改为考核工作成效",
    "We ask you to drop this and to appraise the results of the work",
)
_ONCE = Request(
    "请不再另行填报，由数据主管部门一次提供，或从已有纪实中汇总",
    "We ask you to take the figures from the department that holds them, or from existing records",
    "的填报要求",
    "The forms asked for by ",
)
_SAMPLE = Request(
    "请予取消，确需核实的改为抽查",
    "We ask you to drop the demand and to verify by samples where needed",
    "的佐证要求",
    "The evidence demanded for ",
)
_GATE = Request(
    "请不再计分；确有规定要求的，可作为前置条件",
    "We ask you not to score this; where a rule demands it, it may be a precondition",
)
_REQUESTS: dict[str, Request] = {
    "scores-meetings": _GATE,
    "scores-obligations": _GATE,
    "demands-photos": _SAMPLE,
    "evidence-required": _SAMPLE,
    "asked-too-often": _ONCE,
    "asked-twice": _ONCE,
    "asked-though-recorded": _ONCE,
    "asked-though-owned": _ONCE,
    "counts-once-a-day": Request(
        "请改为按月或按年统计",
        "We ask you to count by month or year",
        "每日计次的办法",
        "The daily count of ",
    ),
    "too-many-vetoes": Request(
        "请逐项写明设定依据，没有依据的改为扣分或前置条件",
        "We ask you to state the authority of each and to make the others deductions or gates",
        "的各项一票否决",
        "The vetoes of ",
    ),
    "obligation-scored": _GATE,
    "veto-without-authority": Request(
        "请写明设定一票否决的依据；没有依据的请改为扣分或前置条件",
        "We ask you to state the authority for the veto, or to make it a deduction or a gate",
    ),
    "duty-withdrawn": Request("请予删去", "We ask you to remove it"),
    "duty-assisting": Request(
        "请予删去，或只考核清单写明的配合职责",
        "We ask you to remove it, or to appraise only the part that the list names",
    ),
    "duty-looks-withdrawn": Request(
        "请核实是否属于已收回事项，如属请予删去",
        "We ask you to verify whether it is such a duty and, if so, to remove it",
        sure=False,
    ),
}
"""What is asked for by the problem's code; else to drop it."""


def _ground(
    number: int, titles: list[Text], rule: Cited, request: Request, language: Language
) -> str:
    """Write one paragraph: which indicators, which rule, what is asked."""
    names = [f"“{_said(title, language)}”" for title in titles]
    if language == "zh":
        count = f"等{len(names)}项" if len(names) > 1 else ""
        verdict = "上述内容与此不符" if request.sure else "上述内容可能属于此类"
        return (
            f"{_ordinal(number)}、{''.join(names)}{count}{request.about_zh}。"
            f"{rule.source}规定：{rule.demand}。{verdict}。{request.zh}。"
        )
    verdict = "This does not agree with it" if request.sure else "This may be such a case"
    return (
        f"{number}. {request.about_en}{', '.join(names)}. {rule.source} provides, in substance: "
        f"{rule.demand}. {verdict}. {request.en}."
    )


def _in_chinese(named: str, paragraphs: list[str]) -> Letter:
    return Letter(
        title=f"关于调整{named}部分内容的意见",
        salutation="＿＿＿＿＿＿＿＿：",
        paragraphs=(
            f"{named}收悉。经对照有关规定，其中部分内容与规定不符，现提出以下意见，请予研究。",
            *paragraphs,
            "我单位将如实反映工作实绩，配合抽查核实。所引规定为要点概括，标明“据转述”“待核实”的，"
            "请以正式文件为准。以上意见妥否，请函复。",
        ),
        closing=(
            "联系人：＿＿＿＿＿＿　电话：＿＿＿＿＿＿＿＿",
            "",
            "（单位名称、盖章）＿＿＿＿＿＿＿＿",
            "＿＿＿＿年＿＿月＿＿日",
        ),
    )


def _in_english(named: str, paragraphs: list[str]) -> Letter:
    return Letter(
        title=f"Proposal to amend {named}",
        salutation="To: ________________",
        paragraphs=(
            f"We have received {named}. Compared with the rules in force, parts of it do not "
            "agree with them. We ask you to consider the following.",
            *paragraphs,
            "We will report the results of our work truthfully and support verification by "
            "samples. Rules are given in substance; where marked as second-hand or to be "
            "confirmed, the official text prevails. We look forward to your reply.",
        ),
        closing=(
            "Contact: ____________  Telephone: ____________",
            "",
            "(Name and seal of the unit) ________________",
            "Date: ____________",
        ),
    )


def _said(words: TitleLike, language: Language) -> str:
    """Return a wording in a language; Chinese where there is no English."""
    return (words.en or words.zh) if language == "en" else words.zh


def _day(day: date) -> str:
    return f"自{day.year}年{day.month}月{day.day}日"


def _ordinal(number: int) -> str:
    """Write 1 to 99 in Chinese."""
    tens, units = divmod(number, 10)
    digits = "零一二三四五六七八九"
    front = "" if tens == 0 else "十" if tens == 1 else f"{digits[tens]}十"
    return front + (digits[units] if units else "")
