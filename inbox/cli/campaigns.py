"""``inbox campaigns``: what is announced, so that the detector of hot issues expects more mentions than usual."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from inbox.cli import output
from inbox.flow import campaigns as flow
from inbox.flow.moments import moment
from inbox.model.campaign import Campaign
from inbox.model.ids import AccountId
from inbox.store import accounts, campaigns, config
from inbox.store.engine import Store
from inbox.store.errors import NotFound

_ACTOR = "command"
_ENDS = "--to"

_NUMBER = Annotated[int, typer.Argument(metavar="CAMPAIGN", min=1, help="Its number.")]
_TIMES = Annotated[float, typer.Option(help="So many times as much as usual is expected.")]
_ACCOUNT = Annotated[str | None, typer.Option(help="Only on this account; without it on all.")]
_WORDS = Annotated[list[str] | None, typer.Option("--word", help="A word that belongs to it; may be given again.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(help="Campaigns: times for which more is written than usual.", no_args_is_help=True)
    group.command("list")(show_list)
    group.command("add")(add)
    group.command("change")(change)
    group.command("remove")(remove)
    group.command("import")(import_file)
    app.add_typer(group, name="campaigns")


def show_list(context: typer.Context) -> None:
    """List the campaigns, in the order in which they begin."""
    now = output.now()
    found = flow.standing(output.open_workspace(context))
    if output.wants_json(context):
        output.say_json({"campaigns": [_document(each, now) for each in found]})
        return
    if not found:
        typer.echo("No campaign is announced.")
        return
    output.table(
        ("id", "campaign", "account", "begins", "ends", "times", "", "words"),
        [
            (
                each.id,
                each.name,
                each.account or "all",
                output.iso(each.begins_at),
                output.iso(each.ends_at),
                f"{each.times:g}",
                _state(each, now),
                ", ".join(each.words),
            )
            for each in found
        ],
    )


def add(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="What it is called.")],
    *,
    begins: Annotated[str, typer.Option("--from", help="When it begins: 2026-03-02T09:00:00Z, “mon 09:00”, or a day.")],
    ends: Annotated[str, typer.Option(_ENDS, help="When it ends; a day counts whole.")],
    times: _TIMES = flow.USUAL_TIMES,
    account: _ACCOUNT = None,
    words: _WORDS = None,
) -> None:
    """Announce a campaign: what is written because of it is no alarm."""
    store, now = output.open_workspace(context), output.now()
    done = flow.add(
        store,
        name,
        _at(store, begins, "--from", now),
        _at(store, ends, _ENDS, now),
        times=times,
        account_id=_account(store, account),
        words=words or (),
        actor=_ACTOR,
        now=now,
    )
    _say(context, done, now)


def change(
    context: typer.Context,
    number: _NUMBER,
    *,
    name: Annotated[str | None, typer.Option(help="Another name.")] = None,
    begins: Annotated[str | None, typer.Option("--from", help="When it begins.")] = None,
    ends: Annotated[str | None, typer.Option(_ENDS, help="When it ends; a day counts whole.")] = None,
    times: Annotated[float | None, typer.Option(help="So many times as much as usual is expected.")] = None,
    account: Annotated[str | None, typer.Option(help="Only on this account.")] = None,
    everywhere: Annotated[bool, typer.Option("--all-accounts", help="On all accounts.")] = False,
    words: Annotated[list[str] | None, typer.Option("--word", help="Its words; may be given again.")] = None,
    no_words: Annotated[bool, typer.Option("--no-words", help="It has no words of its own.")] = False,
) -> None:
    """Change a campaign; what is not said stays."""
    if account is not None and everywhere:
        raise typer.BadParameter("Say --account or --all-accounts, not both.")
    if words and no_words:
        raise typer.BadParameter("Say --word or --no-words, not both.")
    store, now = output.open_workspace(context), output.now()
    with store.read() as s:
        seen = campaigns.get(s, number)
    if seen is None:
        raise NotFound(f"There is no campaign {number}.")
    new = replace(
        seen,
        name=seen.name if name is None else name,
        begins_at=seen.begins_at if begins is None else _at(store, begins, "--from", now),
        ends_at=seen.ends_at if ends is None else _at(store, ends, _ENDS, now),
        times=seen.times if times is None else times,
        account_id=None if everywhere else seen.account_id if account is None else _account(store, account),
        words=() if no_words else tuple(words) if words else seen.words,
    )
    _say(context, flow.change(store, new, actor=_ACTOR, now=now, expect=seen), now)


def remove(context: typer.Context, number: _NUMBER) -> None:
    """Call a campaign off."""
    now = output.now()
    done = flow.remove(output.open_workspace(context), number, actor=_ACTOR, now=now)
    output.say(context, {"id": number, "sentence": done.sentence}, done.sentence)


def import_file(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="An iCal file (.ics).")],
    *,
    times: _TIMES = flow.USUAL_TIMES,
    account: _ACCOUNT = None,
) -> None:
    """Announce the entries of an iCal file; those that are known are brought up to date, cancelled ones removed."""
    store, now = output.open_workspace(context), output.now()
    where = _account(store, account)
    done = flow.import_ical(store, file, times=times, account_id=where, actor=_ACTOR, now=now)
    _say(context, done, now)


def _say(context: typer.Context, done: flow.Done, now: datetime) -> None:
    document = {
        "sentence": done.sentence,
        "campaigns": [_document(each, now) for each in done.campaigns],
        "skipped": _skipped(done.skipped),
    }
    numbers = f" It is campaign {done.campaigns[0].id}." if len(done.campaigns) == 1 and done.undo else ""
    output.say(context, document, f"{done.sentence}{numbers}")


def _skipped(found: Sequence[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"name": name, "reason": why} for name, why in found]


def _document(each: Campaign, now: datetime) -> dict[str, Any]:
    return {
        "id": each.id,
        "name": each.name,
        "account": each.account,
        "begins_at": output.iso(each.begins_at),
        "ends_at": output.iso(each.ends_at),
        "times": each.times,
        "words": list(each.words),
        "state": _state(each, now),
        "uid": each.uid or None,
        "by": each.by,
    }


def _state(each: Campaign, now: datetime) -> str:
    if now < each.begins_at:
        return "coming"
    return "running" if now < each.ends_at else "over"


def _account(store: Store, name: str | None) -> AccountId | None:
    if name is None:
        return None
    with store.read() as s:
        return accounts.named(s, name).id


def _at(store: Store, text: str, option: str, now: datetime) -> datetime:
    """A time as people type it, in the workspace's zone."""
    with store.read() as s:
        zone = ZoneInfo(config.load(s).settings.time_zone)
    try:
        return _day(text, zone, ends=option == _ENDS) or moment(text, now, zone)
    except OverflowError:
        raise typer.BadParameter(f"“{text}” is no time of our calendar.", param_hint=option) from None
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint=option) from error


def _day(text: str, zone: ZoneInfo, *, ends: bool) -> datetime | None:
    """A bare day is a whole one: a campaign begins with it, or ends with its end."""
    try:
        found = date.fromisoformat(text.strip())
    except ValueError:
        return None
    return datetime.combine(found + timedelta(days=ends), time.min, zone).astimezone(UTC)
