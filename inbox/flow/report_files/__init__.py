"""Reports as files: CSV and Excel for figures, HTML for reading; PDF is printed from the HTML by ``inbox.ui.paper``.

A file is written whole or not at all, and never over another unless that was asked for.
"""

from datetime import datetime
from pathlib import Path
from typing import Final

from inbox.flow.report_files.comma import copied, copied_html, csv_of
from inbox.flow.report_files.documents import document
from inbox.flow.report_files.pdf import pdf_of
from inbox.flow.report_files.putting import Exists, NotWritten, put
from inbox.flow.report_files.sheets import xlsx_of
from inbox.model.report import ReportTable, Shape
from inbox.model.workspace import FileKind

WITH_SHAPE: Final = frozenset(("response-times", "sla"))
"""Reports whose files have the charts of waits."""

__all__ = [
    "WITH_SHAPE",
    "Exists",
    "NotWritten",
    "content",
    "copied",
    "copied_html",
    "document",
    "kind_of",
    "pdf_of",
    "put",
    "write",
]


def kind_of(path: Path) -> FileKind:
    """What kind of file a name asks for by its ending. Raises ``NotWritten`` for any other."""
    try:
        return FileKind(path.suffix.lstrip(".").casefold())
    except ValueError:
        raise NotWritten(f"“{path.name}” should end in .csv, .xlsx, .html or .pdf.") from None


def content(
    table: ReportTable,
    kind: FileKind,
    *,
    workspace_name: str,
    zone: str,
    now: datetime,
    shape: Shape | None = None,
) -> bytes:
    """The whole file, not yet written. Raises ``NotWritten``."""
    if kind is FileKind.CSV:
        return csv_of(table)
    if kind is FileKind.XLSX:
        return xlsx_of(table, workspace_name=workspace_name, zone=zone, now=now)
    html = document([table], [shape], workspace_name=workspace_name, zone=zone, now=now)
    return html.encode() if kind is FileKind.HTML else pdf_of(html)


def write(
    table: ReportTable,
    path: Path,
    kind: FileKind,
    *,
    workspace_name: str,
    zone: str,
    now: datetime,
    shape: Shape | None = None,
    force: bool = False,
) -> None:
    """Write one answered question to a file. Raises ``NotWritten``, and ``Exists`` unless ``force``."""
    put(path, content(table, kind, workspace_name=workspace_name, zone=zone, now=now, shape=shape), force=force)
