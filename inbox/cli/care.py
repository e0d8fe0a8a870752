"""``inbox doctor`` and ``inbox verify``: what is needed to work, and whether the data are sound."""

import typer

from inbox.cli import output
from inbox.flow import doctor as flow
from inbox.store import integrity

_DAMAGED = 3


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(doctor)
    app.command()(verify)


def doctor(context: typer.Context) -> None:
    """Look at everything that is needed to work, and say what to do."""
    told = []
    for check in flow.examine(output.workspace_address(context), output.now()):
        told.append(check)
        if not output.wants_json(context):
            line = f"{'ok' if check.ok else 'trouble':<8} {check.name:<11} {check.detail} {check.advice}"
            typer.echo(output.shown(line).rstrip())
    if output.wants_json(context):
        listed = [
            {"name": each.name, "ok": each.ok, "detail": each.detail, "advice": each.advice or None} for each in told
        ]
        output.say_json({"ok": all(each.ok for each in told), "checks": listed})


def verify(context: typer.Context) -> None:
    """Prove that the workspace is sound; exits 3 when it is damaged."""
    store = output.open_workspace(context)
    told = []
    with store.read() as s:
        for found in integrity.verify(s):
            told.append(found)
            if not output.wants_json(context):
                typer.echo(output.shown(f"{'ok' if found.ok else 'damaged':<8} {found.name:<11} {found.detail}"))
    sound = all(each.ok for each in told)
    if output.wants_json(context):
        listed = [{"name": each.name, "ok": each.ok, "detail": each.detail} for each in told]
        output.say_json({"ok": sound, "checks": listed})
    if not sound:
        output.fail("The workspace is damaged.", _DAMAGED)
