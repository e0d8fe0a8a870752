"""``inbox staffing``: how many people each hour of the week needs, beside who is on shift."""

import json
import signal
import sys
import time
from datetime import timedelta
from enum import StrEnum
from typing import Annotated, Any, Final

import typer

from inbox.cli import output
from inbox.flow.staffing import HourNeed, Staffing
from inbox.model import duration
from inbox.model.people import WEEKDAYS
from inbox.model.words import Metric

_EVERY: Final = 0.1
"""Seconds between two lines of progress."""


class Told(StrEnum):
    """How progress is told on the standard error stream."""

    BAR = "bar"
    JSON = "json"


class Response(StrEnum):
    """The metrics that staffing is worked out for."""

    FIRST = "first"
    NEXT = "next"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("staffing")(staffing)


def staffing(
    context: typer.Context,
    *,
    area: Annotated[str | None, typer.Option(help="An area; without it all, as one team.")] = None,
    since: Annotated[str, typer.Option(help="How much history, like 28d.")] = "28d",
    metric: Annotated[Response, typer.Option(help="Whose deadlines are to be kept.")] = Response.FIRST,
    share: Annotated[float, typer.Option(help="The share to answer in time, like 0.9.")] = 0.9,
    handling: Annotated[str | None, typer.Option(help="How long an answer is in hand; else as measured.")] = None,
    target: Annotated[str | None, typer.Option(help="Try this target, like 1h, round the clock.")] = None,
    progress: Annotated[Told, typer.Option(help="json: a line for each step, for other programs.")] = Told.BAR,
) -> None:
    """Work out from the history how many people each hour of the week needs to keep the target."""
    from inbox.flow import staffing as flow

    store = output.open_workspace(context)
    signal.signal(signal.SIGTERM, _stop)
    done = flow.staffing(
        store,
        area=area,
        since=_span(since),
        metric=Metric(metric),
        share=share,
        handling=None if handling is None else _span(handling),
        target=None if target is None else _span(target),
        now=output.now(),
        progress=_Progress(progress),
    )
    if output.wants_json(context):
        output.say_json(document(done))
    else:
        _show(done)


def document(done: Staffing) -> dict[str, Any]:
    """The result as other programs rely on it; times RFC 3339 UTC, durations seconds."""
    return {
        "area": done.area,
        "metric": str(done.metric),
        "since": done.since,
        "until": done.until,
        "time_zone": done.zone,
        "target_share": done.target_share,
        "handling_seconds": output.seconds(done.handling.span),
        "handling_from": done.handling.source,
        "handling_replies": done.handling.n,
        "answers": done.answers,
        "counted": done.counted,
        "hours": [
            {
                "day": each.day,
                "hour": each.hour,
                "arrivals": each.arrivals,
                "needed": each.needed,
                "on_shift": each.on_shift,
            }
            for each in done.hours
        ],
        "share_now": _rounded(done.share_now),
        "share_with_needed": _rounded(done.share_with_needed),
        "share_reachable": _rounded(done.share_reachable),
        "definition": done.definition,
        "notes": list(done.notes),
    }


class _Progress:
    """Lines of JSON, or a figure on a terminal."""

    def __init__(self, told: Told) -> None:
        self._json = told is Told.JSON
        self._bar = output.Progress()
        self._said = 0.0

    def __call__(self, done: int, of: int) -> None:
        """So many steps are done."""
        if not self._json:
            self._bar(done / of)
            return
        at = time.monotonic()
        if done < of and at - self._said < _EVERY:
            return
        self._said = at
        sys.stderr.write(json.dumps({"done": done, "of": of}) + "\n")
        sys.stderr.flush()


def _stop(*_signal: object) -> None:
    """Asked to end: nothing was written, so nothing is left behind."""
    raise typer.Abort


def _span(text: str) -> timedelta:
    try:
        return duration.parse(text)
    except ValueError as error:
        raise typer.BadParameter(f"{error}.") from None


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 4)


def _show(done: Staffing) -> None:
    typer.echo(output.shown(done.definition))
    if done.counted:
        typer.echo(
            f"{done.answers:,} answers asked for, {done.counted:,} with a deadline. In time with the people on shift: "
            f"{done.share_now or 0:.0%}; with those needed: {done.share_with_needed or 0:.0%}."
        )
        typer.echo("Needed by the hour; where fewer are on shift, these stand behind a stroke.")
        by_place = {(each.day, each.hour): each for each in done.hours}
        rows = [(day, *(_cell(by_place[day, hour]) for hour in range(24))) for day in WEEKDAYS]
        output.table(("", *(f"{hour:02}" for hour in range(24))), rows)
    for note in done.notes:
        typer.echo(output.shown(note))


def _cell(each: HourNeed) -> str:
    if each.on_shift >= each.needed:
        return str(each.needed) if each.needed else "."
    return f"{each.needed}/{each.on_shift:g}"
