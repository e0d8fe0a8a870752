"""Reports as tables: a row for each key, the busiest first."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from inbox.flow.reports import definitions
from inbox.flow.reports.spread import cells, collect
from inbox.flow.reports.waits import measured
from inbox.model.report import Question, ReportTable
from inbox.store.engine import Session, Store
from inbox.store.reports import counts, waits
from inbox.store.reports.groups import named

Cell = str | int | float | None
Row = tuple[Cell, ...]


def table(store: Store, question: Question, *, now: datetime) -> ReportTable:
    """The figures asked for, with their definition. Raises ``ValueError`` for a report that there is not."""
    made = _REPORTS.get(question.report)
    if made is None:
        raise ValueError(f"There is no report “{question.report}”.")
    with store.read() as s:
        rows = made(s, question, now)
    columns, title = definitions.columns(question.report), definitions.title(question)
    return ReportTable(question, title, definitions.definition(question), columns, tuple(rows))


def by_name(name: Callable[[Any], str], found: Iterable[tuple[Any, list[int]]]) -> dict[str, list[int]]:
    """Values by key, where several groups may share one."""
    values: dict[str, list[int]] = {}
    for group, each in found:
        key = name(group)
        if key in values:
            values[key].extend(each)
        else:
            values[key] = each
    return values


def _response_times(s: Session, asked: Question, _: datetime) -> list[Row]:
    values = by_name(named(s, asked.by), collect(measured(s, asked)).items())
    rows: list[Row] = [(key, *cells(each)) for key, each in values.items()]
    return sorted(rows, key=_busiest)


def _targets(s: Session, asked: Question, _: datetime) -> list[Row]:
    rows: list[Row] = []
    for key, (met, late, running, gone) in _summed(s, asked, waits.targets(s, asked)).items():
        share = met / (met + late) if met + late else None
        rows.append((key, str(asked.metric), met, late, running, gone, share))
    return sorted(rows, key=lambda row: (-sum(each for each in row[2:6] if isinstance(each, int)), str(row[0])))


def _volume(s: Session, asked: Question, _: datetime) -> list[Row]:
    rows: list[Row] = [(key, *each) for key, each in _summed(s, asked, counts.volume(s, asked)).items()]
    return sorted(rows, key=_busiest)


def _summed(s: Session, asked: Question, found: Iterable[tuple[Any, ...]]) -> dict[str, list[int]]:
    name = named(s, asked.by)
    sums: dict[str, list[int]] = {}
    for group, *values in found:
        before = sums.get(name(group))
        sums[name(group)] = values if before is None else [a + b for a, b in zip(before, values, strict=True)]
    return sums


def _busiest(row: Row) -> tuple[int, str]:
    return (-(row[1] if isinstance(row[1], int) else 0), str(row[0]))


_REPORTS: dict[str, Callable[[Session, Question, datetime], list[Row]]] = {
    "response-times": _response_times,
    "sla": _targets,
    "volume": _volume,
}
