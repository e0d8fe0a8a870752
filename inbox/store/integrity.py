"""Proves that a workspace is sound: the file, what refers to what, and every figure that is kept beside its rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, or_, select, text

from inbox.store import counters
from inbox.store.schema import change, mention, metadata, thread
from inbox.store.session import Session

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Finding:
    """One check: ``detail`` says what was looked at, or what is wrong."""

    name: str
    ok: bool
    detail: str


def verify(s: Session) -> Iterator[Finding]:
    """All checks, one after the other; each reads whole tables. Give it a session of its own."""
    if s.kind == "postgresql":
        # One snapshot for all, so that a collector at work is not taken for damage.
        s.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
    file = _file if s.kind == "sqlite" else _rows_readable
    for check in (file, _references, _counters, _figures, _search):
        yield check(s)


def search_works(s: Session) -> bool:
    """Whether the full-text index is there and answers."""
    if s.kind == "sqlite":
        found = s.scalar(text("SELECT count(*) FROM sqlite_master WHERE name = 'mention_fts'"))
        return bool(found)
    return bool(s.scalar(text("SELECT count(*) FROM pg_indexes WHERE indexname = 'ix_mention_text_search'")))


def newest_change(s: Session) -> datetime | None:
    """When anything was last changed, by the clock of whoever changed it; None before that."""
    found: datetime | None = s.scalar(select(change.c.at).order_by(change.c.seq.desc()).limit(1))
    return found


def _file(s: Session) -> Finding:
    lines = [str(row[0]) for row in s.execute(text("PRAGMA integrity_check(20)"))]
    ok = lines == ["ok"]
    return Finding("file", ok, "The file is sound." if ok else f"The file is damaged: {'; '.join(lines[:_SHOWN])}.")


def _rows_readable(s: Session) -> Finding:
    """PostgreSQL checks its pages as it reads them: reading every row is the proof."""
    for table in metadata.sorted_tables:
        s.execute(select(func.count()).select_from(table)).scalar_one()
    broken = [str(row[0]) for row in s.execute(text("SELECT indexrelid::regclass FROM pg_index WHERE NOT indisvalid"))]
    said = f"These indexes are not valid: {', '.join(broken)}." if broken else "Every table can be read."
    return Finding("file", not broken, said)


def _references(s: Session) -> Finding:
    if s.kind == "sqlite":
        broken = [f"{row[0]} {row[1]}" for row in s.execute(text("PRAGMA foreign_key_check")).fetchmany(_SHOWN)]
    else:
        unproven = text("SELECT conname FROM pg_constraint WHERE contype = 'f' AND NOT convalidated")
        broken = [str(row[0]) for row in s.execute(unproven)]
    if broken:
        return Finding("references", False, f"These point at nothing: {', '.join(broken)}.")
    return Finding("references", True, "All that is referred to is there.")


def _counters(s: Session) -> Finding:
    kept, counted = counters.kept(s), counters.counted(s)
    wrong = [key for key in kept.keys() | counted.keys() if kept.get(key, 0) != counted.get(key, 0)]
    if wrong:
        return Finding("counters", False, f"{len(wrong)} of {len(counted)} counters differ from what they count.")
    return Finding("counters", True, f"The counters count {sum(counted.values())} threads.")


def _figures(s: Session) -> Finding:
    wrong = [row.id for row in s.execute(_wrong_figures().limit(_SHOWN))]
    if wrong:
        listed = ", ".join(map(str, wrong))
        return Finding("threads", False, f"Threads whose figures differ from their mentions: {listed} ...")
    number = s.scalar(select(func.count()).select_from(thread))
    return Finding("threads", True, f"The figures of {number} threads are those of their mentions.")


def _wrong_figures() -> Select[Any]:
    true = (
        select(
            mention.c.thread_id,
            func.count().label("n"),
            func.min(mention.c.created_at).label("first"),
            func.max(mention.c.created_at).label("last"),
        )
        .group_by(mention.c.thread_id)
        .subquery()
    )
    return (
        select(thread.c.id)
        .select_from(thread.outerjoin(true, true.c.thread_id == thread.c.id))
        .where(
            or_(
                thread.c.mentions != func.coalesce(true.c.n, 0),
                thread.c.first_mention_at != true.c.first,
                thread.c.last_mention_at != true.c.last,
            )
        )
        .order_by(thread.c.id)
    )


def _search(s: Session) -> Finding:
    if not search_works(s):
        return Finding("search", False, "The full-text index is missing.")
    stored = int(s.scalar(select(func.count()).select_from(mention)) or 0)
    if s.kind == "sqlite":
        indexed = int(s.scalar(text("SELECT count(*) FROM mention_fts_docsize")) or 0)
        if indexed != stored:
            return Finding("search", False, f"{indexed} of {stored} mentions can be searched.")
    return Finding("search", True, f"{stored} mentions can be searched.")
