"""``inbox backtest``: what a change of the workspace would have done to the stored history."""

import json
import signal
import sys
import time
from dataclasses import asdict
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from inbox.cli import output
from inbox.flow.backtest import AreaLoad, Backtest
from inbox.model import duration

_EVERY: Final = 0.1
"""Seconds between two lines of progress."""
_SHOWN: Final = 10
_TEXT_WIDTH: Final = 60


class Told(StrEnum):
    """How progress is told on the standard error stream."""

    BAR = "bar"
    JSON = "json"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("backtest")(backtest)


def backtest(
    context: typer.Context,
    file: Annotated[
        Path | None,
        typer.Argument(metavar="RULES.toml", help="What to try: [[rules]], or other sections of a workspace file."),
    ] = None,
    *,
    since: Annotated[str, typer.Option(help="How far back, like 30d.")] = "30d",
    confidence: Annotated[
        float | None, typer.Option(min=0.0, max=1.0, help="Another threshold for the learned area.")
    ] = None,
    progress: Annotated[Told, typer.Option(help="json: a line for each step, for other programs.")] = Told.BAR,
) -> None:
    """Try rules, a threshold or staffing on the history; what the file holds replaces that part of the workspace."""
    from dataclasses import replace

    from inbox.flow import backtest as flow
    from inbox.flow.config_file import BadFile
    from inbox.store import config

    span = _span(since)
    if file is None and confidence is None:
        raise typer.BadParameter("Name a file with what to try, or a --confidence.")
    store = output.open_workspace(context)
    with store.read() as s:
        present = config.load(s)
    if file is None:
        changed = replace(present, settings=replace(present.settings, confidence=confidence or 0.0))
    else:
        try:
            changed = flow.changed(present, file, confidence=confidence)
        except BadFile as error:
            for each in error.problems:
                typer.echo(output.shown(str(each)), err=True)
            output.fail(f"{file.name} cannot be tried; nothing was changed.")
    signal.signal(signal.SIGTERM, _stop)
    done = flow.run(store, changed, since=span, now=output.now(), progress=_Progress(progress))
    if output.wants_json(context):
        output.say_json(document(done))
    else:
        _show(done)


def document(done: Backtest) -> dict[str, Any]:
    """The result as other programs rely on it; times RFC 3339 UTC, durations seconds."""
    found = asdict(done)
    return {**found, "handling": {area: output.seconds(span) for area, span in done.handling.items()}}


class _Progress:
    """Lines of JSON, or a figure on a terminal."""

    def __init__(self, told: Told) -> None:
        self._json = told is Told.JSON
        self._shown = self._json or sys.stderr.isatty()
        self._said = 0.0

    def __call__(self, done: int, of: int) -> None:
        """So many threads are done."""
        at = time.monotonic()
        if not self._shown or (done < of and at - self._said < _EVERY):
            return
        self._said = at
        end = "\n" if done >= of else ""
        sys.stderr.write(json.dumps({"done": done, "of": of}) + "\n" if self._json else f"\r{done:,} of {of:,}{end}")
        sys.stderr.flush()


def _stop(*_signal: object) -> None:
    """Asked to end: nothing was written, so nothing is left behind."""
    raise typer.Abort


def _span(text: str) -> timedelta:
    try:
        found = duration.parse(text)
    except ValueError as error:
        raise typer.BadParameter(f"{error}.") from None
    if not found:
        raise typer.BadParameter("A period of no length holds no threads. Write it like 30d.")
    return found


def _show(done: Backtest) -> None:
    typer.echo(f"{done.threads:,} threads, {done.moved:,} would go elsewhere; {done.seconds:.1f} s.")
    if done.threads:
        rows = [
            (each.area + (" (deleted)" if each.gone else ""), *_pair(each.before, each.after), *_missed(each))
            for each in done.by_area
        ]
        everything = (_count(done.missed_before), _count(done.missed_after))
        rows.append(("all", f"{done.threads:,}", f"{done.threads:,}", "", *everything))
        output.table(("area", "as it was", "changed", "difference", "missed", "missed then"), rows)
    if done.corrected:
        was, becomes = done.right_before, done.right_after
        typer.echo(f"Of {done.corrected:,} threads that people moved, {was:,} were right, and {becomes:,} would be.")
    for each in done.examples[:_SHOWN]:
        text = each.text[:_TEXT_WIDTH]
        typer.echo(output.shown(f"{each.thread}  {each.before} to {each.after}: {text} ({each.why})"))
    if done.moved > _SHOWN:
        typer.echo(f"... and {done.moved - _SHOWN:,} more; --json has up to {len(done.examples)}.")
    for note in done.notes:
        typer.echo(output.shown(note))


def _pair(before: int, after: int) -> tuple[str, str, str]:
    return f"{before:,}", f"{after:,}", f"{after - before:+,}" if after != before else ""


def _missed(each: AreaLoad) -> tuple[str, str]:
    return _count(each.missed_before), _count(each.missed_after)


def _count(number: int | None) -> str:
    return "?" if number is None else f"{number:,}"
