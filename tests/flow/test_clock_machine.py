"""Stored clocks against the naive reference: random mentions, decisions and late arrivals through the real store."""

from collections import Counter
from dataclasses import replace
from datetime import datetime, time, timedelta
from functools import cache
from itertools import count
from typing import Any, Final

from hypothesis import HealthCheck, settings
from hypothesis import strategies as some
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from sqlalchemy import select

from inbox.flow import clocks, decide, triage
from inbox.flow.decide import Decided
from inbox.model.clock import Clock
from inbox.model.ids import AreaId, MentionId, ThreadId
from inbox.model.people import WEEKDAYS, Area, Interval
from inbox.model.words import CloseReason, Priority, Status
from inbox.model.workspace import UNSORTED, Calendar, Policy, When, Workspace
from inbox.store import config, threads
from inbox.store.engine import Store
from inbox.store.errors import Refused
from inbox.store.schema import clock, mention
from tests.support.naive_clocks import Said, Turn, naive_status, naive_waits
from tests.support.naive_terms import Basis, Expected, Ledger, Promise
from tests.support.talk import START, Talk, at

MINUTE: Final = timedelta(minutes=1)
HOURS: Final = ((8, 12), (13, 17), (18, 23))
AREAS: Final = (UNSORTED, "Billing", "Baggage")
TARGETS: Final[dict[str, dict[str, dict[str, int]]]] = {
    "Billing": {"first": {"normal": 60, "high": 20}, "next": {"normal": 90, "high": 45}, "resolution": {"normal": 240}},
    "Baggage": {"first": {"normal": 150, "high": 60}, "next": {"normal": 30}, "resolution": {"high": 500}},
}
WARN: Final = 15
PUT_AWAY: Final = (Status.WAITING, Status.SNOOZED, Status.CLOSED)
DELAYS: Final = some.one_of(some.just(0), some.integers(0, 150))


def policy(area: str, calendar: str | None) -> Policy:
    targets: dict[str, Any] = {
        f"{metric}_response" if metric != "resolution" else metric: {
            Priority(each): minutes * MINUTE for each, minutes in by_priority.items()
        }
        for metric, by_priority in TARGETS[area].items()
    }
    return Policy(area, When(area=(area,)), calendar, warn_before=WARN * MINUTE, **targets)


WORKSPACE: Final = Workspace(
    areas=(Area(AreaId(0), "Billing"), Area(AreaId(0), "Baggage")),
    calendars=(Calendar("office", week=dict.fromkeys(WEEKDAYS, tuple(Interval(time(a), time(b)) for a, b in HOURS))),),
    policies=(policy("Billing", "office"), policy("Baggage", None)),
)


@cache
def in_office(minute: int) -> bool:
    hour = at(minute).hour
    return any(begin <= hour < end for begin, end in HOURS)


def always(_: int) -> bool:
    return True


def promised(metric: str, basis: Basis) -> Promise:
    area, priority = basis
    target = TARGETS.get(area, {}).get(metric, {}).get(priority)
    return Promise(target, 0 if area == UNSORTED else WARN, in_office if area == "Billing" else always)


def minute_of(moment: datetime | None) -> int | None:
    return None if moment is None else (moment - START) // MINUTE


def expected_of(found: Clock) -> Expected:
    return Expected(
        str(found.metric), found.cycle, minute_of(found.started_at) or 0, minute_of(found.due_at),
        minute_of(found.warn_at), minute_of(found.met_at), minute_of(found.breached_at),
        minute_of(found.cancelled_at), found.cancel_reason,
        tuple((minute_of(begin) or 0, minute_of(end)) for begin, end in found.paused),
    )  # fmt: skip


def key(each: Expected) -> tuple[str, int]:
    return each.metric, each.cycle


class Machine(RuleBasedStateMachine):
    """One thread of a customer; whatever happens to it, its clocks are what the reference says."""

    def __init__(self, talk: Talk, who: str) -> None:
        super().__init__()
        self.talk, self.store, self.who = talk, talk.store, who
        self.now = 0
        self.thread_id = ThreadId(0)
        self.posts: dict[MentionId, Said] = {}
        self.turns: list[Turn] = []
        self.basis: Basis = (UNSORTED, "normal")
        self.ledger = Ledger(promised)

    @initialize(needs=some.booleans(), ours=some.booleans())
    def begins(self, needs: bool, ours: bool) -> None:
        self.say("inbound", 0, needs_reply=needs, in_reply_to="of another" if ours and needs else None)

    @rule(gap=some.integers(1, 60), delay=DELAYS, needs=some.sampled_from([True, True, False]))
    def customer_writes(self, gap: int, delay: int, needs: bool) -> None:
        self.now += gap
        self.say("inbound", delay, needs_reply=needs)

    @rule(
        gap=some.integers(1, 60),
        delay=DELAYS,
        pick=some.integers(0, 9),
        automatic=some.sampled_from([False, False, True]),
    )
    def answered_elsewhere(self, gap: int, delay: int, pick: int, automatic: bool) -> None:
        self.now += gap
        named = sorted(each for each, said in self.posts.items() if said.inbound)
        answers = named[pick] if pick < len(named) else None
        self.say("outbound", delay, automatic=automatic, answers=answers)

    @rule(gap=some.integers(1, 60))
    def promises(self, gap: int) -> None:
        self.now += gap
        self.say("outbound", 0, acknowledgement=True, triaged=True, by_employee="ana")

    @rule(gap=some.integers(1, 60))
    def waits(self, gap: int) -> None:
        self.decide(gap, "waiting", lambda ids, now: decide.wait(self.store, ids, actor="command", now=now))

    @rule(gap=some.integers(1, 60), reason=some.sampled_from([CloseReason.SPAM, CloseReason.ANSWERED]))
    def closes(self, gap: int, reason: CloseReason) -> None:
        done = lambda ids, now: decide.close(self.store, ids, reason, actor="command", now=now)  # noqa: E731
        self.decide(gap, "closed", done, str(reason))

    @rule(gap=some.integers(1, 60))
    def reopens(self, gap: int) -> None:
        self.decide(gap, "open", lambda ids, now: decide.reopen(self.store, ids, actor="command", now=now))

    @rule(gap=some.integers(1, 60), span=some.integers(5, 90))
    def snoozes(self, gap: int, span: int) -> None:
        def snooze(ids: list[ThreadId], now: datetime) -> Decided:
            return decide.snooze(self.store, ids, now + span * MINUTE, actor="command", now=now)

        self.decide(gap, "snoozed", snooze)

    @rule(gap=some.integers(1, 120))
    def time_passes(self, gap: int) -> None:
        self.now += gap
        if self.thread_id in decide.wake(self.store, now=at(self.now)).threads:
            self.turns.append(Turn(self.now, "open"))
        self.check()

    @rule(gap=some.integers(1, 60), area=some.sampled_from(AREAS))
    def moves(self, gap: int, area: str) -> None:
        self.now += gap
        decide.move(self.store, [self.thread_id], area, actor="command", now=at(self.now))
        self.basis = (area, self.basis[1])
        self.check()

    @rule(gap=some.integers(1, 60), priority=some.sampled_from([Priority.NORMAL, Priority.HIGH]))
    def is_more_or_less_urgent(self, gap: int, priority: Priority) -> None:
        self.now += gap
        decide.set_priority(self.store, [self.thread_id], priority, actor="command", now=at(self.now))
        self.basis = (self.basis[0], str(priority))
        self.check()

    @rule(gap=some.integers(1, 60), pick=some.integers(0, 9))
    def is_judged_otherwise(self, gap: int, pick: int) -> None:
        inbound = sorted(each for each, said in self.posts.items() if said.inbound)
        if pick >= len(inbound):
            return
        self.now += gap
        number, before = inbound[pick], self.status
        said = self.posts[number]
        decide.correct(
            self.store, self.thread_id, needs_reply=not said.needs, mention_id=number, actor="command", now=at(self.now)
        )
        self.posts[number] = replace(said, needs=not said.needs, seen=said.seen if said.needs else self.now)
        self.note_return(before)
        self.check()

    @property
    def status(self) -> Status:
        return Status(self.talk.row(self.thread_id).status)

    def say(self, direction: str, delay: int, *, answers: MentionId | None = None, **more: Any) -> None:
        """A post that is ``delay`` minutes old when it is stored; no two share a minute, nor one with a decision."""
        posted = self.now - delay
        taken = {each.at for each in self.posts.values()} | {each.at for each in self.turns}
        if posted in taken:
            return
        if answers is not None:
            more["in_reply_to"] = self.posts_named[answers]
        to = self.thread_id or None
        before = self.status if to else Status.NEW
        values = {"who": self.who, "stored_at": at(self.now), **more}
        if direction == "inbound":
            self.thread_id = self.talk.says(posted, "Hm.", to=to, **values)
        else:
            self.thread_id = self.talk.answers(posted, self.thread_id, **values)
        number = self.newest()
        promise = bool(more.get("acknowledgement"))
        native = direction == "outbound" and not promise and not more.get("automatic")
        if native and naive_status(list(self.posts.values()), self.turns, posted) == "open":
            self.turns.append(Turn(posted, "waiting"))
        self.posts[number] = Said(
            number, posted, self.now, direction == "inbound", bool(more.get("needs_reply")),
            answers or (-1 if more.get("in_reply_to") else None), bool(more.get("automatic")), promise,
        )  # fmt: skip
        if promise:
            with self.store.write() as s:
                clocks.recompute(s, self.thread_id, workspace=config.load(s), now=at(self.now))
        else:
            triage.triage_pending(self.store, now=at(self.now))
        if direction == "inbound":
            self.note_return(before)
        self.check()

    @property
    def posts_named(self) -> dict[MentionId, str]:
        with self.store.read() as s:
            rows = s.execute(select(mention.c.id, mention.c.global_id).where(mention.c.thread_id == self.thread_id))
            return {MentionId(row.id): row.global_id for row in rows}

    def newest(self) -> MentionId:
        return max(self.posts_named)

    def note_return(self, before: Status) -> None:
        """What was put away and is back was reopened now."""
        if before in PUT_AWAY and self.status not in PUT_AWAY:
            self.turns.append(Turn(self.now, "open"))

    def decide(self, gap: int, status: str, done: Any, reason: str | None = None) -> None:
        self.now += gap
        try:
            decided: Decided = done([self.thread_id], at(self.now))
        except Refused:
            return
        if decided.undo is not None:
            self.turns.append(Turn(self.now, status, reason))
        self.check()

    def check(self) -> None:
        """What has come is marked; then what is stored is what the reference says."""
        clocks.due(self.store, now=at(self.now))
        with self.store.read() as s:
            stored = threads.clocks(s, self.thread_id)
            told = threads.audit_events(s, self.thread_id)
        wanted = self.ledger.look(naive_waits(list(self.posts.values()), self.turns), self.basis, self.now)
        assert sorted(map(expected_of, stored), key=key) == sorted(wanted, key=key)
        marks = Counter((each.details["metric"], each.details["at"]) for each in told if each.action == "breach")
        assert not [each for each, times in marks.items() if times > 1]

    def teardown(self) -> None:
        """The next thread begins with nothing else running."""
        with self.store.write() as s:
            s.execute(clock.update().where(clock.c.cancelled_at.is_(None)).values(cancelled_at=at(0)))


def test_stored_clocks_equal_the_reference_whatever_happens_in_whatever_order(store: Store) -> None:
    talk, numbers = Talk(store, WORKSPACE), count(1)
    few = settings(
        max_examples=60 if store.kind == "sqlite" else 12,
        stateful_step_count=14,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(
        lambda: Machine(talk, f"kim{next(numbers)}"),  # type: ignore[arg-type]  # anything that makes one
        settings=few,
    )
