"""What stands in the cells of files: text that no program can take for a formula, and figures for people."""

import math
import re
from dataclasses import replace
from typing import Final

from inbox.model.report import ColumnKind, ReportColumn, ReportTable

Value = str | int | float | None

_FORMULA: Final = "=+\\-@\uff1d\uff0b\uff0d\uff20\u2212"
"""First letters that make a spreadsheet calculate, in their full-width forms too (PRODUCT.md section 9)."""
_STARTS: Final = re.compile(rf"^(?=[\s\ufeff\u200b]*[{_FORMULA}]|[\t\n])")
_AFTER_BREAK: Final = re.compile(rf"(?<=[;\t\n])(?=[ \u00a0]*[{_FORMULA}])")
"""Where a program that splits at semicolons or tabs would begin a new cell."""
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]")
_NO_LETTER: Final = re.compile("[\ud800-\udfff\ufffe\uffff]")
_HOUR, _DAY = 60, 24 * 60


def clean(text: str) -> str:
    """Text that every format can hold: no control characters but tab and line break, no half letters."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _NO_LETTER.sub("\ufffd", _CONTROL.sub(" ", text))


def quoted(text: str) -> str:
    """Clean text that begins with an apostrophe where a spreadsheet would take it for a formula."""
    return _AFTER_BREAK.sub("'", _STARTS.sub("'", clean(text), count=1))


def plain(value: Value) -> Value:
    """A value for a cell of a file: text quoted, a figure as it is; one that is no number is nothing."""
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def heading(column: ReportColumn) -> str:
    """The title of a column, with the unit of what it holds."""
    if column.kind is ColumnKind.MINUTES and "min" not in column.title.casefold():
        return f"{column.title} (minutes)"
    return column.title


def named(table: ReportTable) -> ReportTable:
    """The table with its first column called by what its rows stand for, where it is only called a key."""
    first, *others = table.columns or (None,)
    if first is None or first.title.casefold() != "key":
        return table
    return replace(table, columns=(replace(first, title=str(table.question.by).capitalize()), *others))


def shown(value: Value, kind: ColumnKind) -> str:
    """A value as people read it; a dash where nothing is known."""
    if isinstance(value, str):
        return clean(value)
    if value is None or not math.isfinite(value):
        return "-"
    if kind is ColumnKind.MINUTES:
        return span(float(value))
    if kind is ColumnKind.SHARE:
        return f"{value:.1%}".replace(".0%", "%")
    if isinstance(value, int) or kind is ColumnKind.COUNT:
        return f"{value:,.0f}"
    return f"{value:,.0f}" if value == round(value) else f"{value:,.2f}"


def span(minutes: float) -> str:
    """Minutes under an hour, then hours and minutes, past two days days and hours."""
    if minutes < 1:
        return f"{round(minutes * 60)} s"
    whole = round(minutes)
    if whole < _HOUR:
        return f"{whole} min"
    if whole < 2 * _DAY:
        hours, left = divmod(whole, _HOUR)
        return f"{hours} h {left:02d}" if left else f"{hours} h"
    days, left = divmod(whole // _HOUR, 24)
    return f"{days} d {left} h" if left else f"{days} d"
