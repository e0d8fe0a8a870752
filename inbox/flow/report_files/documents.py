"""Reports as a page of HTML that holds everything in itself: no script, nothing that is loaded from elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from inbox.flow.report_files.asked import asked, moment
from inbox.flow.report_files.cells import clean, heading, named, shown
from inbox.flow.report_files.drawing import Picture, bars_of, days_of, steps_of, week_of
from inbox.model.report import ColumnKind, ReportTable, Shape
from inbox.resources import resources

if TYPE_CHECKING:
    from jinja2 import Environment

_MOST_ROWS = 2000
"""Rows of a table that a page shows; a spreadsheet file has them all."""


@dataclass(frozen=True, slots=True)
class _Section:
    title: str
    asked: list[tuple[str, str]]
    definition: str
    headings: list[tuple[str, bool]]
    rows: list[list[tuple[str, bool]]]
    left_out: int
    pictures: list[Picture]


def document(
    tables: Sequence[ReportTable],
    shapes: Sequence[Shape | None] = (),
    *,
    workspace_name: str,
    zone: str,
    now: datetime,
    title: str = "",
    note: str = "",
) -> str:
    """Answered questions as one page, each with its charts where ``shapes`` has one for it, in the same order.

    ``note`` is a line under the title, like that it was made late.
    """
    beside = [*shapes, *[None] * len(tables)]
    sections = [_section(named(table), shape, zone) for table, shape in zip(tables, beside, strict=False)]
    headed = title or " and ".join(table.title for table in tables[:2]) or "Report"
    return page("report.html", sections=sections, title=headed, note=note, workspace=workspace_name, zone=zone, now=now)


def page(template: str, *, zone: str, now: datetime, **values: Any) -> str:  # noqa: ANN401 - what the template wants
    """A template of ours filled in; every text is escaped, whatever it holds."""
    return clean(_templates().get_template(template).render(made=moment(now, zone), **values))


@cache
def _templates() -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(resources() / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


def _section(table: ReportTable, shape: Shape | None, zone: str) -> _Section:
    kinds = [column.kind for column in table.columns]
    figures = [kind is not ColumnKind.TEXT for kind in kinds]
    rows = [
        [(shown(value, kind), figure) for value, kind, figure in zip(row, kinds, figures, strict=True)]
        for row in table.rows[:_MOST_ROWS]
    ]
    found = [bars_of(table)]
    if shape is not None:
        found += [days_of(shape.days), steps_of(shape.steps), week_of(shape.week)]
    return _Section(
        table.title,
        asked(table.question, zone),
        table.definition,
        [(_title(table, place), figure) for place, figure in enumerate(figures)],
        rows,
        len(table.rows) - len(rows),
        [each for each in found if each is not None],
    )


def _title(table: ReportTable, place: int) -> str:
    """Minutes are shown as spans with their unit, so the heading needs none."""
    column = table.columns[place]
    return column.title if column.kind is ColumnKind.MINUTES else heading(column)
