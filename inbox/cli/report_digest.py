"""``inbox report digest``: what customers said in a week, by area."""

from datetime import datetime
from pathlib import Path

import typer

from inbox.cli import output, report_file
from inbox.flow.digest import Digest, digest, document_of, page_of, table_of
from inbox.flow.report_files import kind_of
from inbox.model.report import By, Period
from inbox.model.workspace import FileKind
from inbox.store import config


def show_digest(
    context: typer.Context,
    period: Period,
    *,
    area: str | None = None,
    only: tuple[tuple[By, str], ...] = (),
    out: Path | None = None,
    force: bool = False,
) -> None:
    """Print the digest of a period, or write it to a file; without a beginning it is the week up to its end."""
    store = output.open_workspace(context)
    now = output.now()
    made = digest(store, area, period, now=now, only=only)
    if out is None:
        _print(context, made)
        return
    if kind_of(out) in {FileKind.CSV, FileKind.XLSX}:
        report_file.save(context, store, table_of([made]), out, force=force)
        return
    with store.read() as s:
        settings = config.load(s).settings
    html = page_of([made], workspace_name=settings.name, zone=settings.time_zone, now=now)
    report_file.save_page(context, html, out, force=force)


def _print(context: typer.Context, made: Digest) -> None:
    if output.wants_json(context):
        output.say_json(document_of(made))
        return
    for line in _lines(made):
        typer.echo(output.shown(line))


def _lines(made: Digest) -> list[str]:
    lines = [
        f"{made.area or 'All areas'}, {_day(made.period.start)} to {_day(made.period.end)}: {made.mentions} mentions "
        f"of {made.authors} authors; {made.mentions_before} of {made.authors_before} in the time before.",
        "",
        "More people than before said:" if made.weeks_before else "Said most (no earlier weeks to compare with):",
    ]
    for topic in made.topics:
        before = "" if topic.before is None else f", {topic.before:g} a week before"
        lines.append(f"  {topic.words}: {topic.authors} authors{before}")
        lines += [f"      {post.handle}: {post.text}" for post in topic.posts[:2]]
    if not made.topics:
        lines.append("  nothing that stands out.")
    moods = ", ".join(f"{mood.name} {mood.n}" for mood in made.moods)
    lines += ["", f"It sounded: {moods}."]
    lines += [f"Asked by {each.authors}: {each.words}" for each in made.questions]
    return [*lines, "", made.definition]


def _day(at: datetime | None) -> str:
    return "" if at is None else f"{at:%Y-%m-%d %H:%M} UTC"
