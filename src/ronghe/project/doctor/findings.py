"""What a look at one thing says."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ronghe.wording import Language, Sentence


class State(StrEnum):
    """Whether something is as it should be."""

    GOOD = "good"
    BETTER = "could-be-better"
    WRONG = "wrong"


NONE = Sentence("没有", "none")


@dataclass(frozen=True, slots=True)
class Finding:
    """One line: what was looked at, what was found, and if need be what is expected and to do."""

    about: Sentence
    state: State
    found: str | Sentence
    expected: Sentence | None = None
    todo: Sentence | None = None

    def line(self, language: Language) -> str:
        """Return the line as a person reads it."""
        marks = {State.GOOD: "✓", State.BETTER: "!", State.WRONG: "✗"}
        text = f"{marks[self.state]} {_in(self.about, language)}: {_in(self.found, language)}"
        if self.expected is not None and self.todo is not None:
            should = "应为" if language == "zh" else "expected"
            text += f"\n    {should}: {_in(self.expected, language)}"
            text += f"\n    → {_in(self.todo, language)}"
        return text

    def plain(self, language: Language) -> dict[str, str]:
        """Return the finding for programs."""
        return {
            "about": self.about.en,
            "state": str(self.state),
            "found": _in(self.found, language),
            "expected": _in(self.expected, language) if self.expected else "",
            "todo": _in(self.todo, language) if self.todo else "",
        }


def _in(sentence: Sentence | str, language: Language) -> str:
    if isinstance(sentence, str):
        return sentence
    return sentence.zh if language == "zh" else sentence.en


def judged(
    about: Sentence,
    found: str | Sentence,
    good: bool,
    expected: Sentence,
    todo: Sentence,
    *,
    otherwise: State = State.WRONG,
) -> Finding:
    """Return what was found, with what to do unless it is good."""
    if good:
        return Finding(about, State.GOOD, found)
    return Finding(about, otherwise, found, expected, todo)
