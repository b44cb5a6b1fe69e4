"""The rules of each procedure, whatever is tried in whatever order."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from ronghe.apps.procedures.machines import draws, objections, publicity
from ronghe.apps.procedures.machines.signoff import Sheet, Signature

people = st.integers(1, 5)
TODAY = date(2026, 5, 6)


@given(
    ends=st.integers(-5, 5),
    provisional=st.booleans(),
    open_ones=st.integers(0, 2),
    state=st.sampled_from(["open", "closed", "withdrawn"]),
)
def test_a_publicity_is_closed_just_when_it_is_over_certain_and_undisputed(
    ends, provisional, open_ones, state
):
    last = TODAY + timedelta(days=ends)
    given_ = {"state": state, "today": TODAY, "ends": last, "provisional": provisional}

    allowed = not publicity.refusal("close", objections=open_ones, **given_)

    assert allowed == (state == "open" and ends < 0 and not provisional and not open_ones)
    assert bool(publicity.refusal("object", objections=open_ones, **given_)) == (state != "open")


class AnObjection(RuleBasedStateMachine):
    """Five people try everything; those objected to and the objector never decide."""

    def __init__(self):
        super().__init__()
        self.it = objections.Standing("raised", 1, frozenset({2, 3}), None)
        self.answered_by = None

    @rule(by=people, to=people)
    def assign(self, by, to):
        if not objections.refusal("assign", self.it, by=by, to=to):
            self.it = objections.Standing("assigned", 1, self.it.against, to)

    @rule(by=people, uphold=st.booleans())
    def answer(self, by, uphold):
        act = "uphold" if uphold else "dismiss"
        if not objections.refusal(act, self.it, by=by):
            assert self.it.assigned_to == by
            self.answered_by = by
            self.it = objections.Standing(objections.after(act), 1, self.it.against, by)

    @rule(by=people)
    def withdraw(self, by):
        if not objections.refusal("withdraw", self.it, by=by):
            assert by == 1
            self.it = objections.Standing("withdrawn", 1, self.it.against, self.it.assigned_to)

    @invariant()
    def nobody_decides_in_their_own_matter(self):
        assert self.answered_by not in {1, 2, 3}
        assert self.it.assigned_to not in {1, 2, 3}

    @precondition(lambda self: self.it.state not in objections.OPEN)
    @rule(by=people, act=st.sampled_from(["assign", "uphold", "dismiss", "withdraw"]))
    def what_is_over_stays(self, by, act):
        assert objections.refusal(act, self.it, by=by, to=by) == "over"


TestAnObjection = AnObjection.TestCase


class ASignOff(RuleBasedStateMachine):
    """Three steps, five people of whom one prepared it, and a content that changes."""

    ordered = True

    def __init__(self):
        super().__init__()
        self.sheet = Sheet((1, 2, 3), self.ordered, "a0", frozenset({1}))
        self.revision = 0

    @rule(step=st.integers(1, 3), by=people, approve=st.booleans(), stale=st.booleans())
    def sign(self, step, by, approve, stale):
        digest = "a0" if stale else self.sheet.digest
        if self.sheet.refusal(step, by=by, digest=digest):
            return
        put = Signature(step, by, approve, digest)
        self.sheet = Sheet(
            self.sheet.steps,
            self.ordered,
            self.sheet.digest,
            self.sheet.prepared_by,
            (*self.sheet.signatures, put),
        )

    @rule()
    def change(self):
        if self.sheet.state == "complete":
            return
        self.revision += 1
        self.sheet = Sheet(
            self.sheet.steps,
            self.ordered,
            f"a{self.revision}",
            self.sheet.prepared_by,
            self.sheet.signatures,
        )
        assert self.sheet.valid == ()
        assert self.sheet.state == "open"

    @invariant()
    def duties_are_separate(self):
        signed = [one.by for one in self.sheet.valid]
        assert 1 not in signed
        assert len(signed) == len(set(signed))

    @invariant()
    def it_is_complete_just_when_everybody_approved_this_content(self):
        approved = {one.step for one in self.sheet.valid if one.approve}
        assert (self.sheet.state == "complete") == (approved == {1, 2, 3})

    @invariant()
    def steps_are_signed_in_their_order(self):
        steps = [one.step for one in self.sheet.valid]
        assert not self.ordered or steps == sorted(steps)


class ASignOffAtOnce(ASignOff):
    ordered = False


TestASignOff = ASignOff.TestCase
TestASignOffAtOnce = ASignOffAtOnce.TestCase

codes = st.lists(st.text(min_size=1, max_size=6), min_size=1, max_size=12, unique=True)


@given(listed=codes, number=st.integers(1, 12), seed=st.text(max_size=8), data=st.data())
def test_a_draw_comes_out_the_same_for_anybody_whatever_the_order_of_the_list(
    listed, number, seed, data
):
    assume(number <= len(listed))
    drawn = draws.draw(listed, number, seed)

    assert len(set(drawn)) == number
    assert set(drawn) <= set(listed)
    assert draws.verify(data.draw(st.permutations(listed)), number, seed, drawn)
    assert not draws.verify(listed, number, seed, drawn[:-1])


@given(listed=codes, seed=st.text(max_size=8), number=st.integers(1, 12))
def test_drawing_more_keeps_who_was_drawn_before(listed, seed, number):
    assume(number < len(listed))

    assert draws.draw(listed, number + 1, seed)[:number] == draws.draw(listed, number, seed)


def test_the_algorithm_is_the_one_that_is_written_down():
    # printf 'qinghe\nuser:1' | sha256sum, and so on, sorted
    assert draws.draw(["user:1", "user:2", "user:3"], 3, "qinghe") == [
        "user:2",
        "user:3",
        "user:1",
    ]


def test_over_many_seeds_everybody_is_drawn_about_equally_often():
    listed = [f"user:{number}" for number in range(10)]
    often = dict.fromkeys(listed, 0)
    for seed in range(2000):
        for code in draws.draw(listed, 3, str(seed)):
            often[code] += 1

    assert all(500 < times < 700 for times in often.values())
