"""Notices for employees: each is told once, and stays until it was seen."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, func, or_, select

from inbox.model.ids import EmployeeId, ThreadId
from inbox.model.notice import Notice, NoticeKind
from inbox.store.schema import notice
from inbox.store.session import Session, insert_for


def add(s: Session, rows: Sequence[Notice]) -> int:
    """Tell somebody; one with the same key was told already and is left as it is. Gives how many are new."""
    if not rows:
        return 0
    insert = insert_for(s)(notice).on_conflict_do_nothing().returning(notice.c.id)
    new = len(s.execute(insert, [_values(each) for each in rows]).all())
    if new:
        s.changed(topics=["notices"])
    return new


def restate(s: Session, employee: EmployeeId, key: str, sentence: str) -> None:
    """Say a notice in other words: more has come to it since, in the same breath."""
    same = (notice.c.employee_id == employee, notice.c.key == key)
    s.execute(notice.update().where(*same).values(sentence=sentence, thread_id=None))
    s.changed(topics=["notices"])


def told_of(s: Session, keys: Iterable[str]) -> list[tuple[EmployeeId, str]]:
    """Who was told of what, of some keys."""
    query = select(notice.c.employee_id, notice.c.key).where(notice.c.key.in_(list(keys)))
    return [(EmployeeId(row.employee_id), row.key) for row in s.execute(query.order_by(notice.c.id))]


def mark_key_seen(s: Session, key: str, now: datetime) -> None:
    """Whatever was told under a key, or keys that begin with it and a colon, needs nobody's look any more."""
    same = or_(notice.c.key == key, notice.c.key.startswith(f"{key}:", autoescape=True))
    s.execute(notice.update().where(same, notice.c.seen_at.is_(None)).values(seen_at=now))
    s.changed(topics=["notices"])


def unseen(s: Session, employee: EmployeeId, limit: int = 50) -> list[Notice]:
    """What an employee has not seen yet, the newest first."""
    return [_notice(row) for row in s.execute(_of(employee, unseen_only=True).limit(limit))]


def newest(s: Session, employee: EmployeeId, limit: int = 50) -> list[Notice]:
    """What an employee was told, seen or not, the newest first."""
    return [_notice(row) for row in s.execute(_of(employee, unseen_only=False).limit(limit))]


def unseen_count(s: Session, employee: EmployeeId) -> int:
    """How many an employee has not seen."""
    mine = (notice.c.employee_id == employee, notice.c.seen_at.is_(None))
    return int(s.scalar(select(func.count()).select_from(notice).where(*mine)) or 0)


def mark_seen(
    s: Session,
    employee: EmployeeId,
    now: datetime,
    numbers: Sequence[int] | None = None,
    *,
    up_to: int | None = None,
) -> None:
    """An employee has seen some notices, or all of theirs; with ``up_to`` none of a later number."""
    query = notice.update().where(notice.c.employee_id == employee, notice.c.seen_at.is_(None))
    if numbers is not None:
        query = query.where(notice.c.id.in_(numbers))
    if up_to is not None:
        query = query.where(notice.c.id <= up_to)
    s.execute(query.values(seen_at=now))
    s.changed(topics=["notices"])


def prune(s: Session, *, seen_before: datetime, told_before: datetime) -> None:
    """Forget what was seen before a time, and whatever was told before another."""
    seen = and_(notice.c.seen_at.is_not(None), notice.c.seen_at < seen_before)
    s.execute(notice.delete().where(or_(seen, notice.c.at < told_before)))


def _of(employee: EmployeeId, *, unseen_only: bool) -> Any:  # noqa: ANN401 - a Core query
    query = select(notice).where(notice.c.employee_id == employee)
    if unseen_only:
        query = query.where(notice.c.seen_at.is_(None))
    return query.order_by(notice.c.at.desc(), notice.c.id.desc())


def _values(each: Notice) -> dict[str, Any]:
    return {
        "employee_id": each.employee_id,
        "at": each.at,
        "kind": str(each.kind),
        "thread_id": each.thread_id,
        "sentence": each.sentence,
        "key": each.key,
        "late": each.late,
        "seen_at": each.seen_at,
    }


def _notice(row: Row[Any]) -> Notice:
    return Notice(
        row.id,
        EmployeeId(row.employee_id),
        row.at,
        NoticeKind(row.kind),
        None if row.thread_id is None else ThreadId(row.thread_id),
        row.sentence,
        row.key,
        row.late,
        row.seen_at,
    )
