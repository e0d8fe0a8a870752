"""``[hot]`` of the workspace file as the detector wants it: what is usual where it says nothing, and saving it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any, Final

from inbox.flow import config_shape
from inbox.flow.config_hot import FEWEST_AUTHORS
from inbox.flow.entries import BadEntry, Saved, Trouble
from inbox.flow.races import who
from inbox.hot.detector import Settings
from inbox.hot.expecting import Running
from inbox.model.campaign import Campaign
from inbox.model.change import Change
from inbox.model.workspace import Workspace
from inbox.sla.hours import CalendarRefused, zone
from inbox.store import audit, campaigns, config
from inbox.store.engine import Session, Store
from inbox.store.errors import LostRace

ACTION: Final = "hot"
USUAL: Final = Settings()
"""What holds where the workspace file says nothing."""
SAID: Final = ("min_authors", "false_alarms_per_day", "similarity", "watch", "reach", "growth")
"""What the file can say; campaigns are announced apart."""
MATTERS: Final = timedelta(days=7)
"""A campaign is told to the detector from so long before it begins until so long after it ends."""


@dataclass(frozen=True, slots=True)
class SettingsUndo:
    """The way back from one change: all settings as they were, and as the change left them."""

    before: dict[str, Any]
    after: dict[str, Any]


class BadSettings(BadEntry):
    """A setting cannot be so; nothing was changed. ``troubles`` names each field."""


def settings_of(workspace: Workspace, running: Sequence[Running] = ()) -> Settings:
    """The detector's settings; what the file does not say is as usual."""
    said = workspace.hot
    return Settings(
        min_authors=max(FEWEST_AUTHORS, int(said.get("min_authors", USUAL.min_authors))),
        false_alarms_per_day=float(said.get("false_alarms_per_day", USUAL.false_alarms_per_day)),
        watch=tuple(str(each) for each in said.get("watch", USUAL.watch)),
        reach=int(said.get("reach", USUAL.reach)),
        growth=int(said.get("growth", USUAL.growth)),
        similarity=float(said.get("similarity", USUAL.similarity)),
        zone=_zone(workspace.settings.time_zone),
        campaigns=tuple(running),
    )


def running_near(s: Session, since: datetime, until: datetime) -> tuple[Running, ...]:
    """The campaigns that may still matter to what is written from ``since`` up to ``until``."""
    return tuple(_running(each) for each in campaigns.between(s, since - MATTERS, until + MATTERS))


def in_force(s: Session, since: datetime, until: datetime) -> Settings:
    """The detector's settings with the campaigns that may matter from ``since`` up to ``until``."""
    return settings_of(config.load(s), running_near(s, since, until))


def document(settings: Settings) -> dict[str, Any]:
    """Settings as the workspace file says them."""
    said = {name: getattr(settings, name) for name in SAID}
    return said | {"watch": list(settings.watch)}


def problems_of(changed: Mapping[str, Any], workspace: Workspace) -> list[Trouble]:
    """Everything that is wrong with settings as the file would say them; empty for those that can be saved."""
    found = config_shape.hot_problems(_with(workspace.hot, changed), workspace)
    return [(".".join(str(step) for step in place[:1]), sentence) for place, sentence in found]


def save(
    store: Store, changed: Mapping[str, Any], *, actor: str, now: datetime, expect: Workspace | None = None
) -> Saved[SettingsUndo]:
    """Change some settings, said as in the workspace file; None puts one back to what is usual. ``expect`` is the
    workspace that the person was looking at. The detector goes on with them, knowing what it knows.

    Raises ``BadSettings``, and ``LostRace`` naming who changed them since.
    """
    with store.write() as s:
        was = config.locked(s)
        if expect is not None and expect.hot != was.hot:
            raise _lost_race(s)
        troubles = problems_of(changed, was)
        if troubles:
            raise BadSettings(troubles)
        done = _put(s, was, _with(was.hot, changed), actor, now)
    return replace(done, change=s.change)


def undo_settings(store: Store, undo: SettingsUndo, *, actor: str, now: datetime) -> Saved[SettingsUndo]:
    """Take a change back. Raises ``LostRace`` naming who changed the settings since."""
    with store.write() as s:
        was = config.locked(s)
        if was.hot != undo.after:
            raise _lost_race(s)
        done = _put(s, was, undo.before, actor, now)
    return replace(done, sentence="Taken back.", change=s.change, undo=None)


def _with(hot: Mapping[str, Any], changed: Mapping[str, Any]) -> dict[str, Any]:
    plain = {key: list(value) if isinstance(value, tuple) else value for key, value in changed.items()}
    return {key: value for key, value in {**hot, **plain}.items() if value is not None}


def _put(s: Session, was: Workspace, hot: dict[str, Any], actor: str, now: datetime) -> Saved[SettingsUndo]:
    if hot == was.hot:
        return Saved("Nothing was changed: it is so already.", Change(), was, None)
    keys = sorted(key for key in was.hot.keys() | hot.keys() if was.hot.get(key) != hot.get(key))
    config.save_hot(s, hot)
    before, after = ({key: side.get(key) for key in keys} for side in (was.hot, hot))
    audit.record(s, actor, ACTION, None, now, did="saved", before=before, after=after)
    return Saved("The settings of hot issues are saved.", Change(), config.load(s), SettingsUndo(was.hot, hot))


def _lost_race(s: Session) -> LostRace:
    event = config.last_change(s)
    name = "Somebody" if event is None else who(s, event.actor)
    did = "changed these settings" if event is not None and event.action == ACTION else "changed the workspace"
    return LostRace(f"{name} {did} meanwhile. Nothing was overwritten; look again.")


def _zone(name: str) -> tzinfo:
    """The workspace's; one that this computer does not know counts as UTC."""
    if name == "UTC":
        return UTC
    try:
        return zone(name)
    except CalendarRefused:
        return UTC


def _running(each: Campaign) -> Running:
    return Running(each.account, each.begins_at, each.ends_at, each.times, each.words)
