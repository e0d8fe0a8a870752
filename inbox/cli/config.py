"""``inbox init`` and ``inbox config``: making a workspace, and its workspace file."""

from pathlib import Path
from typing import Annotated

import typer

from inbox.cli import output
from inbox.flow import config_file, workspace

_File = Annotated[Path, typer.Argument(metavar="FILE.toml", help="The workspace file.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("init")(init)
    group = typer.Typer(help="Read and write the workspace file.", no_args_is_help=True)
    group.command("export")(export)
    group.command("import")(import_)
    group.command("check")(check)
    app.add_typer(group, name="config")


def init(
    context: typer.Context,
    file: Annotated[Path | None, typer.Argument(metavar="[FILE.toml]", help="The workspace file.")] = None,
) -> None:
    """Make a workspace."""
    address = output.workspace_address(context)
    done = workspace.init(address, file, actor="command", now=output.now())
    document = {"workspace": address, "areas": done.areas, "employees": done.employees}
    output.say(context, document, done.sentence)


def export(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE.toml", help="Where to write; “-” prints it.")] = "-",
) -> None:
    """Write the workspace file."""
    text = workspace.export(output.open_workspace(context))
    if file == "-":
        if output.wants_json(context):
            output.say_json({"file": None, "text": text})
        else:
            typer.echo(text, nl=False)
        return
    _put(Path(file), text)
    output.say(context, {"file": file}, f"The workspace file is written to {file}.")


def import_(context: typer.Context, file: _File) -> None:
    """Bring the workspace in line with the file."""
    store = output.open_workspace(context)
    done = workspace.import_(store, file, actor="command", now=output.now())
    document = {"areas": done.areas, "employees": done.employees, "returned_to_queue": done.returned}
    output.say(context, document, done.sentence)


def check(context: typer.Context, file: _File) -> None:
    """Name every error of the file, and what may surprise; change nothing."""
    found, notes = config_file.check(file), config_file.notes(file)
    if output.wants_json(context):
        output.say_json({"errors": [_listed(each) for each in found], "notes": [_listed(each) for each in notes]})
    else:
        for each in found:
            typer.echo(output.shown(str(each)))
        for each in notes:
            typer.echo(output.shown(f"{each.file}:{each.line}: note: {each.key}: {each.reason}"))
    if found:
        output.fail(f"{len(found)} error{'s' if len(found) > 1 else ''} in {file.name}; nothing was changed.")
    if not output.wants_json(context):
        typer.echo(f"{file.name} has no errors.")


def _listed(problem: config_file.Problem) -> dict[str, str | int]:
    return {"file": problem.file, "line": problem.line, "key": problem.key, "reason": problem.reason}


def _put(path: Path, text: str) -> None:
    """Whole or not at all: an earlier file of this name stays where the disk is full. Raises ``NotWritten``."""
    from inbox.flow import report_files

    if path.exists() and not path.is_file():  # a pipe, a terminal
        path.write_text(text, encoding="utf-8")
    else:
        report_files.put(path.resolve(), text.encode(), force=True)
