"""The authors whom an incident concerns, read in pages: what they wrote in its threads, and when they were answered.

Nothing is kept beside the mentions themselves: what was erased or taken down is not there to be read.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Text, or_, select, type_coerce

from inbox.model.ids import AccountId, AuthorId, IncidentId, ThreadId
from inbox.model.words import Direction, Visibility
from inbox.store.schema import author, incident_thread, mention, thread
from inbox.store.session import Session

_PAGE = 500
"""Threads that are read at once."""

Pair = tuple[AuthorId, ThreadId]


@dataclass(frozen=True, slots=True)
class Answer:
    """A person's answer: ``by`` is an employee's name, empty for one from the network's own app."""

    at: datetime
    by: str


@dataclass(slots=True)
class Affected:
    """An author who wrote in an incident's threads: ``text``, ``language`` are of the newest mention that stands and
    ``url`` of the first that stands; ``first`` is the first answer, ``answered`` of the ``threads`` have one.
    """

    author_id: AuthorId
    handle: str = ""
    name: str = ""
    network: str = ""
    followers: int | None = None
    accounts: set[AccountId] = field(default_factory=set)
    threads: int = 0
    answered: int = 0
    mentions: int = 0
    private: int = 0
    first_at: datetime | None = None
    last_at: datetime | None = None
    text: str = ""
    language: str = ""
    url: str = ""
    first: Answer | None = None
    standing_at: datetime | None = None
    reached_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the authors; ``done`` ``of`` so many threads are read."""

    authors: tuple[Affected, ...]
    done: int
    of: int


def pages(s: Session, incident_id: IncidentId, began_at: datetime) -> Iterator[Page]:
    """Every author of its threads but employees, once, in the order of their numbers. An answer is one that followed
    the author's first mention since ``began_at`` (or before, where there is none since) in the same thread.
    """
    pairs = _pairs(s, incident_id)
    open_: dict[AuthorId, Affected] = {}
    for begin in range(0, len(pairs), _PAGE):
        chunk = pairs[begin : begin + _PAGE]
        for pair, rows in _exchanges(s, chunk):
            _add(open_.setdefault(pair[0], Affected(pair[0])), rows, began_at)
        done = begin + len(chunk)
        # The last author of a page may have more threads on the next.
        last = pairs[done][0] if done < len(pairs) else None
        over = [each for each in open_ if each != last]
        ended = [open_.pop(each) for each in over]
        _name(s, ended)
        yield Page(tuple(each for each in ended if each.handle or each.name or each.text), done, len(pairs))


def _pairs(s: Session, incident_id: IncidentId) -> list[Pair]:
    """Who wrote in which of the threads."""
    query = (
        select(mention.c.author_id, mention.c.thread_id)
        .distinct()
        .select_from(incident_thread)
        .join(mention, mention.c.thread_id == incident_thread.c.thread_id)
        .join(author, author.c.id == mention.c.author_id)
        .where(incident_thread.c.incident_id == incident_id, incident_thread.c.removed_at.is_(None))
        .where(mention.c.direction == str(Direction.INBOUND))
        .where(type_coerce(author.c.tags, Text).not_like('%"employee"%'))
        .order_by(mention.c.author_id, mention.c.thread_id)
    )
    return [(AuthorId(who), ThreadId(number)) for who, number in s.execute(query)]


def _exchanges(s: Session, pairs: Sequence[Pair]) -> Iterator[tuple[Pair, list[Row[Any]]]]:
    """Of each pair what the author wrote and what we answered, in the order of posting."""
    query = (
        select(
            mention.c.author_id,
            mention.c.thread_id,
            mention.c.direction,
            mention.c.visibility,
            mention.c.created_at,
            mention.c.text,
            mention.c.language,
            mention.c.url,
            mention.c.deleted_at,
            mention.c.by_employee,
            thread.c.account_id,
        )
        .join(thread, thread.c.id == mention.c.thread_id)
        .where(mention.c.thread_id.in_({number for _, number in pairs}))
        .where(or_(mention.c.direction == str(Direction.INBOUND), mention.c.automatic.is_(False)))
        .order_by(mention.c.thread_id, mention.c.created_at, mention.c.id)
    )
    found: dict[ThreadId, list[Row[Any]]] = {}
    for row in s.execute(query):
        found.setdefault(ThreadId(row.thread_id), []).append(row)
    for who, number in pairs:
        yield (
            (who, number),
            [each for each in found.get(number, ()) if each.direction != Direction.INBOUND or each.author_id == who],
        )


def _add(to: Affected, rows: Sequence[Row[Any]], began_at: datetime) -> None:
    """One thread of an author."""
    said = [each for each in rows if each.direction == Direction.INBOUND]
    for each in said:
        to.mentions += 1
        to.private += each.visibility == Visibility.PRIVATE
        if each.deleted_at is None:
            _stands(to, each)
    asked = next((each.created_at for each in said if each.created_at >= began_at), said[0].created_at)
    to.threads += 1
    to.accounts.add(AccountId(said[0].account_id))
    to.first_at = min(to.first_at or said[0].created_at, said[0].created_at)
    to.last_at = max(to.last_at or said[-1].created_at, said[-1].created_at)
    answers = (each for each in rows if each.direction != Direction.INBOUND and each.created_at >= asked)
    answer = next(answers, None)
    if answer is not None:
        to.answered += 1
        if to.first is None or answer.created_at < to.first.at:
            to.first = Answer(answer.created_at, answer.by_employee or "")


def _stands(to: Affected, row: Row[Any]) -> None:
    if to.standing_at is None or row.created_at >= to.standing_at:
        to.standing_at, to.text, to.language = row.created_at, row.text, row.language or ""
    if to.reached_at is None or row.created_at < to.reached_at:
        to.reached_at, to.url = row.created_at, row.url


def _name(s: Session, found: Sequence[Affected]) -> None:
    columns = (author.c.id, author.c.handle, author.c.name, author.c.network, author.c.followers)
    rows = {
        row.id: row for row in s.execute(select(*columns).where(author.c.id.in_([each.author_id for each in found])))
    }
    for each in found:
        row = rows[each.author_id]
        each.handle, each.name, each.network, each.followers = row.handle, row.name, row.network, row.followers
