"""What the rules against formalism (形式主义) forbid to appraise or to demand."""

from __future__ import annotations

from collections.abc import Iterator

from ronghe.analysis.scheme.burden import asked, extra_entries
from ronghe.analysis.scheme.check.findings import scored, strikes
from ronghe.analysis.scheme.check.places import Loc
from ronghe.analysis.scheme.lint.finding import (
    Finding,
    fewer_is_better,
    is_counted,
    source_titles,
)
from ronghe.analysis.scheme.lint.words import TOPICS, Topic, mention
from ronghe.analysis.scheme.model import Gate, Indicator, Scheme, Veto
from ronghe.analysis.scheme.parts import Text
from ronghe.analysis.scheme.sources import MeasureSource, RecordsSource


def forbidden_words(scheme: Scheme) -> Iterator[Finding]:
    """What is counted or demanded, by its name or its note, is on the list of forbidden things."""
    for loc, indicator in scored(scheme):
        counts = is_counted(indicator.source) and not fewer_is_better(loc, indicator)
        for topic in TOPICS:
            if counts or not topic.counted:
                yield from _said(topic, loc, indicator, scheme)
    for loc, strike, _, _ in strikes(scheme):
        for topic in TOPICS:
            if topic.gates:
                yield from _said(topic, loc, strike, scheme)


def _said(
    topic: Topic, loc: Loc, part: Indicator | Gate | Veto, scheme: Scheme
) -> Iterator[Finding]:
    """Yield one finding for the first text of a part that touches the topic."""
    note = part.note if isinstance(part, Indicator) else ""
    texts: list[tuple[str, str | Text]] = [("title", part.title), ("note", note)]
    texts += [("source", title) for title in source_titles(part.source, scheme)]
    for key, text in texts:
        if words := mention(topic, text):
            citation = topic.citation
            if citation.startswith("demonstration") and scheme.level not in _BELOW_COUNTY:
                citation = "demonstration.by_county_department"
            yield Finding(topic.code, (*loc, key), part.title, words, citation=citation)
            return


_BELOW_COUNTY = ("township", "village", "enterprise", "branch", "person")


def paper(scheme: Scheme) -> Iterator[Finding]:
    """Records that are paper by nature (文牍) are counted."""
    kinds = {kind.code: kind for kind in scheme.record_kinds}
    for loc, indicator in scored(scheme):
        if not isinstance(indicator.source, RecordsSource):
            continue
        for kind in (kinds[code] for code in indicator.source.of if code in kinds):
            if kind.nature == "paper":
                at = (*loc, "source")
                yield Finding("scores-paper", at, indicator.title, kind.title, citation=_TRACES)


_TRACES = "formalism.trace_counting"
_REPEATED = "formalism.repeated_reporting"


def counted_daily(scheme: Scheme) -> Iterator[Finding]:
    """Records count once a day: that invites an entry every day."""
    for loc, indicator in scored(scheme):
        source = indicator.source
        if (
            isinstance(source, RecordsSource)
            and source.function == "count"
            and source.cap is not None
            and source.cap.per == "day"
            and source.cap.each <= 1
        ):
            at = (*loc, "source", "cap")
            yield Finding("counts-once-a-day", at, indicator.title, citation=_DAILY)


_DAILY = "formalism.daily_appraisal"


def evidence_required(scheme: Scheme) -> Iterator[Finding]:
    """Evidence (佐证) is demanded every time in place of being looked at in samples."""
    for loc, indicator in scored(scheme):
        if indicator.evidence == "required":
            at = (*loc, "evidence")
            yield Finding(
                "evidence-required", at, indicator.title, citation="formalism.unneeded_traces"
            )


def asked_too_often(scheme: Scheme) -> Iterator[Finding]:
    """Somebody fills in something every month."""
    for loc, indicator in scored(scheme):
        if indicator.frequency == "monthly" and extra_entries(indicator, scheme):
            at = (*loc, "frequency")
            yield Finding(
                "asked-too-often",
                at,
                indicator.title,
                extra_entries(indicator, scheme),
                citation="formalism.frequent_forms",
            )


def asked_twice(scheme: Scheme) -> Iterator[Finding]:
    """The same figure is asked for by more than one indicator."""
    first: dict[str, Text] = {}
    for loc, indicator in scored(scheme):
        for thing in asked(indicator, scheme):
            if thing in first:
                at = (*loc, "source")
                details = {"other": first[thing]}
                yield Finding(
                    "asked-twice", at, indicator.title, citation=_REPEATED, details=details
                )
                break
            first[thing] = indicator.title


def asked_though_there(scheme: Scheme) -> Iterator[Finding]:
    """Somebody fills in what a department or the records of the work already hold."""
    owners = {measure.code: measure.owner for measure in scheme.measures}
    for loc, indicator in scored(scheme):
        source, at = indicator.source, (*loc, "fields")
        more = extra_entries(indicator, scheme)
        if not more:
            continue
        if isinstance(source, RecordsSource):
            yield Finding("asked-though-recorded", at, indicator.title, more, citation=_REPEATED)
        elif isinstance(source, MeasureSource) and owners.get(source.measure):
            asked_of = indicator.supplier or Text(zh="考核对象", en="the units")
            owner = {"owner": owners[source.measure], "supplier": asked_of}
            yield Finding(
                "asked-though-owned",
                at,
                indicator.title,
                more,
                citation=_REPEATED,
                details=owner,
            )
