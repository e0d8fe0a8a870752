"""``inbox services``: the addresses of services that calls for help reach. They are kept in the keyring alone."""

import sys
from getpass import getpass
from typing import Annotated

import typer

from inbox.cli import output
from inbox.flow.escalate import addresses, ladders
from inbox.flow.escalate.ladders import is_service
from inbox.flow.escalate.trying import try_service
from inbox.networks import outward
from inbox.store import config

_Name = Annotated[str, typer.Argument(metavar="SERVICE", help="As a ladder names it: apprise:slack, webhook:pager.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(help="Services that calls for help reach.", no_args_is_help=True)
    for command in (add, remove, test):
        group.command()(command)
    group.command("list")(listed)
    app.add_typer(group, name="services")


def add(
    context: typer.Context,
    name: _Name,
    *,
    secret_stdin: Annotated[bool, typer.Option("--secret-stdin", help="Read the address from standard input.")] = False,
) -> None:
    """Keep the address of a service: an apprise address, or a webhook's address, a space, and its key (and another
    space and address where it is asked for answers).
    """
    store = output.open_workspace(context)
    _known_kind(name)
    asked = f"Address of {name} (not shown): "
    secret = sys.stdin.readline() if secret_stdin or not sys.stdin.isatty() else getpass(asked)
    if not secret.strip():
        output.fail("No address was given.", 2)
    outward.check(name, secret.strip())
    said = addresses.keep(store, name, secret, actor="command", now=output.now())
    output.say(context, {"service": name}, f"{said} Try it: inbox services test {name}")


def remove(context: typer.Context, name: _Name) -> None:
    """Forget the address of a service."""
    _known_kind(name)
    store = output.open_workspace(context)
    said = addresses.drop(store, name, actor="command", now=output.now())
    output.say(context, {"service": name}, said)


def test(context: typer.Context, name: _Name) -> None:
    """Send a test message to a service."""
    _known_kind(name)
    store = output.open_workspace(context)
    said = try_service(store, name, send=True, now=output.now())
    output.say(context, {"service": name, "sent": True}, said)


def listed(context: typer.Context) -> None:
    """List the services that ladders name, and whether their addresses are kept."""
    store = output.open_workspace(context)
    with store.read() as s:
        found = ladders.ladders(config.load(s))
    names = sorted({each for ladder in found for step in ladder.steps for each in step.to if is_service(each)})
    rows = [{"service": name, "address": kept} for name, kept in addresses.kept(store, names).items()]
    if output.wants_json(context):
        output.say_json({"services": rows})
        return
    if not rows:
        typer.echo("No ladder names a service.")
        return
    output.table(
        ["service", "address"], [[str(row["service"]), "kept" if row["address"] else "missing"] for row in rows]
    )


def _known_kind(name: str) -> None:
    if not is_service(name):
        raise typer.BadParameter("A service is named like apprise:slack or webhook:pager.")
