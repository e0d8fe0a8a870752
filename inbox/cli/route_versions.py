"""``inbox route models``, ``quality`` and ``replay``: what was learnt so far, and how the routing did."""

from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from inbox.cli import output
from inbox.model import duration
from inbox.model.placement import Corrected, LearnedModel

_BEGINNING = datetime(1, 1, 1, tzinfo=UTC)
_KINDS = (Corrected.AREA, Corrected.SENTIMENT, Corrected.NEEDS_REPLY)


def add(group: typer.Typer) -> None:
    """Add the commands."""
    models_ = typer.Typer(help="List the learned models, or go back to one.", invoke_without_command=True)
    models_.callback()(models)
    models_.command("use")(use)
    group.add_typer(models_, name="models")
    group.command("quality")(quality)
    group.command("replay")(replay)


def models(context: typer.Context) -> None:
    """List every version of what was learnt, the newest first."""
    if context.invoked_subcommand is not None:
        return
    from inbox.store import learned

    with output.open_workspace(context).read() as s:
        found = [each for kind in _KINDS for each in learned.history(s, kind)]
        kept = {number for kind in _KINDS for number in learned.kept(s, kind)}
    if output.wants_json(context):
        output.say_json({"models": [_document(each, kept=each.id in kept) for each in found]})
        return
    if not found:
        typer.echo("Nothing was learnt yet. See: inbox route train")
        return
    cells = [
        (each.id, each.kind.replace("_", " "), each.state, "yes" if each.id in kept else "", output.local(each.made_at),
         f"{each.examples:,}", _percent(each.figures.get("accuracy")), each.sentence)
        for each in found
    ]  # fmt: skip
    output.table(("version", "of", "state", "kept", "made", "examples", "right", "why"), cells)


def use(context: typer.Context, version: Annotated[int, typer.Argument(min=1, max=output.LARGEST)]) -> None:
    """Go back to a version that is still kept."""
    from inbox.flow.heads import go_back
    from inbox.store import audit, examples

    with output.open_workspace(context).write() as s:
        examples.alone(s)
        chosen = go_back(s, version)
        audit.record(s, "command", "use model", None, output.now(), kind=str(chosen.kind), model=chosen.id)
    output.say(context, _document(chosen, kept=True), f"Version {chosen.id} is asked from now on.")


def quality(
    context: typer.Context,
    *,
    since: Annotated[str | None, typer.Option(help="How far back, like 30d; everything unless given.")] = None,
) -> None:
    """Say how right the routing was, by what people corrected."""
    from inbox.flow.quality import document, report

    try:
        span = None if since is None else duration.parse(since)
    except ValueError as error:
        raise typer.BadParameter(f"{error}.") from None
    told = document(report(output.open_workspace(context), span, output.now()))
    if output.wants_json(context):
        output.say_json(told)
        return
    for name, value in told.items():
        if not isinstance(value, list):
            typer.echo(output.shown(f"{name.replace('_', ' ')}: {_plain(value)}"))
    rows = [[_plain(value) for value in each.values()] for each in told.get("by_area", [])]
    if rows:
        output.table([name.replace("_", " ") for name in told["by_area"][0]], rows)


def replay(
    context: typer.Context,
    *,
    since: Annotated[str | None, typer.Option(help="How far back, like 30d; everything unless given.")] = None,
) -> None:
    """Decide stored assignments again from the audit trail, and say which come out otherwise."""
    from inbox.flow.replay_assignments import replay as flow

    now = output.now()
    try:
        start = _BEGINNING if since is None else now - duration.parse(since)
    except (ValueError, OverflowError) as error:
        raise typer.BadParameter(f"{error}.") from None
    done = flow(output.open_workspace(context), start, now)
    document = {
        "decisions": done.decisions,
        "same": done.same,
        "different": [
            {"event": each.event, "thread": each.thread, "at": output.iso(each.at), "was": each.was, "now": each.now,
             "sentence": each.sentence}
            for each in done.different
        ],
    }  # fmt: skip
    if output.wants_json(context):
        output.say_json(document)
        return
    typer.echo(f"{done.decisions:,} assignments decided again: {done.same:,} the same.")
    for each in done.different:
        typer.echo(output.shown(f"  thread {each.thread}: {each.sentence}"))


def _document(model: LearnedModel, *, kept: bool) -> dict[str, Any]:
    return {
        "version": model.id,
        "kind": model.kind,
        "state": model.state,
        "kept": kept,
        "made_at": output.iso(model.made_at),
        "examples": model.examples,
        "bytes": model.size,
        "format": model.format,
        "sentence": model.sentence,
        "figures": model.figures,
    }


def _percent(value: float | None) -> str:
    return "" if value is None else f"{value:.0%}"


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.3f}"
    if isinstance(value, dict):
        return ", ".join(f"{name.replace('_', ' ')} {_plain(each)}" for name, each in value.items())
    return "" if value is None else str(value)
