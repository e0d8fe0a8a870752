"""Volume: what came in and went out."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, and_, case, false, func, not_, select, true

from inbox.model.ids import ThreadId
from inbox.model.report import By, Question
from inbox.model.words import Direction
from inbox.store.reports.groups import Columns, had_at, name_of, narrowed, people_only, thread_columns, within
from inbox.store.schema import mention, thread
from inbox.store.session import Session

_MENTIONS = mention.join(thread, thread.c.id == mention.c.thread_id)
_INBOUND = mention.c.direction == str(Direction.INBOUND)
_NEEDING = and_(_INBOUND, mention.c.needs_reply == true())
_ANSWER = and_(not_(_INBOUND), mention.c.automatic == false())
_KINDS: dict[str, ColumnElement[bool]] = {"needing_reply": _NEEDING, "answers": _ANSWER}


def volume(s: Session, asked: Question) -> Iterator[tuple[Any, int, int, int, int, int]]:
    """(group, mentions, those needing a reply, authors, threads, answers by people)."""
    columns = mention_columns()
    group = columns[asked.by]
    query = select(
        group,
        func.sum(case((_INBOUND, 1), else_=0)),
        func.sum(case((_NEEDING, 1), else_=0)),
        func.count(case((_INBOUND, mention.c.author_id)).distinct()),
        func.count(case((_INBOUND, mention.c.thread_id)).distinct()),
        func.sum(case((_ANSWER, 1), else_=0)),
    )
    for each, *counts in s.execute(query.select_from(_MENTIONS).where(*_where(s, asked, columns)).group_by(group)):
        yield each, *(int(count) for count in counts)


def behind_volume(s: Session, asked: Question, column: str | None, limit: int) -> list[ThreadId]:
    """The threads of the mentions counted, the newest first."""
    where = (*_where(s, asked, mention_columns()), _KINDS.get(column or "", _INBOUND))
    query = select(mention.c.thread_id).select_from(_MENTIONS).where(*where).group_by(mention.c.thread_id)
    newest = func.max(mention.c.created_at).desc()
    return [ThreadId(row.thread_id) for row in s.execute(query.order_by(newest, mention.c.thread_id).limit(limit))]


def mention_columns() -> Columns:
    """What mentions are grouped by: the employee is who wrote the answer, else who had the thread then."""
    had_it = name_of(had_at(mention.c.thread_id, mention.c.created_at))
    return {**thread_columns(), By.EMPLOYEE: func.coalesce(mention.c.by_employee, had_it)}


def _where(s: Session, asked: Question, columns: Columns) -> list[ColumnElement[bool]]:
    return [*people_only(), *within(mention.c.created_at, asked.period), *narrowed(s, columns, asked.only)]
