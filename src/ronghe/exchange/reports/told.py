"""Parts of a run in words and finished figures, shared by all reports."""

from __future__ import annotations

from dataclasses import dataclass

from ronghe.analysis.scheme.model import Condition, Gate, Scheme, Veto
from ronghe.analysis.scoring.expressions import thousandths
from ronghe.exchange.reports import statistics
from ronghe.exchange.reports.folder import Quota, RunFolder
from ronghe.exchange.reports.labels import Labels
from ronghe.exchange.reports.numbers import GAP, day_text, fraction_text, share_text
from ronghe.wording.rules import number, source_in_words


@dataclass(frozen=True, slots=True)
class GradeLine:
    """A grade (等次): from which total, with which quota, how many reached it and got it."""

    title: str
    threshold: str
    quota: str
    reached: str
    given: str
    share: str


def many(count: int, run: RunFolder, say: Labels) -> str:
    """Count units or people, with the word that Chinese puts behind the number."""
    return say("of-people" if run.about_people else "of-units", count=count)


def _counted(count: int, run: RunFolder) -> str:
    return GAP if statistics.hidden(run) else str(count)


def grade_lines(run: RunFolder, say: Labels) -> list[GradeLine]:
    """Return how each grade came about, the best first; nothing where none are given."""
    if run.scheme.grading is None:
        return []
    counts = statistics.grade_counts(run)
    graded = sum(counts[:-1])
    return [
        GradeLine(
            say.title(grade.title),
            number(grade.at_least),
            quota_in_words(run.quota(grade, say.language), say),
            _counted(statistics.reached(run, thousandths(grade.at_least)), run),
            _counted(given, run),
            GAP if statistics.hidden(run) else share_text(given, graded),
        )
        for grade, given in zip(run.scheme.grading.grades, counts, strict=False)
    ]


def quota_in_words(quota: Quota | None, say: Labels) -> str:
    """Say how many a grade may have at most, with the source of that."""
    if quota is None:
        return say("quota-none")
    share = fraction_text(quota.share)
    if quota.source:
        return say("quota-cited", share=share, citation=quota.source)
    return say("quota-share", share=share)


def grading_rules(run: RunFolder, say: Labels) -> list[str]:
    """Say in which steps grades come about: thresholds, the quotas' scope, ties."""
    grading = run.scheme.grading
    if grading is None:
        return []
    said = [say("grading-steps")]
    if any(grade.quota is not None or grade.quota_rule for grade in grading.grades):
        said.append(say(f"quota-within-{grading.within}"))
        if grading.ties == "order" and grading.tie_breakers:
            titles = titles_of(run.scheme, grading.tie_breakers, say)
            said.append(say("ties-breakers", titles=titles))
        else:
            said.append(say(f"ties-{grading.ties}"))
    return said


def titles_of(scheme: Scheme, codes: list[str], say: Labels) -> str:
    """Name indicators and groups by their titles."""
    titles = {node.code: node.title for node, _ in scheme.walk()}
    titles |= {item.code: item.title for item in scheme.scored()}
    return say.joined([say.title(titles[code]) for code in codes])


def condition_in_words(rule: Gate | Veto, scheme: Scheme, say: Labels) -> str:
    """Say what a gate requires, or when a veto strikes."""
    source = source_in_words(rule.source, scheme, say.language)
    if isinstance(rule, Veto):
        return say("veto-when", source=source, bound=bound_in_words(rule.when, say))
    required = say("gate-requires", source=source, bound=bound_in_words(rule.requires, say))
    return say("semicolon").join([required, say(f"gate-gap-{rule.missing}")])


def bound_in_words(condition: Condition, say: Labels) -> str:
    """Write the one comparison that a condition states."""
    for key in ("at_least", "above", "at_most", "below"):
        bound = getattr(condition, key)
        if bound is not None:
            return say(key, bound=number(bound))
    raise ValueError("a condition without a comparison passed the checks")


def consequences(rule: Gate | Veto, scheme: Scheme, say: Labels) -> str:
    """Say what follows where a gate fails or a veto strikes."""
    said = []
    if rule.ceiling and scheme.grading:
        grades = {grade.code: say.title(grade.title) for grade in scheme.grading.grades}
        said.append(say("ceiling", grade=grades[rule.ceiling]))
    if isinstance(rule, Gate) and rule.cap_points is not None:
        said.append(say("cap-points", points=number(rule.cap_points)))
    if isinstance(rule, Gate) and rule.zeroes:
        said.append(say("zeroes", titles=titles_of(scheme, rule.zeroes, say)))
    return say("semicolon").join(said)


def group_title(scheme: Scheme, code: str, say: Labels) -> str:
    """Name a peer group: its title in the scheme, or the word the data use."""
    if code in scheme.peer_groups:
        return say.title(scheme.peer_groups[code])
    return code or say("no-group")


def grade_title(scheme: Scheme, place: int | None, say: Labels) -> str:
    """Name a grade by its number from 1, the best."""
    if place is None or scheme.grading is None:
        return say("no-grade") if scheme.grading else ""
    return say.title(scheme.grading.grades[place - 1].title)


def approval_in_words(run: RunFolder, say: Labels) -> tuple[str, str]:
    """Return the plan's item and the approving document with its date, as far as stated."""
    approval = run.scheme.approval
    dated = f"，{day_text(approval.dated, 'zh')}" if approval.dated else ""
    if say.language == "en" and approval.dated:
        dated = f", {day_text(approval.dated, 'en')}"
    document = approval.document + dated if approval.document else ""
    return approval.plan_item or say("not-stated"), document or say("not-stated")


def account_lines(run: RunFolder, say: Labels) -> list[tuple[str, str]]:
    """Return what the run was computed from and with."""
    account = run.account
    programs = {"ronghe": account["ronghe"]} | account["versions"]
    rows = account["rows"]
    parameters = account["parameters"]
    return [
        (say("scheme-hash"), account["scheme_sha256"]),
        (say("data-hash"), account["data_sha256"]),
        (say("rulebook-hash"), account["rulebook_sha256"]),
        (say("rulebook-date"), day_text(run.rulebook_date, say.language)),
        (say("versions"), say.joined([f"{name} {version}" for name, version in programs.items()])),
        (say("rows"), say.joined([f"{table} {count}" for table, count in rows.items()])),
        (say("left-out"), str(account["records_left_out"])),
        (
            say("parameters"),
            say.joined([f"{name} = {value}" for name, value in parameters.items()]) or say("none"),
        ),
    ]
