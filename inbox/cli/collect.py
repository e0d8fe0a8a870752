"""``inbox collect`` and ``inbox pull``."""

import logging
import os
import signal
import sys
import threading
from types import FrameType
from typing import Annotated, Any

import typer

from inbox.cli import output
from inbox.model import duration


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("collect")(collect)
    app.command("pull")(pull)


def collect(
    context: typer.Context,
    *,
    span: Annotated[str, typer.Option("--for", help="Stop after this long, for example 60s.")] = "",
    install: Annotated[bool, typer.Option("--install", help="Write a user service that collects from now on.")] = False,
    parent: Annotated[bool, typer.Option("--parent", hidden=True, help="Stop when standard input ends.")] = False,
) -> None:
    """Collect: pull mentions, route them, watch their clocks, send replies; until stopped."""
    if install:
        _install(context)
        return
    try:
        limit = duration.parse(span) if span else None
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
    from inbox.flow import connect
    from inbox.flow.collect import Collector
    from inbox.flow.connection import KnownNetworks
    from inbox.flow.reparsing import parsers

    store = output.open_workspace(context)
    logging.basicConfig(
        stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s", datefmt="%H:%M:%S"
    )
    logging.getLogger("httpx").setLevel(logging.WARNING)
    collector = Collector(store, KnownNetworks(connect.workspace_id_of(store)), parsers=parsers())

    def stop(_signal: int, _frame: FrameType | None) -> None:
        collector.stop()

    before = {each: signal.signal(each, stop) for each in (signal.SIGTERM, signal.SIGINT)}
    if parent:
        threading.Thread(target=_with_parent, args=(collector.stop,), name="parent", daemon=True).start()
    try:
        collector.run(span=limit)
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
    if limit is not None:
        output.say(context, {"seconds": limit.total_seconds()}, "Stopped.")


def pull(context: typer.Context) -> None:
    """Pull each source once, now."""
    from inbox.flow.pull_once import pull_all

    store = output.open_workspace(context)
    found = pull_all(store, now=output.now)
    documents = [
        {
            "account": each.account.handle,
            "source": each.source.kind.value,
            "query": each.source.query,
            "read": each.pulled.read,
            "stored": each.pulled.stored,
            "updated": each.pulled.updated,
            "quarantined": each.pulled.quarantined,
            "gap": None if each.pulled.gap is None else _gap(each.pulled.gap),
            "lag_seconds": each.pulled.lag_seconds,
            "error": each.error or None,
        }
        for each in found
    ]
    if output.wants_json(context):
        output.say_json({"sources": documents})
    elif not documents:
        typer.echo("No account is connected. See: inbox accounts add")
    else:
        names = ("account", "source", "read", "stored", "updated", "quarantined", "error")
        output.table(names, [[each[name] for name in names] for each in documents])
    errors = [each.error for each in found if each.error]
    if errors and len(errors) == len(found):
        output.fail(errors[0])


def _gap(found: Any) -> dict[str, Any]:  # noqa: ANN401 - from, to, why
    return {"from": output.iso(found[0]), "to": output.iso(found[1]), "why": found[2]}


def _with_parent(stop: Any) -> None:  # noqa: ANN401 - a callable
    """The pipe closes when the parent ends, however it ends."""
    # Not sys.stdin: Python cannot end while a thread holds the lock of its buffer.
    while os.read(0, 1024):
        pass
    stop()


def _install(context: typer.Context) -> None:
    from inbox.flow.user_unit import install

    address = output.workspace_address(context)
    path = install(address)
    sentence = f"Wrote {path}. Start it with: systemctl --user enable --now social-inbox"
    output.say(context, {"path": str(path)}, sentence)
