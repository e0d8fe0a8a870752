"""Clocks against a naive reference: random histories, in every order of arrival, with moves and corrections."""

import random
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from inbox.model.ids import MentionId
from inbox.model.people import WEEKDAYS, Interval
from inbox.model.words import Metric, Status
from inbox.model.workspace import Calendar
from inbox.sla.clocks import Before, Measured, measure
from inbox.sla.history import Post, StatusChange
from inbox.sla.policy import Terms
from inbox.sla.waits import waits
from tests.support.naive_clocks import Said, Span, Turn, naive_waits
from tests.support.naive_terms import Basis, Expected, Ledger, Promise

START = datetime(2026, 11, 2, 15, tzinfo=UTC)
"""A Monday, two hours before the office closes for an hour."""
MINUTE = timedelta(minutes=1)
HOURS = ((8, 12), (13, 17), (18, 23))
OFFICE = Calendar("office", week=dict.fromkeys(WEEKDAYS, tuple(Interval(time(a), time(b)) for a, b in HOURS)))
TARGETS = {
    ("Billing", "normal"): {"first": 60, "next": 90, "resolution": 240},
    ("Billing", "high"): {"first": 20, "next": 45, "resolution": 120},
    ("Baggage", "normal"): {"first": 150, "next": 30},
    ("Baggage", "high"): {"first": 60, "next": 90, "resolution": 500},
}
WARN = 15


def at(minute: int) -> datetime:
    return START + minute * MINUTE


def minute_of(moment: datetime | None) -> int | None:
    return None if moment is None else (moment - START) // MINUTE


@cache
def in_office(minute: int) -> bool:
    hour = at(minute).hour
    return any(begin <= hour < end for begin, end in HOURS)


def promised(metric: str, basis: Basis) -> Promise:
    area, _ = basis
    return Promise(TARGETS[basis].get(metric), WARN, in_office if area == "Billing" else _always)


def _always(_: int) -> bool:
    return True


def terms(metric: Metric, basis: Basis) -> Terms:
    target = TARGETS[basis].get(str(metric))
    calendar = "office" if basis[0] == "Billing" else None
    return Terms("p", calendar, None if target is None else target * MINUTE, WARN * MINUTE, basis)


def post(said: Said) -> Post:
    number = MentionId(said.id)
    named = None if said.answers is None else f"m{said.answers}"
    return Post(
        number, f"m{said.id}", at(said.at), at(said.seen), said.inbound, said.needs, named, said.automatic, said.promise
    )


def change(turn: Turn) -> StatusChange:
    return StatusChange(at(turn.at), Status(turn.status), turn.reason)


@dataclass(frozen=True)
class Step:
    """What happens next: ``gap`` minutes later, something that is ``delay`` minutes old, if it can be."""

    gap: int
    what: str
    delay: int
    pick: int


TALK = ("asks", "asks", "chats", "answers", "answers", "automatic", "promises")
WHATS = (*TALK, "waiting", "snoozed", "closed", "open", "move", "correct", "tick")
STEPS = some.lists(
    some.builds(
        Step,
        some.integers(1, 70),
        some.sampled_from(WHATS),
        some.one_of(some.just(0), some.just(0), some.integers(0, 200)),
        some.integers(0, 1000),
    ),
    min_size=1,
    max_size=14,
)


class History:
    """A thread as it comes to be known, step by step; no two posts share a minute, nor two changes."""

    def __init__(self) -> None:
        self.now = 0
        self.posts: list[Said] = []
        self.turns: list[Turn] = []
        self.basis: Basis = ("Billing", "normal")

    def take(self, step: Step) -> None:
        self.now += step.gap
        if step.what == "move":
            self.basis = sorted(TARGETS)[step.pick % len(TARGETS)]
        elif step.what == "correct":
            self._correct(step)
        elif step.what in {"waiting", "snoozed", "closed", "open"}:
            reasons = ("spam", "duplicate", "answered")
            self.turns.append(Turn(self.now, step.what, reasons[step.pick % 3] if step.what == "closed" else None))
        elif step.what != "tick":
            self._say(step)

    def _say(self, step: Step) -> None:
        posted = self.now - step.delay
        if any(each.at == posted for each in self.posts):
            return
        ours = step.what in {"answers", "automatic", "promises"}
        others = [each.id for each in self.posts if each.inbound is ours]
        named = others[step.pick % len(others)] if others and step.pick % 4 == 0 else None
        said = Said(1000 + posted, posted, self.now, not ours, needs=step.what == "asks", answers=named)
        self.posts.append(replace(said, automatic=step.what == "automatic", promise=step.what == "promises"))
        if step.what == "answers" and step.pick % 3:
            self.turns.append(Turn(posted, "waiting"))

    def _correct(self, step: Step) -> None:
        inbound = [place for place, each in enumerate(self.posts) if each.inbound]
        if not inbound:
            return
        place = inbound[step.pick % len(inbound)]
        said = self.posts[place]
        self.posts[place] = replace(said, needs=not said.needs, seen=said.seen if said.needs else self.now)

    def sound(self) -> bool:
        moments = [each.at for each in self.turns]
        return len(moments) == len(set(moments))


def expected_of(found: Measured) -> Expected:
    paused = tuple((minute_of(begin) or 0, minute_of(end)) for begin, end in found.paused)
    return Expected(
        str(found.metric), found.cycle, minute_of(found.started_at) or 0, minute_of(found.due_at),
        minute_of(found.warn_at), minute_of(found.met_at), minute_of(found.breached_at),
        minute_of(found.cancelled_at), found.cancel_reason, paused,
    )  # fmt: skip


def measured(history: History, stored: list[Before], shuffle: random.Random) -> list[Measured]:
    """As the code has it, what has come marked as breached."""
    posts = [post(each) for each in shuffle.sample(history.posts, len(history.posts))]
    found = measure(
        waits(posts, [change(each) for each in history.turns]),
        lambda metric: terms(metric, history.basis),
        stored,
        {"office": OFFICE},
        at(history.now),
    )
    return [_marked(each, at(history.now)) for each in found]


def _marked(each: Measured, now: datetime) -> Measured:
    due = each.ended_at is None and each.breached_at is None and each.due_at is not None and each.due_at <= now
    return replace(each, breached_at=each.due_at) if due else each


def before(each: Measured) -> Before:
    return Before(
        each.metric, each.cycle, each.mention_id, each.started_at, each.due_at, each.warn_at,
        each.breached_at, each.ended_at, each.terms, each.paused,
    )  # fmt: skip


def key(each: Expected) -> tuple[str, int]:
    return each.metric, each.cycle


@settings(max_examples=2500, deadline=None)
@given(STEPS, some.integers(0, 99).map(random.Random))
def test_stored_clocks_equal_a_naive_reading_of_the_whole_history(steps: list[Step], shuffle: random.Random) -> None:
    history, ledger, stored = History(), Ledger(promised), list[Before]()
    for step in steps:
        history.take(step)
        if not history.sound():
            return
        found = measured(history, stored, shuffle)
        stored = [before(each) for each in found]
        wanted = ledger.look(naive_waits(history.posts, history.turns), history.basis, history.now)
        assert sorted(map(expected_of, found), key=key) == sorted(wanted, key=key)


@settings(max_examples=300, deadline=None)
@given(STEPS, some.integers(0, 99).map(random.Random))
def test_nothing_depends_on_the_order_of_arrival(steps: list[Step], shuffle: random.Random) -> None:
    history = History()
    for step in steps:
        history.take(step)
    final = measured(history, [], shuffle)
    stored: list[Before] = []
    order = shuffle.sample(history.posts, len(history.posts))
    for known in range(1, len(order) + 1):
        part = History()
        part.posts, part.turns, part.now, part.basis = order[:known], history.turns, history.now, history.basis
        stored = [before(each) for each in measured(part, stored, shuffle)]
    assert stored == [before(each) for each in final]


@pytest.mark.parametrize("metric", ["first", "next", "resolution"])
def test_the_reference_sees_each_metric(metric: str) -> None:
    posts = [Said(1, 0, 0, inbound=True, needs=True), Said(2, 5, 5, inbound=False), Said(3, 9, 9, True, True)]
    found: list[Span] = naive_waits(posts, [])
    assert metric in {each.metric for each in found}
