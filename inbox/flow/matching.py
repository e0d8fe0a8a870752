"""What a rule would match in the stored threads, and why: read once, then asked with each keystroke."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final, Literal

from inbox.flow.asking import Asked, Begun, Known, known
from inbox.flow.match_words import excerpt, marks, why_matched, why_missed
from inbox.flow.rulebook import rulebook
from inbox.model.ids import ThreadId
from inbox.model.workspace import UNSORTED, Rule, Workspace
from inbox.routing.patterns import Hits
from inbox.routing.rules import Rules
from inbox.store import config
from inbox.store import matching as stored
from inbox.store.engine import Store

MOST_THREADS: Final = 20_000
"""Threads that are looked at, the newest; more would make typing slow."""
_EACH: Final = 256
"""Mentions between two looks at whether to stop."""

Kind = Literal["moves", "stays", "missed"]
Stop = Callable[[], bool]


class Stopped(Exception):
    """The answer is no longer wanted."""


@dataclass(frozen=True, slots=True)
class Match:
    """A thread that matches, or was just missed. ``text`` is the mention's, cut around what matched; ``spans`` are
    the places in it to mark.
    """

    thread_id: ThreadId
    author: str
    network: str
    text: str
    spans: list[tuple[int, int]]
    why: str
    was_area: str
    becomes_area: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Matches:
    """``total_threads`` were looked at, the newest where there are ``more``; ``matched`` of them match, and
    ``would_move`` of these would come to another area. ``rows`` hold the newest of each kind. ``trouble`` says why
    the rule cannot be asked.
    """

    total_threads: int
    matched: int = 0
    would_move: int = 0
    just_missed: int = 0
    rows: list[Match] = field(default_factory=list)
    more: bool = False
    trouble: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """The newest threads of some days, and the rules as they are. Keep it while a rule is edited."""

    days: int
    workspace: Workspace
    rules: Rules
    known: list[Known]
    threads: int
    more: bool


@dataclass(slots=True)
class _Hit:
    """A thread's mention that decides: ``missed`` is the condition that left it out, empty where it matches."""

    known: Known
    hits: Hits
    missed: str
    becomes: str = ""
    overruled: str | None = None


def sample(
    store: Store, *, days: int = 7, now: datetime, limit: int = MOST_THREADS, before: Workspace | None = None
) -> Sample:
    """Read the newest threads of the last days; ``before`` stands for the workspace's own configuration."""
    since = now - timedelta(days=days)
    with store.read() as s:
        workspace = before or config.load(s)
        ids = stored.newest_threads(s, since, limit + 1)
        seen = stored.seen_mentions(s, ids[:limit], since)
    threads = len({each.thread_id for each in seen})
    return Sample(days, workspace, rulebook(workspace).rules, [known(each) for each in seen], threads, len(ids) > limit)


def based_on(sample: Sample, workspace: Workspace) -> Sample:
    """The same threads under another configuration (a rule was saved); nothing is read anew."""
    ready = [replace(each, hits=None) for each in sample.known]
    return replace(sample, workspace=workspace, rules=rulebook(workspace).rules, known=ready)


def match(
    sample: Sample,
    rule: Rule,
    *,
    replaces: str | None = None,
    position: int | None = None,
    typing: str = "",
    typing_in: str = "text_any",
    limit: int = 200,
    stop: Stop = lambda: False,
) -> Matches:
    """What the rule matches, at ``position`` among the others and in the stead of the one that it ``replaces``.

    ``typing`` are words begun in ``typing_in`` (a list of phrases): they match as the beginning of longer words. A
    rule that is off is asked as if it were on. ``rows`` are at most ``limit`` of each kind. Raises ``Stopped``.
    """
    begun = Begun(typing, typing_in)
    try:
        asked = Asked(sample.workspace, sample.rules, replace(begun.onto(rule), on=True), replaces, position)
    except ValueError as error:
        return Matches(sample.threads, more=sample.more, trouble=str(error))
    hits = _asked_all(sample, asked, begun, stop)
    matched = [each for each in hits if not each.missed]
    for number, each in enumerate(matched):
        _look(number, stop)
        each.becomes, each.overruled = asked.area(each.known, each.hits)
    moving = [each for each in matched if each.becomes != _area(each)]
    staying = [each for each in matched if each.becomes == _area(each)]
    missed = [each for each in hits if each.missed]
    shown = sorted([*moving[:limit], *staying[:limit]], key=lambda each: each.known.seen.at, reverse=True)
    rows = [_row(each, asked.rule, begun) for each in [*shown, *missed[:limit]]]
    return Matches(sample.threads, len(matched), len(moving), len(missed), rows, sample.more)


def matches(
    store: Store,
    rule: Rule,
    *,
    days: int = 7,
    now: datetime,
    limit: int = 200,
    typing: str = "",
    before: Workspace | None = None,
) -> Matches:
    """Read and match in one; the rule of its name, if there is one, is what it replaces."""
    read = sample(store, days=days, now=now, before=before)
    named = any(each.name == rule.name for each in read.workspace.rules)
    return match(read, rule, replaces=rule.name if named else None, typing=typing, limit=limit)


def counts_of(sample: Sample, *, stop: Stop = lambda: False) -> dict[str, int]:
    """How many threads each rule matches, also those that are off or come too late. Raises ``Stopped``."""
    counts = {rule.name: 0 for rule in sample.workspace.rules}
    told: set[tuple[ThreadId, str]] = set()
    for number, each in enumerate(sample.known):
        _look(number, stop)
        if each.hits is None:
            each.hits = sample.rules.hits_of(each.forms)
        for name in sample.rules.matching(each.facts, each.hits):
            if (each.seen.thread_id, name) not in told:
                told.add((each.seen.thread_id, name))
                counts[name] += 1
    return counts


def counts(store: Store, *, days: int = 7, now: datetime) -> dict[str, int]:
    """How many of the newest threads each rule matches."""
    return counts_of(sample(store, days=days, now=now))


def _asked_all(sample: Sample, asked: Asked, begun: Begun, stop: Stop) -> list[_Hit]:
    """For each thread the first mention that matches, else the first that is just missed; newest thread first."""
    found: dict[ThreadId, _Hit] = {}
    for number, each in enumerate(sample.known):
        _look(number, stop)
        before = found.get(each.seen.thread_id)
        if before is not None and not before.missed:
            continue
        hits = begun.added(asked.hits(each.forms), each.forms)
        missed = asked.missing(each.facts, hits)
        if missed is not None and (before is None or not missed):
            found[each.seen.thread_id] = _Hit(each, hits, missed)
    return sorted(found.values(), key=lambda hit: hit.known.seen.at, reverse=True)


def _row(hit: _Hit, rule: Rule, begun: Begun) -> Match:
    seen, was = hit.known.seen, _area(hit)
    text, places = excerpt(seen.text, marks(rule, begun, hit.known, hit.hits))
    kind: Kind = "missed" if hit.missed else "stays" if hit.becomes == was else "moves"
    if hit.missed:
        why = why_missed(hit.missed, rule, hit.known, hit.hits)
    else:
        why = why_matched(rule, begun, hit.known, hit.hits, hit.overruled)
    return Match(seen.thread_id, seen.author, seen.network, text, places, why, was, hit.becomes or was, kind)


def _area(hit: _Hit) -> str:
    return hit.known.seen.area or UNSORTED


def _look(number: int, stop: Stop) -> None:
    if number % _EACH == 0 and stop():
        raise Stopped
