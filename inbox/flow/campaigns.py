"""Campaigns that somebody announces: while one runs, more is written than usual, and the detector expects it.

Each change is one transaction, audited and undoable. ``expect`` is the campaign that the person was looking at: one
that somebody else changed since raises ``LostRace`` naming who. ``actor`` is an employee's name or ``command``. All
raise ``BadCampaign`` and ``NotFound``.
"""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from inbox.flow import ical, ical_spans
from inbox.flow.entries import BadEntry, By, Trouble
from inbox.flow.races import who
from inbox.model.campaign import Campaign
from inbox.model.change import Change
from inbox.model.ids import AccountId
from inbox.model.typed import typed_line
from inbox.store import accounts, audit, campaigns, config
from inbox.store.engine import Session, Store
from inbox.store.errors import LostRace, NotFound, Refused

ACTION: Final = "campaign"
USUAL_TIMES: Final = 3.0
MOST: Final = 2_000
MOST_TIMES: Final = 100.0
LONGEST_NAME: Final = 120
LONGEST_WORD: Final = 80
MOST_WORDS: Final = 50
LONGEST: Final = timedelta(days=366)
_OFF: Final = "it was removed here"
_HASHTAG: Final = re.compile(r"(?<![\w&/])#(\w{2,})")

Side = tuple[int, Campaign | None, Campaign | None]
"""A campaign's number, what it was and what it is; None where there is none."""


@dataclass(frozen=True, slots=True)
class CampaignUndo:
    """The way back from one change of one campaign or, of an import, of many."""

    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class Done:
    """What was changed, said to the person, and the campaigns that it left; ``undo`` None where nothing changed.

    ``skipped`` are entries of a file that were left out: name and why.
    """

    sentence: str
    change: Change
    campaigns: tuple[Campaign, ...] = ()
    undo: CampaignUndo | None = None
    skipped: tuple[tuple[str, str], ...] = ()


class BadCampaign(BadEntry):
    """The campaign has errors; nothing was changed. ``troubles`` names each field."""


def standing(store: Store) -> tuple[Campaign, ...]:
    """All campaigns in the order in which they begin."""
    with store.read() as s:
        return campaigns.standing(s)


def problems_of(each: Campaign) -> list[Trouble]:
    """Everything that is wrong with a campaign; empty for one that can be saved."""
    found: list[Trouble] = []
    if not each.name:
        found.append(("name", "A campaign needs a name."))
    elif len(each.name) > LONGEST_NAME:
        found.append(("name", f"The name has {LONGEST_NAME} characters at most."))
    if each.ends_at <= each.begins_at:
        found.append(("ends_at", "It ends before it begins. Give it a later end."))
    elif each.ends_at - each.begins_at > LONGEST:
        found.append(("ends_at", "A campaign lasts a year at most: what goes on for longer is usual."))
    if not (math.isfinite(each.times) and 0 < each.times <= MOST_TIMES):
        often = f"{each.times:g}"
        found.append(("times", f"“{often}” times as much as usual cannot be: say more than 0 and up to 100."))
    if len(each.words) > MOST_WORDS:
        found.append(("words", f"A campaign has {MOST_WORDS} words at most."))
    elif any(len(word) > LONGEST_WORD for word in each.words):
        found.append(("words", f"A word has {LONGEST_WORD} characters at most."))
    return found


def add(
    store: Store,
    name: str,
    begins_at: datetime,
    ends_at: datetime,
    *,
    times: float = USUAL_TIMES,
    account_id: AccountId | None = None,
    words: Iterable[str] = (),
    actor: str,
    now: datetime,
) -> Done:
    """Announce a campaign: on one account, or (None) on all. Raises ``Refused`` where there are too many."""
    with store.write() as s:
        campaigns.lock(s)
        _account(s, account_id)
        made = _tidy(Campaign(0, name, account_id, None, begins_at, ends_at, times, tuple(words), "", actor))
        _check(made)
        if campaigns.count(s) >= MOST:
            raise Refused(f"There are {MOST:,} campaigns already. Remove some that are over.")
        side = _put(s, None, made, now)
        done = _write_down(s, [side], (actor, now), f"“{made.name}” is announced.", "added")
    return replace(done, change=s.change)


def change(store: Store, new: Campaign, *, actor: str, now: datetime, expect: Campaign | None = None) -> Done:
    """Let the campaign of its number be as ``new``; its account's name is not looked at. Raises ``LostRace``."""
    with store.write() as s:
        before = _expected(s, new.id, expect)
        _account(s, new.account_id)
        made = _tidy(replace(new, uid=before.uid, by=before.by))
        _check(made)
        side = _put(s, before, made, now)
        done = _write_down(s, [side], (actor, now), f"“{made.name}” is changed.", "changed")
    return replace(done, change=s.change)


def remove(store: Store, campaign_id: int, *, actor: str, now: datetime, expect: Campaign | None = None) -> Done:
    """Call a campaign off, also for the file that it came from. Raises ``LostRace``."""
    with store.write() as s:
        before = _expected(s, campaign_id, expect)
        campaigns.call_off(s, before.id, now)
        side = (before.id, before, None)
        done = _write_down(s, [side], (actor, now), f"“{before.name}” is removed.", "removed")
    return replace(done, change=s.change)


def undo_campaigns(store: Store, undo: CampaignUndo, *, actor: str, now: datetime) -> Done:
    """Take a change back. Raises ``LostRace`` naming who changed one of the campaigns since."""
    with store.write() as s:
        campaigns.lock(s)
        for number, _, after in undo.sides:
            if campaigns.get(s, number) != after:
                raise _lost(s, number, after)
        back = []
        for number, before, after in undo.sides:
            campaigns.put(s, number, before, now)
            back.append((number, after, before))
        done = _write_down(s, back, (actor, now), "Taken back.", "took back")
    return replace(done, change=s.change, undo=None)


def import_ical(
    store: Store,
    source: Path | bytes,
    *,
    times: float = USUAL_TIMES,
    account_id: AccountId | None = None,
    actor: str,
    now: datetime,
) -> Done:
    """Announce the entries of an iCal file, with the hashtags of their texts as words. An entry that is known (by its
    UID) is brought up to date and keeps what was said of it here: times, account and words; one that was removed here
    is left out, and one that the file cancels is removed.

    Raises ``ical.BadICal``, ``Refused`` for more than 2,000, and ``OSError``.
    """
    raw = ical.content(source)
    with store.read() as s:
        zone = config.load(s).settings.time_zone
    found = ical_spans.read(raw, zone=zone, now=now)
    with store.write() as s:
        campaigns.lock(s)
        _account(s, account_id)
        known = {each.uid: each for each in campaigns.imported(s)}
        off = campaigns.called_off(s) - known.keys()
        spans = [each for each in found.spans if each.uid not in off]
        skipped = (*((each.name, _OFF) for each in found.spans if each.uid in off), *found.skipped)
        wanted = _wanted(spans, known, Campaign(0, "", account_id, None, now, now, times, (), "", actor))
        gone = [each for each in known.values() if each.uid not in wanted and _is_gone(each, found, now)]
        if campaigns.count(s) - len(gone) + len(wanted.keys() - known.keys()) > MOST:
            raise Refused(f"With this file there would be more than {MOST:,} campaigns. Nothing was changed.")
        sides = [_put(s, known.get(uid), each, now) for uid, each in wanted.items() if known.get(uid) != each]
        sides += [_put(s, each, None, now) for each in gone]
        sentence = _said(sides, skipped)
        done = _write_down(s, sides, (actor, now), sentence, "imported") if sides else Done(sentence, Change())
    return replace(done, change=s.change, skipped=skipped)


def _wanted(spans: Sequence[ical_spans.Span], known: dict[str, Campaign], like: Campaign) -> dict[str, Campaign]:
    """What the campaigns of a file's entries are to be, by their UID. Raises ``BadCampaign``."""
    wanted: dict[str, Campaign] = {}
    for each in spans:
        old = known.get(each.uid)
        mine = () if old is None else old.words
        made = replace(
            old or like,
            name=each.name,
            begins_at=each.begins_at,
            ends_at=each.ends_at,
            words=(*mine, *_HASHTAG.findall(each.text)),
            uid=each.uid,
        )
        wanted[each.uid] = _tidy(made)
        _check(wanted[each.uid])
    return wanted


def _is_gone(each: Campaign, found: ical_spans.Spans, now: datetime) -> bool:
    """Whether a file calls a campaign off, or knows its entry and no longer this time of it."""
    entry = ical_spans.entry_of(each.uid)
    return entry in found.cancelled or (entry in found.named and each.ends_at > now)


def _said(sides: Sequence[Side], skipped: Sequence[tuple[str, str]]) -> str:
    new = sum(before is None for _, before, _ in sides)
    gone = sum(after is None for _, _, after in sides)
    told = [(new, "announced"), (len(sides) - new - gone, "brought up to date"), (gone, "removed")]
    parts = [f"{number:,} {what}" for number, what in told if number]
    sentence = f"Campaigns: {', '.join(parts)}." if parts else "The file brings nothing new."
    if skipped:
        name, why = skipped[0]
        more = f", and {len(skipped) - 1} more" if len(skipped) > 1 else ""
        sentence += f" Left out: “{name}” ({why}){more}."
    return sentence


def _tidy(each: Campaign) -> Campaign:
    """Names in one line, each word once, without the mark of a hashtag."""
    words = (typed_line(word).lstrip("#").strip() for word in each.words)
    once = {word.casefold(): word for word in reversed([word for word in words if word])}
    return replace(each, name=typed_line(each.name), words=tuple(reversed(once.values())), times=float(each.times))


def _check(each: Campaign) -> None:
    troubles = problems_of(each)
    if troubles:
        raise BadCampaign(troubles)


def _account(s: Session, account_id: AccountId | None) -> None:
    """Raises ``NotFound``."""
    if account_id is not None and not any(each.id == account_id for each in accounts.all(s)):
        raise NotFound(f"There is no account number {account_id}. See: inbox accounts list")


def _expected(s: Session, campaign_id: int, expect: Campaign | None) -> Campaign:
    """The campaign as it is, locked until the end. Raises ``NotFound`` and ``LostRace``."""
    campaigns.lock(s)
    found = campaigns.get(s, campaign_id)
    if expect is not None and found != expect:
        raise _lost(s, campaign_id, expect)
    if found is None:
        raise NotFound(f"There is no campaign {campaign_id}.")
    return found


def _put(s: Session, before: Campaign | None, after: Campaign | None, now: datetime) -> Side:
    """Write one campaign; both its sides."""
    if before is not None:
        campaigns.put(s, before.id, after, now)
        number = before.id
    elif after is not None:
        number = campaigns.add(s, after, now)
    else:
        raise ValueError("a campaign that neither was nor is")
    return number, before, campaigns.get(s, number)


def _write_down(s: Session, sides: Sequence[Side], by: By, sentence: str, did: str) -> Done:
    changed = [each for each in sides if each[1] != each[2]]
    if not changed:
        return Done("Nothing was changed: it is so already.", Change(), _after(sides))
    events = [
        (None, {"did": did, ACTION: number, "name": _name(before, after), **_sides(before, after)})
        for number, before, after in changed
    ]
    actor, now = by
    audit.record_many(s, actor, ACTION, events, now)
    return Done(sentence, Change(), _after(sides), CampaignUndo(tuple(changed)))


def _after(sides: Sequence[Side]) -> tuple[Campaign, ...]:
    return tuple(after for _, _, after in sides if after is not None)


def _name(before: Campaign | None, after: Campaign | None) -> str:
    each = after or before
    return "" if each is None else each.name


def _sides(before: Campaign | None, after: Campaign | None) -> dict[str, Any]:
    return {
        "before": None if before is None else document(before),
        "after": None if after is None else document(after),
    }


def document(each: Campaign) -> dict[str, Any]:
    """A campaign as JSON values; times RFC 3339."""
    return {
        "name": each.name,
        "account": each.account,
        "begins_at": each.begins_at.isoformat(),
        "ends_at": each.ends_at.isoformat(),
        "times": each.times,
        "words": list(each.words),
        "uid": each.uid,
    }


def _lost(s: Session, number: int, seen: Campaign | None) -> LostRace:
    name = f"“{seen.name}”" if seen is not None else f"campaign {number}"
    event = audit.newest_of(s, (ACTION,))
    if event is None or event.details.get(ACTION) != number:
        return LostRace(f"{name[:1].upper()}{name[1:]} was changed meanwhile. Nothing was overwritten; look again.")
    did = {"imported": "changed", "took back": "changed"}.get(event.details["did"], event.details["did"])
    return LostRace(f"{who(s, event.actor)} {did} {name} meanwhile. Nothing was overwritten; look again.")
