"""Conditions over lists of any length, in statements that stay the same (so that they are prepared once)."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Column,
    ColumnElement,
    Sequence,
    Table,
    Text,
    any_,
    bindparam,
    cast,
    func,
    select,
)

from inbox.store.session import Session
from inbox.store.types import Json


def among(s: Session, column: "Column[Any] | ColumnElement[Any]", values: Collection[Any]) -> ColumnElement[bool]:
    """``column IN (values)`` with the whole list as one parameter."""
    wanted = list(values)
    if s.kind == "sqlite":
        each = func.json_each(bindparam(None, wanted, type_=Json())).table_valued("value")
        return column.in_(select(each.c.value))
    kind = Text() if wanted and isinstance(wanted[0], str) else BigInteger()
    return column == any_(cast(bindparam(None, wanted, type_=ARRAY(kind)), ARRAY(kind)))


def reserve(s: Session, table: Table, count: int, *, never: "Column[Any] | None" = None) -> list[int]:
    """Row numbers for ``count`` rows that this transaction is about to insert, in rising order.

    SQLite has one writer, and numbers a row one above the highest as we do here (a number that stands in the
    column ``never`` is not given again, though its row be gone); PostgreSQL has a sequence.
    """
    if not count:
        return []
    if s.kind == "sqlite":
        top = s.scalar(select(func.coalesce(func.max(table.c.id), 0)))
        if never is not None:
            top = max(top, s.scalar(select(func.coalesce(func.max(never), 0))))
        return list(range(top + 1, top + 1 + count))
    following = Sequence(f"{table.name}_id_seq").next_value()
    numbers = s.execute(select(following).select_from(func.generate_series(1, count)))
    return sorted(int(row[0]) for row in numbers)
