"""A person corrects what was judged of a mention: a reply needed or not, sentiment, language, noise."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from inbox.flow.deciding import Decided, Decision, Expect, bump, change, committed, current, decided, recompute
from inbox.flow.races import who
from inbox.model.ids import MentionId, ThreadId
from inbox.model.words import Status
from inbox.store import decisions
from inbox.store.decisions import Judged, State
from inbox.store.engine import Session, Store
from inbox.store.errors import NotFound


def correct(
    store: Store,
    thread_id: ThreadId,
    *,
    actor: str,
    now: datetime,
    needs_reply: bool | None = None,
    sentiment: str | None = None,
    language: str | None = None,
    hidden: bool | None = None,
    mention_id: MentionId | None = None,
    expect: Expect = None,
) -> Decided:
    """Correct the judgement of a mention (the newest of the customer, unless one is named).

    One that does need a reply starts its clock at its posted time, and brings a thread that was put away back.
    Noise needs none.
    """
    if hidden and needs_reply is None:
        needs_reply = False
    with store.write() as s:
        before = current(s, [thread_id], expect)[0]
        judged = _judged(s, thread_id, mention_id)
        new = replace(
            judged,
            needs_reply=judged.needs_reply if needs_reply is None else needs_reply,
            sentiment=sentiment or judged.sentiment,
            language=language or judged.language,
        )
        words = _words(judged, new, before, hidden)
        if not words:
            return decided(s, "It is judged so already.", "correct", [])
        decisions.judge(s, new)
        decision = Decision("correct", actor, now, {"mention": judged.id, "to": words}, _said(who(s, actor), words))
        undone = change(s, [before], _corrected(needs_reply, hidden), decision) or bump(s, [before], decision)
        recompute(s, [thread_id], now)
        done = decided(s, f"Corrected: {', '.join(words)}.", "correct", [replace(undone[0], judged=judged)])
    return committed(done, s)


def _judged(s: Session, thread_id: ThreadId, mention_id: MentionId | None) -> Judged:
    found = decisions.newest_inbound(s, thread_id, mention_id)
    if found is None:
        raise NotFound("There is no mention of a customer here to correct.")
    return found


def _corrected(needs_reply: bool | None, hidden: bool | None) -> Callable[[State], State]:  # noqa: FBT001 - the judgements
    def step(old: State) -> State:
        new = old if needs_reply is None else replace(old, needs_reply=needs_reply)
        if hidden is not None:
            new = replace(new, hidden=hidden)
        if needs_reply and old.status in {Status.WAITING, Status.SNOOZED, Status.CLOSED}:
            status = Status.NEW if old.assignee_id is None else Status.OPEN
            new = replace(new, status=status, snoozed_until=None, close_reason=None, closed_at=None)
        return new

    return step


def _words(old: Judged, new: Judged, thread: State, hidden: bool | None) -> list[str]:  # noqa: FBT001 - the judgement
    words = []
    if new.needs_reply != old.needs_reply:
        words.append("needs a reply" if new.needs_reply else "needs no reply")
    if new.sentiment != old.sentiment:
        words.append(f"sentiment {new.sentiment}")
    if new.language != old.language:
        words.append(f"language {new.language}")
    if hidden is not None and hidden != thread.hidden:
        words.append("noise" if hidden else "no noise")
    return words


def _said(name: str, words: list[str]) -> str:
    return f"{name} corrected this: {', '.join(words)}."
