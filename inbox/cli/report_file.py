"""Reports as files by command: ``inbox report ... --out FILE``, and ``inbox print``, which makes a PDF of a page."""

import sys
from pathlib import Path
from typing import Annotated, Final

import typer

from inbox.cli import output
from inbox.model.report import Question, ReportTable, Shape
from inbox.model.workspace import FileKind
from inbox.store import config
from inbox.store.engine import Store

Out = Annotated[
    Path | None, typer.Option("--out", metavar="FILE", help="Write a file instead: .csv, .xlsx, .html or .pdf.")
]
"""The option of commands that can write what they print."""
Force = Annotated[bool, typer.Option("--force", help="With --out: replace a file that is there.")]
_LARGEST: Final = 200_000_000
"""Bytes of a page that is printed."""


def register(app: typer.Typer) -> None:
    """Add the command that the program asks itself for."""
    app.command("print", hidden=True)(print_page)


def save(
    context: typer.Context, store: Store, table: ReportTable, path: Path, *, shape: Shape | None = None, force: bool
) -> None:
    """Write an answered question to a file and say where it is. Raises ``NotWritten``."""
    from inbox.flow import report_files

    kind = report_files.kind_of(path)
    with store.read() as s:
        settings = config.load(s).settings
    report_files.write(
        table,
        path,
        kind,
        workspace_name=settings.name,
        zone=settings.time_zone,
        now=output.now(),
        shape=shape,
        force=force,
    )
    said(context, path)


def save_asked(context: typer.Context, store: Store, asked: Question, path: Path, *, force: bool) -> None:
    """Answer a question into a file; a page has its charts too. Raises ``StoreError``."""
    from inbox.flow import report_files, reports

    kind = report_files.kind_of(path)
    table, shape = reports.table(store, asked, now=output.now()), None
    if kind in {FileKind.HTML, FileKind.PDF} and asked.report in report_files.WITH_SHAPE:
        with store.read() as s:
            zone = config.load(s).settings.time_zone
        shape = reports.shape(store, asked, zone=zone, now=output.now())
    save(context, store, table, path, shape=shape, force=force)


def save_page(context: typer.Context, html: str, path: Path, *, force: bool) -> None:
    """Write a page as HTML or PDF, by the name's ending. Raises ``NotWritten``."""
    from inbox.flow import report_files

    kind = report_files.kind_of(path)
    report_files.put(path, report_files.pdf_of(html) if kind is FileKind.PDF else html.encode(), force=force)
    said(context, path)


def said(context: typer.Context, path: Path) -> None:
    """Where the file is."""
    output.say(context, {"file": str(path.absolute())}, f"Written to {path}.")


def print_page() -> None:
    """Read a page of HTML from standard input, and write it as PDF to standard output."""
    try:
        from inbox.ui import paper
    except ImportError as error:
        output.fail(f"What prints PDF cannot be loaded: {error}. HTML can be printed from a browser.")
    html = sys.stdin.buffer.read(_LARGEST).decode("utf-8", "replace")
    made = paper.pdf(html)
    sys.stdout.buffer.write(made)
    sys.stdout.buffer.flush()
