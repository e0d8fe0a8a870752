"""``inbox hot try``: how settings of the detector would have behaved, beside those in force."""

import json
import signal
import sys
import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Annotated, Any, Final

import typer

from inbox.cli import output
from inbox.cli.backtest import Told
from inbox.flow.hot import settings as hot_settings
from inbox.flow.hot import trying
from inbox.flow.hot.settings import BadSettings
from inbox.flow.hot.trial import Raised, Real, Would
from inbox.flow.hot.trying import Tried
from inbox.model import duration
from inbox.model.workspace import Workspace
from inbox.store import config

_EVERY: Final = 0.2
_SHOWN: Final = 20


def try_settings(
    context: typer.Context,
    *,
    since: Annotated[str, typer.Option(help="So long back, like 30d, or a time like 2026-03-02T09:00:00Z.")] = "30d",
    until: Annotated[str | None, typer.Option(help="Up to this time; without it up to now.")] = None,
    min_authors: Annotated[int | None, typer.Option(help="Of so many different people at least.")] = None,
    false_alarms: Annotated[float | None, typer.Option(help="False alarms a day.")] = None,
    watch: Annotated[
        list[str] | None, typer.Option(help="A watched phrase; may be given again. An empty one: none.")
    ] = None,
    similarity: Annotated[float | None, typer.Option(help="How much alike posts of a cluster are, 0 to 1.")] = None,
    reach: Annotated[int | None, typer.Option(help="From so many followers on.")] = None,
    growth: Annotated[int | None, typer.Option(help="From so many likes, shares and replies on.")] = None,
    progress: Annotated[Told, typer.Option(help="json: a line for each step, for other programs.")] = Told.BAR,
) -> None:
    """Try settings on the stored history, beside those in force; nothing is written. What is not said is as it is."""
    store, now = output.open_workspace(context), output.now()
    end = now if until is None else _moment(until, "--until")
    begin = _since(since, end)
    if begin >= end:
        raise typer.BadParameter("The period ends before it begins.", param_hint="--since")
    said = {
        "min_authors": min_authors,
        "false_alarms_per_day": false_alarms,
        "watch": None if watch is None else [each for each in watch if each.strip()],
        "similarity": similarity,
        "reach": reach,
        "growth": growth,
    }
    changed = {name: value for name, value in said.items() if value is not None}
    with store.read() as s:
        workspace = config.load(s)
    present = hot_settings.settings_of(workspace)
    wanted = hot_settings.settings_of(_with(workspace, changed))
    told = _Progress(progress)
    signal.signal(signal.SIGTERM, told.end)
    both = (present,) if wanted == present else (present, wanted)
    done = trying.side_by_side(store, both, since=begin, until=end, progress=told, stop=told.is_over)
    if output.wants_json(context):
        output.say_json(_document(done[0], done[-1]))
    else:
        _show(done[0], done[-1])


def _with(workspace: Workspace, changed: Mapping[str, Any]) -> Workspace:
    troubles = hot_settings.problems_of(changed, workspace)
    if troubles:
        raise BadSettings(troubles)
    return replace(workspace, hot={**workspace.hot, **changed})


def _since(text: str, end: datetime) -> datetime:
    try:
        return end - duration.parse(text)
    except OverflowError:
        raise typer.BadParameter(f"“{text}” is too long ago.", param_hint="--since") from None
    except ValueError:
        return _moment(text, "--since")


def _moment(text: str, option: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        words = f"“{text}” is neither a duration like 30d nor a time like 2026-03-02T09:00:00Z."
        raise typer.BadParameter(words, param_hint=option) from None


class _Progress:
    """Lines of JSON, or a figure on a terminal; told to end, it has the trial stop and give what it has."""

    def __init__(self, told: Told) -> None:
        self._json = told is Told.JSON
        self._shown = self._json or sys.stderr.isatty()
        self._said = 0.0
        self._over = False

    def end(self, *_signal: object) -> None:
        """Stop soon."""
        self._over = True

    def is_over(self) -> bool:
        """Whether to stop."""
        return self._over

    def __call__(self, done: int, of: int) -> None:
        """So many mentions are done."""
        at = time.monotonic()
        if not self._shown or (done < of and at - self._said < _EVERY):
            return
        self._said = at
        end = "\n" if done >= of else ""
        sys.stderr.write(json.dumps({"done": done, "of": of}) + "\n" if self._json else f"\r{done:,} of {of:,}{end}")
        sys.stderr.flush()


def _document(present: Tried, wanted: Tried) -> dict[str, Any]:
    return {
        "since": output.iso(wanted.since),
        "until": output.iso(wanted.until),
        "mentions": wanted.mentions,
        "learnt": wanted.learnt,
        "tried": _one(wanted),
        "in_force": _one(present),
        "notes": list(wanted.notes),
        "seconds": wanted.seconds,
        "stopped": wanted.stopped,
    }


def _one(done: Tried) -> dict[str, Any]:
    return {
        "settings": hot_settings.document(done.settings),
        "alarms": done.alarms,
        "opened": done.opened,
        "alarms_a_day": round(done.alarms_a_day, 3),
        "false_a_day": round(done.false_a_day, 3),
        "budget_a_day": done.settings.false_alarms_per_day,
        "alerts": [_alert(each) for each in done.alerts],
        "incidents": [_would(each) for each in done.incidents],
        "real": [_real(each) for each in done.real],
        "missed": [each.id for each in done.missed],
    }


def _alert(each: Raised) -> dict[str, Any]:
    alert = each.alert
    return {
        "at": output.iso(alert.at),
        "stream": alert.stream,
        "kind": str(alert.kind),
        "severity": str(alert.severity),
        "score": round(alert.score, 3),
        "authors": alert.authors,
        "paragraph": each.paragraph,
        "incident": None if each.place < 0 else each.place,
        "opened": each.opened,
    }


def _would(each: Would) -> dict[str, Any]:
    return {
        "incident": each.place,
        "at": output.iso(each.at),
        "began_at": output.iso(each.began_at),
        "title": each.title,
        "kind": str(each.kind),
        "severity": str(each.severity),
        "stream": each.stream,
        "account": each.account,
        "paragraph": each.paragraph,
        "signs": each.signs,
        "examples": list(each.examples),
        "real": list(each.real),
    }


def _real(each: Real) -> dict[str, Any]:
    return {
        "id": each.id,
        "title": each.title,
        "was_real": each.was_real,
        "noticed_at": output.iso(each.noticed_at),
        "found_at": output.iso(each.found_at),
        "earlier_seconds": output.seconds(each.earlier),
    }


def _show(present: Tried, wanted: Tried) -> None:
    typer.echo(f"{wanted.mentions:,} mentions after {wanted.learnt:,} to learn from; {wanted.seconds:.1f} s.")
    heads = ["", "in force"] + ([] if wanted is present else ["tried"])
    both = [present] if wanted is present else [present, wanted]
    rows = [
        ["would open", *(f"{each.opened:,}" for each in both)],
        ["a day", *(f"{each.alarms_a_day:.2f}" for each in both)],
        ["not confirmed, a day", *(f"{each.false_a_day:.2f}" for each in both)],
        ["budget a day", *(f"{each.settings.false_alarms_per_day:g}" for each in both)],
        ["confirmed ones missed", *(f"{len(each.missed):,}" for each in both)],
    ]
    output.table(heads, rows)
    for each in wanted.incidents[:_SHOWN]:
        typer.echo(output.shown(f"{output.iso(each.at)}  {each.title}: {each.paragraph}"))
    if wanted.opened > _SHOWN:
        typer.echo(f"... and {wanted.opened - _SHOWN:,} more; --json has them.")
    for real in wanted.real:
        typer.echo(output.shown(f"incident {real.id} “{real.title}” ({_said(real)}): {_found(real)}"))
    for note in wanted.notes:
        typer.echo(note)


def _said(real: Real) -> str:
    return "undecided" if real.was_real is None else "confirmed" if real.was_real else "dismissed"


def _found(real: Real) -> str:
    if real.earlier is None:
        return "not found"
    minutes = round(real.earlier.total_seconds() / 60)
    if not minutes:
        return "found at the same time"
    return f"found {abs(minutes):,} min {'earlier' if minutes > 0 else 'later'}"
