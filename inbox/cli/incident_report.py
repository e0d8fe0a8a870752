"""``inbox incidents report`` and ``inbox incidents authors``: the closing report, and whom an incident concerns."""

from datetime import datetime
from pathlib import Path
from typing import Annotated, Final

import typer

from inbox.cli import output, report_file
from inbox.flow.hot import affected, closing, closing_page
from inbox.flow.report_files import NotWritten
from inbox.model.ids import IncidentId
from inbox.model.workspace import FileKind

_ACTOR: Final = "command"
_Number = Annotated[int, typer.Argument(metavar="INCIDENT", min=1, max=output.LARGEST, help="The incident's number.")]
_Page = Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Write a page instead: .html or .pdf.")]
_Sheet = Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Write a table instead: .csv or .xlsx.")]


def register(group: typer.Typer) -> None:
    """Add the commands."""
    group.command("report")(report)
    group.command("authors")(authors)


def report(context: typer.Context, incident: _Number, *, out: _Page = None, force: report_file.Force = False) -> None:
    """Print the closing report as JSON, or write it as a page; of an open incident it is a report so far."""
    _check(out, {FileKind.HTML, FileKind.PDF}, "A closing report is a page")
    made = closing.closing(output.open_workspace(context), IncidentId(incident), now=output.now())
    if out is None:
        output.say_json(closing_page.document_of(made))
    else:
        report_file.save_page(context, closing_page.page_of(made), out, force=force)


def authors(context: typer.Context, incident: _Number, *, out: _Sheet = None, force: report_file.Force = False) -> None:
    """Print the authors whom it concerns as JSON, or write them as a table. It is written down who did."""
    _check(out, {FileKind.CSV, FileKind.XLSX}, "The affected authors are a table")
    store, heard = output.open_workspace(context), output.Progress()
    made = affected.table(
        store,
        IncidentId(incident),
        actor=_ACTOR,
        now=output.now(),
        progress=lambda done, of: heard(done / of),
    )
    if out is None:
        keys = [column.key for column in made.columns]
        rows = [{key: _utc(key, cell) for key, cell in zip(keys, row, strict=True)} for row in made.rows]
        output.say_json({"definition": made.definition, "authors": rows})
    else:
        report_file.save(context, store, made, out, force=force)


def _utc(key: str, cell: object) -> object:
    """A file has times as people of the workspace read them, JSON has them in UTC."""
    if key.endswith("_at") and isinstance(cell, str) and cell:
        return output.iso(datetime.fromisoformat(cell))
    return cell


def _check(out: Path | None, kinds: set[FileKind], what: str) -> None:
    """Refuse another ending before anything is read."""
    if out is not None and out.suffix.lstrip(".").casefold() not in kinds:
        known = " or ".join(f".{each}" for each in FileKind if each in kinds)
        raise NotWritten(f"{what}: “{out.name}” should end in {known}.")
