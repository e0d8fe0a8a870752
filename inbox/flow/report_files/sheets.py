"""A report as an Excel file: real figures on the first sheet, what they mean on the second."""

import unicodedata
from datetime import datetime
from io import BytesIO
from typing import Any, Final

from inbox.flow.report_files.asked import asked, moment
from inbox.flow.report_files.cells import heading, named, plain, quoted, shown
from inbox.flow.report_files.putting import NotWritten
from inbox.model.report import ColumnKind, ReportTable

Xlsx = Any
"""A book, sheet or format of xlsxwriter, which has no types."""
MOST_ROWS: Final = 1_048_575
"""Rows of a sheet below its head (Excel's own limit)."""
_LONGEST: Final = 32_767
"""Letters that a cell can hold (Excel's own limit)."""
_FORMATS: Final = {
    ColumnKind.COUNT: "#,##0",
    ColumnKind.MINUTES: "#,##0.0",
    ColumnKind.SHARE: "0.0%",
    ColumnKind.NUMBER: "#,##0.00",
}
_NARROWEST, _WIDEST = 9, 60
_LOOKED_AT: Final = 2000
"""Rows that the width of a column is taken from."""
_ABOUT_WIDTHS: Final = (24, 90)


def xlsx_of(table: ReportTable, *, workspace_name: str, zone: str, now: datetime) -> bytes:
    """The table as an Excel file. Raises ``NotWritten`` for one that no sheet can hold."""
    from xlsxwriter import Workbook  # type: ignore[import-untyped]  # it has none

    if len(table.rows) > MOST_ROWS:
        raise NotWritten(f"An Excel sheet holds {MOST_ROWS:,} rows and this report has more. Choose CSV.")
    made = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with Workbook(made, options) as book:
        book.set_properties({"title": quoted(table.title), "author": quoted(workspace_name), "created": now})
        _figures(book, named(table))
        _about(book, table, workspace_name, zone, now)
    return made.getvalue()


def _figures(book: Xlsx, table: ReportTable) -> None:
    sheet = book.add_worksheet("Figures")
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    formats = [_format(book, column.kind) for column in table.columns]
    for place, column in enumerate(table.columns):
        sheet.write_string(0, place, quoted(heading(column)), head)
        sheet.set_column(place, place, _width(table, place))
    for number, row in enumerate(table.rows, start=1):
        for place, value in enumerate(row):
            _cell(sheet, (number, place), value, formats[place])
    sheet.freeze_panes(1, 1)
    if table.columns:
        sheet.autofilter(0, 0, max(1, len(table.rows)), len(table.columns) - 1)


def _cell(sheet: Xlsx, where: tuple[int, int], value: str | float | None, style: Xlsx) -> None:
    found = plain(value)
    if isinstance(found, str):
        sheet.write_string(*where, _short(found), style)
    elif found is not None:
        sheet.write_number(*where, found, style)


def _about(book: Xlsx, table: ReportTable, workspace_name: str, zone: str, now: datetime) -> None:
    sheet = book.add_worksheet("About")
    name, words = book.add_format({"bold": True, "valign": "top"}), book.add_format({"text_wrap": True})
    lines = [
        ("Title", table.title),
        ("Workspace", workspace_name),
        *asked(table.question, zone),
        ("Definition", table.definition),
        ("Made", moment(now, zone)),
    ]
    for place, width in enumerate(_ABOUT_WIDTHS):
        sheet.set_column(place, place, width)
    for number, (what, said) in enumerate(lines):
        sheet.write_string(number, 0, what, name)
        sheet.write_string(number, 1, _short(quoted(said)), words)


def _format(book: Xlsx, kind: ColumnKind) -> Xlsx:
    if kind is ColumnKind.TEXT:
        return book.add_format({"num_format": "@", "valign": "top"})
    return book.add_format({"num_format": _FORMATS[kind], "valign": "top"})


def _short(text: str) -> str:
    return text if len(text.encode("utf-16-le")) <= 2 * _LONGEST else text[: _LONGEST // 2 - 1] + "…"


def _width(table: ReportTable, place: int) -> int:
    column = table.columns[place]
    longest = max(map(_wide, heading(column).split()), default=0) + 3  # room for the filter's arrow
    for row in table.rows[:_LOOKED_AT]:
        longest = max(longest, _wide(shown(row[place], column.kind)) + 1)
    return min(_WIDEST, max(_NARROWEST, longest))


def _wide(text: str) -> int:
    """Columns that a text takes: letters of East Asia are wide."""
    return len(text) + sum(unicodedata.east_asian_width(letter) in {"W", "F"} for letter in text[:_WIDEST])
