"""A person corrects what was judged of a mention (a reply needed, sentiment, language, noise), or tags its author."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from inbox.flow.corrected import facts_corrected
from inbox.flow.deciding import (
    AuthorTags,
    Decided,
    Decision,
    Expect,
    Undo,
    bump,
    change,
    committed,
    current,
    decided,
    recompute,
)
from inbox.flow.marking import clean_tag, tags_said
from inbox.flow.races import who
from inbox.model.fact import Fact, FactKind, Facts, FactSource
from inbox.model.ids import AuthorId, MentionId, ThreadId
from inbox.model.words import Status
from inbox.store import audit, authors, corrections, decisions
from inbox.store.decisions import Judged, State
from inbox.store.engine import Session, Store
from inbox.store.errors import NotFound, Refused
from inbox.text import needs_reply as reply_words
from inbox.text.sentiment import SENTIMENTS


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
    """Correct facts of a mention (the newest of the customer, unless one is named); ``hidden`` is that it is noise.

    One that does need a reply starts its clock at its posted time, and brings a thread that was put away back.
    Noise needs none and leaves the queue, unless the thread was answered. Raises ``Refused`` for no sentiment.
    """
    if sentiment and sentiment not in SENTIMENTS:
        raise Refused(f"“{sentiment}” is no sentiment. There are: {', '.join(SENTIMENTS)}.")
    if hidden and needs_reply is None:
        needs_reply = False
    with store.write() as s:
        before = current(s, [thread_id], expect)[0]
        judged = _judged(s, thread_id, mention_id)
        said = _facts(needs_reply, sentiment, language, hidden, f"{who(s, actor)} said so.")
        said = {kind: fact for kind, fact in said.items() if fact.value != _value(judged, before, kind)}
        if not said:
            return decided(s, "It is judged so already.", "correct", [])
        new = _new(judged, said)
        rows = facts_corrected(thread_id, judged.id, _held(judged, before), said, actor=actor, now=now)
        kept = corrections.add(s, rows)
        decisions.judge(s, new)
        words = [_word(kind, fact) for kind, fact in said.items()]
        decision = Decision("correct", actor, now, {"mention": judged.id, "to": words}, _said(who(s, actor), words))
        needed = new.needs_reply if new.needs_reply != judged.needs_reply else None
        step = _corrected(s, judged.id, needed, said)
        undone = change(s, [before], step, decision) or bump(s, [before], decision)
        recompute(s, [thread_id], now, because=decision.reason)
        taken = replace(undone[0], judged=judged, corrections=tuple(kept))
        done = decided(s, f"Corrected: {', '.join(words)}.", "correct", [taken])
    return committed(done, s)


def tag_author(
    store: Store,
    author_id: AuthorId,
    *,
    add: Sequence[str] = (),
    remove: Sequence[str] = (),
    actor: str,
    now: datetime,
) -> Decided:
    """Tag an author, for all their threads, or take tags away. Raises ``Refused`` for an empty or overlong tag."""
    wanted, unwanted = frozenset(map(clean_tag, add)), frozenset(map(clean_tag, remove))
    with store.write() as s:
        before = authors.tags(s, author_id)
        if before is None:
            raise NotFound("There is no such author any more.")
        after = (*(each for each in before if each not in unwanted), *sorted(wanted - set(before)))
        if after == before:
            return decided(s, "The tags are so already.", "tag author", [])
        authors.set_tags(s, author_id, after)
        audit.record(
            s, actor, "tag author", None, now, author=author_id, added=sorted(wanted), removed=sorted(unwanted)
        )
        done = decided(s, tags_said(wanted, unwanted), "tag author", [])
    undo = Undo("tag author", (), AuthorTags(author_id, before, after))
    return replace(committed(done, s), undo=undo)


def _judged(s: Session, thread_id: ThreadId, mention_id: MentionId | None) -> Judged:
    found = decisions.newest_inbound(s, thread_id, mention_id)
    if found is None:
        raise NotFound("There is no mention of a customer here to correct.")
    return found


def _facts(
    needs_reply: bool | None,  # noqa: FBT001 - the judgements
    sentiment: str | None,
    language: str | None,
    noise: bool | None,  # noqa: FBT001
    why: str,
) -> Facts:
    said = {
        FactKind.NEEDS_REPLY: needs_reply,
        FactKind.SENTIMENT: sentiment or None,
        FactKind.LANGUAGE: language or None,
        FactKind.NOISE: noise,
    }
    return {kind: Fact(value, 1.0, FactSource.PERSON, why) for kind, value in said.items() if value is not None}


def _value(judged: Judged, thread: State, kind: FactKind) -> str | bool | None:
    """What a mention is held to be now."""
    if kind is FactKind.NOISE:
        return thread.hidden or _is_true(judged.facts.get(kind))
    return {
        FactKind.NEEDS_REPLY: judged.needs_reply,
        FactKind.SENTIMENT: judged.sentiment,
        FactKind.LANGUAGE: judged.language,
    }[kind]


def _held(judged: Judged, thread: State) -> Facts:
    """The facts as they stand; where a rule hid the thread, it is the rule that says noise."""
    if thread.hidden and not _is_true(judged.facts.get(FactKind.NOISE)):
        return {**judged.facts, FactKind.NOISE: Fact(True, 1.0, FactSource.RULE, "A rule hid it.")}
    return judged.facts


def _is_true(fact: Fact | None) -> bool:
    return fact is not None and fact.value is True


def _new(judged: Judged, said: Facts) -> Judged:
    """The mention with what was said, and what follows from it."""
    facts = {**judged.facts, **said}
    noise, needed = said.get(FactKind.NOISE), facts.get(FactKind.NEEDS_REPLY)
    if noise is not None and noise.value is False and (needed is None or needed.by is not FactSource.PERSON):
        # It needed no reply for being noise: what remains is judged by itself.
        again = reply_words.judge(judged.text)
        sure = again.probability if again.needed else 1 - again.probability
        facts[FactKind.NEEDS_REPLY] = Fact(again.needed, round(sure, 2), FactSource.WORDS, again.why)
    now_needed = facts[FactKind.NEEDS_REPLY].value if FactKind.NEEDS_REPLY in facts else judged.needs_reply
    return replace(
        judged,
        needs_reply=None if now_needed is None else bool(now_needed),
        sentiment=_text(said, FactKind.SENTIMENT) or judged.sentiment,
        language=_text(said, FactKind.LANGUAGE) or judged.language,
        facts=facts,
    )


def _text(said: Facts, kind: FactKind) -> str | None:
    return str(said[kind].value) if kind in said else None


def _corrected(s: Session, mention_id: MentionId, needed: bool | None, said: Facts) -> Callable[[State], State]:  # noqa: FBT001 - the judgement
    noise = said[FactKind.NOISE].value if FactKind.NOISE in said else None

    def step(old: State) -> State:
        new = replace(old, language=_text(said, FactKind.LANGUAGE) or old.language)
        if needed is not None:
            waits = needed or decisions.others_need_reply(s, old.id, mention_id)
            new = replace(new, needs_reply=waits)
        if noise is not None:
            # An answered thread is never left out as noise.
            new = replace(new, hidden=bool(noise) and not decisions.is_answered(s, old.id))
        if needed and old.status in {Status.WAITING, Status.SNOOZED, Status.CLOSED}:
            status = Status.NEW if old.assignee_id is None else Status.OPEN
            new = replace(new, status=status, snoozed_until=None, close_reason=None, closed_at=None)
        return new

    return step


def _word(kind: FactKind, fact: Fact) -> str:
    if kind is FactKind.NEEDS_REPLY:
        return "needs a reply" if fact.value else "needs no reply"
    if kind is FactKind.NOISE:
        return "noise" if fact.value else "no noise"
    return f"{kind} {fact.value}"


def _said(name: str, words: list[str]) -> str:
    return f"{name} corrected this: {', '.join(words)}."
