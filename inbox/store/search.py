"""Full-text search over mentions: bounded, newest first, on either engine.

Matches are looked at in windows, the latest stored first, and within a window ordered by when they were posted.
A window holds all matches of all but very common words, so that the order is exact where it can be read at all.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    FromClause,
    Select,
    Table,
    and_,
    bindparam,
    column,
    func,
    literal_column,
    not_,
    or_,
    select,
    table,
)

from inbox.model.ids import MentionId, ThreadId
from inbox.model.words import Status
from inbox.model.workspace import UNSORTED
from inbox.store.errors import Refused
from inbox.store.lists import among
from inbox.store.schema import account, area, author, mention, thread, thread_account
from inbox.store.session import Session
from inbox.store.types import from_micros, to_micros

WINDOW = 5000
"""Matches in a window."""

WINDOW_COMMON = 1000
"""The same on PostgreSQL, where walking down the table reads every text."""

COMMON = 30_000
"""More expected matches than this make a word common there."""

_WINDOWS = 40
"""How many windows one call looks at before it says how to go on."""

_fts = table("mention_fts", column("rowid"))


@dataclass(frozen=True, slots=True)
class Query:
    """What is searched for; all that is given must hold. ``words`` are (text, is a prefix), a text of several
    words being a phrase; ``after`` and ``before`` are times posted, the second excluded.
    """

    words: tuple[tuple[str, bool], ...] = ()
    authors: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()
    statuses: tuple[Status, ...] = ()
    after: datetime | None = None
    before: datetime | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A thread's newest mention that matches."""

    mention_id: MentionId
    thread_id: ThreadId
    text: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Hits:
    """One mention of each matching thread, newest first; ``next`` goes on behind them, None at the end."""

    found: tuple[Hit, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the last page ended: the window above which all is seen, and the mention within it."""

    top: int
    created_at: int
    mention_id: int


def find(s: Session, query: Query, *, limit: int = 50, cursor: str | None = None) -> Hits:
    """The threads that match by their newest mention that does, ``limit`` at most, each on one page alone.

    Raises ``Refused`` for a cursor that is not ours.
    """
    place = _Place(_NEWEST, _NEWEST, _NEWEST) if cursor is None else _read(cursor)
    found: list[Hit] = []
    if query.authors and not _author_ids(s, query.authors):
        return Hits((), None)
    conditions = _conditions(s, query, mention)
    for _ in range(_WINDOWS):
        ids, bottom = _matches(s, query, place.top)
        later = [not_(_shown_above(s, query, place.top))] if place.top != _NEWEST else []
        rows = _hits(s, ids, [*conditions, *later], place, limit - len(found) + 1)
        found += rows
        if len(found) > limit:
            last = found[limit - 1]
            return Hits(tuple(found[:limit]), _write(_Place(place.top, to_micros(last.created_at), last.mention_id)))
        if bottom is None:
            return Hits(tuple(found), None)
        place = _Place(bottom, _NEWEST, _NEWEST)
    return Hits(tuple(found), _write(place))


_NEWEST = 2**62


def _hits(s: Session, ids: list[int], conditions: list[ColumnElement[bool]], place: _Place, limit: int) -> list[Hit]:
    """Of each thread the newest mention of a window that meets the conditions, behind a place."""
    if not ids:
        return []
    newest = func.row_number().over(
        partition_by=mention.c.thread_id, order_by=(mention.c.created_at.desc(), mention.c.id.desc())
    )
    inside = (
        select(mention.c.id, mention.c.thread_id, mention.c.created_at, newest.label("place"))
        .join(thread, thread.c.id == mention.c.thread_id)
        .where(among(s, mention.c.id, ids), *conditions)
        .subquery()
    )
    statement = (
        select(inside.c.id, inside.c.thread_id, mention.c.text, inside.c.created_at)
        .join(mention, mention.c.id == inside.c.id)
        .where(inside.c.place == 1)
        .order_by(inside.c.created_at.desc(), inside.c.id.desc())
        .limit(limit)
    )
    if place.created_at != _NEWEST:
        posted = from_micros(place.created_at)
        same_time = and_(inside.c.created_at == posted, inside.c.id < place.mention_id)
        statement = statement.where(or_(inside.c.created_at < posted, same_time))
    rows = s.execute(statement)
    return [Hit(MentionId(row.id), ThreadId(row.thread_id), row.text, row.created_at) for row in rows]


def _shown_above(s: Session, query: Query, top: int) -> ColumnElement[bool]:
    """Whether a window before held a match of the thread."""
    other = mention.alias("other")
    # The outer query's thread is the same one.
    found = select(other.c.id).where(
        other.c.thread_id == mention.c.thread_id, other.c.id >= top, *_conditions(s, query, other)
    )
    if query.words and s.kind == "sqlite":
        match = literal_column("mention_fts").op("MATCH")(_fts_words(query.words))
        found = found.where(other.c.id.in_(select(_fts.c.rowid).where(match, _fts.c.rowid >= top)))
    elif query.words:
        found = found.where(func.inbox_words(other.c.text).op("@@")(_asked(query.words)))
    return found.correlate(mention, thread).exists()


def _matches(s: Session, query: Query, top: int) -> tuple[list[int], int | None]:
    """The numbers of the matching mentions of the window below ``top``, the latest stored first, and below which
    number the next window begins, None after the last.
    """
    if not query.words:
        found = select(mention.c.id).where(*_by_authors(s, query))
    elif s.kind == "sqlite":
        match = literal_column("mention_fts").op("MATCH")(_fts_words(query.words))
        found = select(_fts.c.rowid.label("id")).where(match)
    else:
        found = _ts_matches(s, query.words)
    number = found.selected_columns[0]
    size = WINDOW if s.kind == "sqlite" or not query.words else WINDOW_COMMON
    rows = s.execute(found.where(number < top).order_by(number.desc()).limit(size)).all()
    return [row[0] for row in rows], rows[-1][0] if len(rows) == size else None


def _by_authors(s: Session, query: Query) -> list[ColumnElement[bool]]:
    """Where no word is asked for, the authors' threads lead to their mentions."""
    if not query.authors or _ours(s, query.authors):
        return []
    theirs = select(thread.c.id).where(among(s, thread.c.author_id, _author_ids(s, query.authors)))
    return [mention.c.thread_id.in_(theirs)]


def _fts_words(words: Sequence[tuple[str, bool]]) -> str:
    """Each word as a quoted string, so that nothing in it is an operator (https://sqlite.org/fts5.html)."""
    return " ".join('"' + words.replace('"', '""') + '"' + ("*" if prefix else "") for words, prefix in words)


def _ts_matches(s: Session, words: Sequence[tuple[str, bool]]) -> Select[Any]:
    """By the full-text index where it finds few, else down the table, where a common word comes soon.

    The planner may not choose: it has taken a walk down the whole table for a rare word.
    """
    plain = select(mention.c.id).where(func.inbox_words(mention.c.text).op("@@")(_asked(words)))
    if _estimate(s, plain) > COMMON:
        return plain
    hits = plain.cte("hits").prefix_with("MATERIALIZED")
    return select(hits.c.id)


def _asked(words: Sequence[tuple[str, bool]]) -> ColumnElement[Any]:
    """All words as PostgreSQL asks for them."""
    asked: ColumnElement[Any] = func.inbox_query(bindparam("word_1", words[0][0]), words[0][1])
    for place, (each, prefix) in enumerate(words[1:], 2):
        asked = asked.op("&&")(func.inbox_query(bindparam(f"word_{place}", each), prefix))
    return asked


def _estimate(s: Session, query: Select[Any]) -> float:
    """How many rows PostgreSQL expects."""
    spelled = query.compile(s.connection, compile_kwargs={"literal_binds": True})
    plan = s.connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {str(spelled).replace('%', '%%')}").scalar()
    return float(plan[0]["Plan"]["Plan Rows"]) if plan else 0.0


def _conditions(s: Session, query: Query, posts: FromClause) -> list[ColumnElement[bool]]:
    """What must hold beside the words; ``posts`` is the mentions, under whichever name."""
    found: list[ColumnElement[bool]] = []
    if query.authors:
        found.append(among(s, posts.c.author_id, _author_ids(s, query.authors)))
    if query.areas:
        named = [name for name in query.areas if name.casefold() != UNSORTED.casefold()]
        unsorted = [thread.c.area_id.is_(None)] if len(named) < len(query.areas) else []
        found.append(or_(thread.c.area_id.in_(_ids(s, area, area.c.name, named, "area")), *unsorted))
    if query.accounts:
        shown = select(thread_account.c.thread_id)
        ids = _ids(s, account, account.c.handle, query.accounts, "account")
        also = thread.c.id.in_(shown.where(thread_account.c.account_id.in_(ids)))
        found.append(or_(thread.c.account_id.in_(ids), also))
    if query.statuses:
        found.append(thread.c.status.in_([str(status) for status in query.statuses]))
    if query.after is not None:
        found.append(posts.c.created_at >= query.after)
    if query.before is not None:
        found.append(posts.c.created_at < query.before)
    return found


def _ids(s: Session, kind: Table, named: Column[str], names: Sequence[str], title: str) -> list[int]:
    """Row numbers by name, case aside. Raises ``Refused`` for a name that there is not."""
    rows = s.execute(select(kind.c.id, named.label("name"))).all()
    found: list[int] = []
    for name in names:
        same = [row.id for row in rows if row.name.casefold() == name.lstrip("@").casefold()]
        if not same:
            raise Refused(f"There is no {title} “{name}”.")
        found += same
    return found


def _ours(s: Session, names: Sequence[str]) -> bool:
    """True when one of the names is an account of ours, whose mentions are in everybody's threads."""
    wanted = {name.lstrip("@").casefold() for name in names}
    return any(row.handle.casefold() in wanted for row in s.execute(select(account.c.handle)))


def _author_ids(s: Session, names: Sequence[str]) -> list[int]:
    """Authors by handle, with or without its server; by display name where no handle is like that."""
    found: list[int] = []
    for name in names:
        wanted = name.lstrip("@").lower()
        lowered = func.lower(author.c.handle)
        near = select(author.c.id, author.c.handle).where(lowered >= wanted, lowered < wanted + "\U0010ffff")
        ends = {"", "@", "."}
        ids = [row.id for row in s.execute(near) if row.handle[len(wanted) : len(wanted) + 1] in ends]
        if not ids:
            by_name = select(author.c.id).where(func.lower(author.c.name) == wanted)
            ids = [row.id for row in s.execute(by_name)]
        found += ids
    return found


def _write(place: _Place) -> str:
    return f"{place.top}:{place.created_at}:{place.mention_id}"


def _read(cursor: str) -> _Place:
    try:
        top, created_at, number = (int(part) for part in cursor.split(":"))
        if created_at != _NEWEST:
            from_micros(created_at)
        if not (0 <= top <= _NEWEST and 0 <= number <= _NEWEST):
            raise ValueError(cursor)  # noqa: TRY301 - a bad cursor like those that are no numbers
    except (ValueError, OverflowError) as error:
        raise Refused("This is not a cursor of a search. Use what “next” of the page before says.") from error
    return _Place(top, created_at, number)
