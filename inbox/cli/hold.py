"""``inbox hold`` and ``inbox release``: stop all outgoing posts, and let them go again."""

from typing import Annotated

import typer

from inbox.cli import output
from inbox.flow import holds as flow
from inbox.model.ids import IncidentId
from inbox.store import accounts, holds
from inbox.store.engine import Store

_ACTOR = "command"


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("hold")(hold)
    app.command("release")(release)


def hold(
    context: typer.Context,
    why: Annotated[str | None, typer.Argument(help="The reason; without one the holds that stand are listed.")] = None,
    *,
    account: Annotated[str | None, typer.Option(help="Only on this account; without it everywhere.")] = None,
    incident: Annotated[int | None, typer.Option(min=1, help="For this incident.")] = None,
) -> None:
    """Hold all outgoing posts; those of an incident's bulk reply and statements pass."""
    store = output.open_workspace(context)
    if why is None:
        _list(context, store)
        return
    with store.read() as s:
        where = None if account is None else accounts.named(s, account).id
    number = None if incident is None else IncidentId(incident)
    done = flow.hold(store, account=where, why=why, incident=number, actor=_ACTOR, now=output.now())
    output.say(context, {"id": done.hold_id, "sentence": done.sentence}, f"{done.sentence} It is hold {done.hold_id}.")


def release(
    context: typer.Context, hold_id: Annotated[int, typer.Argument(metavar="HOLD", min=1, help="Its number.")]
) -> None:
    """End a hold: what waited goes out."""
    done = flow.release(output.open_workspace(context), hold_id, actor=_ACTOR, now=output.now())
    output.say(context, {"id": done.hold_id, "sentence": done.sentence}, done.sentence)


def _list(context: typer.Context, store: Store) -> None:
    with store.read() as s:
        found = holds.standing(s)
    if output.wants_json(context):
        told = [
            {
                "id": each.id,
                "account": each.account,
                "incident": each.incident_id,
                "why": each.why,
                "by": each.by,
                "since": output.iso(each.since),
            }
            for each in found
        ]
        output.say_json({"holds": told})
        return
    if not found:
        typer.echo("Nothing is held.")
        return
    heads = ["id", "where", "since", "by", "why"]
    rows = [
        [str(each.id), each.account or "everywhere", output.iso(each.since) or "", each.by, each.why] for each in found
    ]
    output.table(heads, [[output.shown(cell) for cell in row] for row in rows])
