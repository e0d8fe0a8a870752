"""By what figures are grouped, what they are narrowed to, and whose posts they leave out.

People only (PRODUCT.md section 8): posts of our own employees are left out, and so are spam and noise, unless they
were answered.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    Text,
    and_,
    exists,
    false,
    func,
    not_,
    or_,
    select,
    type_coerce,
)

from inbox.model.report import By, Period
from inbox.model.words import CloseReason, Direction, Priority
from inbox.model.workspace import UNSORTED
from inbox.store.schema import account, area, author, employee, mention, spell, thread
from inbox.store.session import Session

NOBODY: Final = "nobody"
_CHUNK: Final = 500
"""Rows held at once: so few that Python's garbage collector does not set in, which costs a tenth of a report."""

_BRAND = func.coalesce(func.nullif(account.c.brand, ""), account.c.handle)
_said, _had = mention.alias(), spell.alias()
Only = Sequence[tuple[By, str]]
Columns = Mapping[By, ColumnElement[Any]]


def keys(s: Session, by: By) -> dict[Any, str]:
    """The words for what rows are grouped by, for the values that the queries here give."""
    if by is By.ACCOUNT:
        return {row.id: row.handle for row in s.execute(select(account.c.id, account.c.handle))}
    if by in {By.BRAND, By.NETWORK}:
        name = _BRAND if by is By.BRAND else account.c.network
        return {word: word for word in s.execute(select(name).distinct()).scalars()}
    if by is By.AREA:
        return {None: UNSORTED, **{row.id: row.name for row in s.execute(select(area.c.id, area.c.name))}}
    if by is By.EMPLOYEE:
        return {None: NOBODY, **{row.name: row.name for row in s.execute(select(employee.c.name))}}
    return {str(each): str(each) for each in Priority}


def named(s: Session, by: By) -> Callable[[Any], str]:
    """The word for each value that a query groups by; a person who is no employee goes by their own name."""
    return partial(_name, keys(s, by))


def narrowed(s: Session, columns: Columns, only: Only) -> list[ColumnElement[bool]]:
    """The conditions that keep what belongs to some keys; several of one kind widen, different kinds narrow."""
    wanted: dict[By, set[str]] = {}
    for by, key in only:
        wanted.setdefault(by, set()).add(key)
    return [_among(columns[by], _values(s, by, words)) for by, words in wanted.items()]


def within(column: ColumnElement[Any], period: Period) -> list[ColumnElement[bool]]:
    """The conditions that a time lies in a period."""
    found = []
    if period.start is not None:
        found.append(column >= period.start)
    if period.end is not None:
        found.append(column < period.end)
    return found


def thread_columns(whose: ColumnElement[Any] | None = None) -> Columns:
    """What threads are grouped by, as they stand now; ``whose`` is the employee's number, else who has it or had it
    last.
    """
    had_it = func.coalesce(thread.c.assignee_id, thread.c.last_assignee_id) if whose is None else whose
    return {
        By.ACCOUNT: thread.c.account_id,
        By.BRAND: brand_of(thread.c.account_id),
        By.NETWORK: thread.c.network,
        By.AREA: thread.c.area_id,
        By.EMPLOYEE: name_of(had_it),
        By.PRIORITY: thread.c.priority,
    }


def brand_of(number: ColumnElement[Any]) -> ColumnElement[Any]:
    """The brand of the account of that number; without one it stands for itself."""
    return select(_BRAND).where(account.c.id == number).correlate_except(account).scalar_subquery()


def name_of(number: ColumnElement[Any]) -> ColumnElement[Any]:
    """The name of the employee of that number."""
    # Said what it reads: SQLAlchemy finds what a query within a query belongs to only one level up.
    return select(employee.c.name).where(employee.c.id == number).correlate_except(employee).scalar_subquery()


def answered_by(thread_id: ColumnElement[Any], at: ColumnElement[Any]) -> ColumnElement[Any]:
    """The name of who answered a thread at that time: as the answer says, else who had the thread then, else who has
    it or had it last.
    """
    own = (_said.c.thread_id == thread_id, _said.c.created_at == at, _said.c.direction == str(Direction.OUTBOUND))
    said = select(_said.c.by_employee).where(*own, _said.c.by_employee.is_not(None)).order_by(_said.c.id).limit(1)
    return func.coalesce(said.correlate_except(_said).scalar_subquery(), name_of(had_at(thread_id, at)))


def had_at(thread_id: ColumnElement[Any], at: ColumnElement[Any]) -> ColumnElement[Any]:
    """The number of the employee who had a thread at that time or last before it, else who has it or had it last."""
    mine = (_had.c.thread_id == thread_id, _had.c.employee_id.is_not(None), _had.c.since <= at)
    then = select(_had.c.employee_id).where(*mine).order_by(_had.c.since.desc(), _had.c.id.desc()).limit(1)
    return func.coalesce(then.correlate_except(_had).scalar_subquery(), thread.c.assignee_id, thread.c.last_assignee_id)


def micros(column: ColumnElement[Any]) -> ColumnElement[int]:
    """A time as the microseconds that it is kept as."""
    return type_coerce(column, BigInteger)


def rows(s: Session, query: Select[Any]) -> Iterator[list[Any]]:
    """The rows of a big query as the driver gives them, in chunks: no column may need a conversion."""
    cursor = s.execute(query).cursor
    while found := cursor.fetchmany(_CHUNK):
        yield list(found)


def no_noise() -> ColumnElement[bool]:
    """Nothing that was hidden as noise or closed as spam."""
    spam = and_(thread.c.close_reason.is_not(None), thread.c.close_reason == str(CloseReason.SPAM))
    return and_(thread.c.hidden == false(), not_(func.coalesce(spam, false())))


def answered() -> ColumnElement[bool]:
    """A thread that a person of ours answered."""
    own = (_said.c.thread_id == thread.c.id, _said.c.direction == str(Direction.OUTBOUND))
    return and_(thread.c.last_outbound_at.is_not(None), exists().where(*own, _said.c.automatic == false()))


def people_only() -> list[ColumnElement[bool]]:
    """Threads of customers: no noise unless it was answered, nobody of ours."""
    return [or_(no_noise(), answered()), no_colleague()]


def no_colleague() -> ColumnElement[bool]:
    """No thread of an employee's own account."""
    colleagues: Select[Any] = select(author.c.id).where(type_coerce(author.c.tags, Text).like('%"employee"%'))
    return thread.c.author_id.not_in(colleagues)


def _name(names: Mapping[Any, str], group: Any) -> str:  # noqa: ANN401 - a number or a word
    return names.get(group, "none" if group is None else str(group))


def _values(s: Session, by: By, words: set[str]) -> list[Any]:
    known = [group for group, name in keys(s, by).items() if name in words]
    strangers = words if by in {By.EMPLOYEE, By.PRIORITY} else set[str]()
    return [*known, *(word for word in strangers if word not in known and word != NOBODY)]


def _among(column: ColumnElement[Any], values: Sequence[Any]) -> ColumnElement[bool]:
    some = column.in_([each for each in values if each is not None])
    return or_(some, column.is_(None)) if None in values else some
