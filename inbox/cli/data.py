"""``inbox import``, ``search`` and ``quarantine``: what comes in by hand, is looked for, or could not be read."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from inbox.cli import output
from inbox.cli.documents import row_document

_TEXT_WIDTH = 70


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("import")(import_)
    app.command("search")(search)
    group = typer.Typer(help="Payloads and lines that could not be read.", no_args_is_help=True)
    group.command("list")(quarantine_list)
    group.command("retry")(quarantine_retry)
    app.add_typer(group, name="quarantine")


def import_(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="JSONL, JSONL.gz or CSV.")],
    *,
    replay: Annotated[bool, typer.Option("--replay", help="As if live: in time order, with clocks.")] = False,
    account: Annotated[str | None, typer.Option(help="The account of lines that name none.")] = None,
) -> None:
    """Import mentions from files."""
    from inbox.flow.import_ import import_files

    store = output.open_workspace(context)
    done = import_files(store, files, replay=replay, account=account, progress=output.Progress(), now=output.now())
    sentence = (
        f"{done.read:,} lines read: {done.stored:,} stored, {done.updated:,} updated, {done.duplicates:,} known, "
        f"{done.quarantined:,} in quarantine; {done.threads:,} threads; {done.seconds:.1f} s."
    )
    if done.quarantined:
        sentence += " See: inbox quarantine list"
    output.say(context, asdict(done), sentence)


def search(
    context: typer.Context,
    query: Annotated[
        list[str],
        typer.Argument(metavar="QUERY", help='words, "phrases", prefix*, from: area: account: is: before: after:'),
    ],
    *,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="How many.")] = 50,
    after: Annotated[str | None, typer.Option(help="Where the page before ended (its “next”).")] = None,
) -> None:
    """Search all mentions, newest first."""
    from inbox.flow.search import find

    found = find(output.open_workspace(context), " ".join(query), limit=limit, cursor=after)
    if output.wants_json(context):
        rows = [
            {
                **row_document(each.row),
                "match": {"mention": each.mention_id, "text": each.text, "created_at": output.iso(each.created_at)},
            }
            for each in found.matches
        ]
        output.say_json({"threads": rows, "next": found.next})
        return
    cells = [
        (each.row.id, output.local(each.created_at), each.row.status, each.row.account, each.row.author_name, each.text)
        for each in found.matches
    ]
    output.table(("thread", "posted", "status", "account", "author", "text"), cells)


def quarantine_list(
    context: typer.Context,
    *,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="How many.")] = 100,
) -> None:
    """List what could not be read, and why."""
    from inbox.store import quarantine

    store = output.open_workspace(context)
    with store.read() as s:
        kept, count = quarantine.waiting(s, limit=limit), quarantine.count(s)
    if output.wants_json(context):
        output.say_json({"quarantine": [asdict(each) for each in kept], "count": count})
        return
    cells = [
        (each.id, output.local(each.seen_at), each.account or each.network, each.place, each.error,
         each.payload[:_TEXT_WIDTH])
        for each in kept
    ]  # fmt: skip
    output.table(("id", "seen", "account", "place", "reason", "payload"), cells)


def quarantine_retry(context: typer.Context) -> None:
    """Try again to read what could not be read."""
    from inbox.flow.quarantine import retry
    from inbox.flow.reparsing import parsers

    store = output.open_workspace(context)
    done = retry(store, parsers=parsers(), now=output.now())
    sentence = f"{done.tried:,} tried: {done.stored:,} stored, {done.bad:,} cannot be read still."
    output.say(context, {"tried": done.tried, "stored": done.stored, "quarantined": done.bad}, sentence)
