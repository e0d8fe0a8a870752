"""A report as CSV: RFC 4180 with a head line, in UTF-8 that begins with a byte order mark.

The mark is what makes Excel read accents and other scripts right; other programs skip it (Python: ``utf-8-sig``).
"""

import csv
from collections.abc import Iterator
from html import escape
from io import StringIO

from inbox.flow.report_files.cells import clean, named, plain
from inbox.model.report import ReportTable


def csv_of(table: ReportTable) -> bytes:
    """The table as a CSV file. Columns are named by their keys, as JSON names them; figures are not rounded."""
    text = StringIO(newline="")
    lines = csv.writer(text, dialect="excel", quoting=csv.QUOTE_NONNUMERIC)
    lines.writerow([plain(column.key) for column in table.columns])
    for row in table.rows:
        lines.writerow(["" if (found := plain(value)) is None else found for value in row])
    return text.getvalue().encode("utf-8-sig")


def copied(table: ReportTable) -> str:
    """The table as the clipboard takes it: tabs between cells, titles above, nothing that is taken for a formula."""
    return "\n".join(_lines(table))


def copied_html(table: ReportTable) -> str:
    """The same for programs that take HTML from the clipboard, with each text escaped."""
    table = named(table)
    head = "".join(f"<th>{escape(_flat(column.title))}</th>" for column in table.columns)
    rows = ("".join(f"<td>{escape(cell)}</td>" for cell in line.split("\t")) for line in list(_lines(table))[1:])
    return f"<table><tr>{head}</tr>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"


def _lines(table: ReportTable) -> Iterator[str]:
    table = named(table)
    yield "\t".join(_flat(column.title) for column in table.columns)
    for row in table.rows:
        yield "\t".join("" if (found := plain(value)) is None else _flat(str(found)) for value in row)


def _flat(text: str) -> str:
    return " ".join(clean(text).split())
