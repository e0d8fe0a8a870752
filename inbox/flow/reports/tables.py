"""Reports as tables: a row for each key, the busiest first."""

from collections.abc import Callable
from datetime import datetime

from inbox.flow.reports import definitions
from inbox.flow.reports.columns import columns
from inbox.flow.reports.more_tables import incident_rows, outcome_rows, workload_rows
from inbox.flow.reports.rows import Row, busiest, by_name, summed
from inbox.flow.reports.scorecards import scorecard_rows
from inbox.flow.reports.spread import cells, collect
from inbox.flow.reports.waits import measured
from inbox.model.report import Question, ReportTable
from inbox.store.engine import Session, Store
from inbox.store.reports import counts, waits
from inbox.store.reports.groups import named


def table(store: Store, question: Question, *, now: datetime) -> ReportTable:
    """The figures asked for, with their definition. Raises ``ValueError`` for a report that there is not."""
    made = _REPORTS.get(question.report)
    if made is None:
        raise ValueError(f"There is no report “{question.report}”.")
    with store.read() as s:
        rows = made(s, question, now)
    title, definition = definitions.title(question), definitions.definition(question)
    return ReportTable(question, title, definition, columns(question.report), tuple(rows))


def _response_times(s: Session, asked: Question, _: datetime) -> list[Row]:
    values = by_name(named(s, asked.by), collect(measured(s, asked)).items())
    rows: list[Row] = [(key, *cells(each)) for key, each in values.items()]
    return sorted(rows, key=busiest)


def _targets(s: Session, asked: Question, _: datetime) -> list[Row]:
    rows: list[Row] = []
    for key, (met, late, running, gone) in summed(named(s, asked.by), waits.targets(s, asked)).items():
        share = met / (met + late) if met + late else None
        rows.append((key, str(asked.metric), met, late, running, gone, share))
    return sorted(rows, key=lambda row: (-sum(each for each in row[2:6] if isinstance(each, int)), str(row[0])))


def _volume(s: Session, asked: Question, _: datetime) -> list[Row]:
    rows: list[Row] = [(key, *each) for key, each in summed(named(s, asked.by), counts.volume(s, asked)).items()]
    return sorted(rows, key=busiest)


_REPORTS: dict[str, Callable[[Session, Question, datetime], list[Row]]] = {
    "response-times": _response_times,
    "sla": _targets,
    "volume": _volume,
    "workload": workload_rows,
    "outcomes": outcome_rows,
    "incidents": incident_rows,
    "scorecard": scorecard_rows,
}
