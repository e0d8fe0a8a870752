"""Imports files of mentions: as history, or replayed as if they came in live."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice
from pathlib import Path

from inbox.flow import clocks
from inbox.flow.hot.watching import watch_all
from inbox.flow.ingest import CHUNK
from inbox.flow.read_mentions import Line, read
from inbox.flow.triage import triage_pending
from inbox.model.ids import AccountId
from inbox.model.mention import BadPayload, IncomingMention
from inbox.store import accounts, config, pages, quarantine
from inbox.store.engine import Store
from inbox.store.items import FIRST, NOBODY, Item, prepare
from inbox.store.pages import Stored

_TRIAGE_AFTER = 10 * CHUNK

Progress = Callable[[float], None]
"""Told how much is done, from 0 to 1."""


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What became of the lines: ``read`` is the sum of the four that follow. ``threads`` hold the mentions of
    these files, whether new or known.
    """

    read: int
    stored: int
    updated: int
    duplicates: int
    quarantined: int
    threads: int
    seconds: float


def import_files(
    store: Store,
    paths: Sequence[Path],
    *,
    replay: bool = False,
    account: str | None = None,
    progress: Progress = lambda _: None,
    now: datetime,
) -> ImportResult:
    """Import files in the order given; a bad line goes to quarantine and the rest goes on.

    Stopped at any moment, what is stored stays, and importing the files again completes it. Raises ``OSError``
    for a file that cannot be read, before anything is stored where it can be known, and ``StoreError``.
    """
    begun = time.monotonic()
    for path in paths:
        path.open("rb").close()
    run = _Run(store, now, replay, (account or NOBODY).strip().lstrip("@") or NOBODY)
    lines = _all_lines(paths, progress)
    if replay:
        lines = iter(_in_time_order(lines))
    while chunk := list(islice(lines, CHUNK)):
        run.store_lines(chunk)
    run.finish()
    done = run.stored
    with store.read() as s:
        threads = pages.still_there(s, done.threads)
    took = round(time.monotonic() - begun, 3)
    return ImportResult(run.read, done.stored, done.updated, done.duplicates, run.bad, len(threads), took)


def _all_lines(paths: Sequence[Path], progress: Progress) -> Iterator[Line]:
    total = sum(path.stat().st_size for path in paths) or 1
    before = 0
    for path in paths:
        for line in read(path):
            progress(min(1.0, (before + line.at) / total))
            yield line
        before += path.stat().st_size
    progress(1.0)


def _in_time_order(lines: Iterable[Line]) -> list[Line]:
    """By the time posted, bad lines first; a repeated id never before its first line."""
    firsts: dict[tuple[str, str], datetime] = {}
    keyed: list[tuple[datetime, Line]] = []
    for line in lines:
        found = line.found
        if isinstance(found, BadPayload):
            keyed.append((FIRST, line))
        else:
            first = firsts.setdefault((found.network, found.id), found.created_at)
            keyed.append((max(first, found.created_at), line))
    return [line for _, line in sorted(keyed, key=lambda pair: pair[0])]


@dataclass(slots=True)
class _Run:
    """One import under way."""

    store: Store
    now: datetime
    replay: bool
    nobody: str
    read: int = 0
    bad: int = 0
    stored: Stored = field(default_factory=Stored)
    last: datetime | None = None
    _since_triage: int = 0
    _accounts: dict[tuple[str, str], AccountId] = field(default_factory=dict)

    def store_lines(self, lines: Sequence[Line]) -> None:
        """Store a chunk of lines; in a replay they are triaged as if they had come in now."""
        self.read += len(lines)
        self._know_accounts({(line.found.network, self._handle(line.found)) for line in lines if _good(line)})
        networks: dict[str, list[Item]] = {}
        bad: list[BadPayload] = []
        for line in lines:
            made = self._item(line)
            if isinstance(made, Item):
                networks.setdefault(made.mention.network, []).append(made)
            else:
                bad.append(made)
        with self.store.write(durable=False) as s:
            window = config.load(s).settings.reopen_within
            for network, items in networks.items():
                self.stored += pages.store_chunk(s, network, items, now=self.now, reopen_within=window)
            self.bad += quarantine.add(s, bad, now=self.now)
        times = [item.mention.created_at for items in networks.values() for item in items]
        self.last = max([*times, *([self.last] if self.last else [])], default=None)
        self._since_triage += len(lines)
        if self.replay and self._since_triage >= _TRIAGE_AFTER:
            self._triage()

    def finish(self) -> None:
        """Triage what is left; a replay ends at its last mention's time."""
        self._triage()
        if self.replay and self.last is not None:
            clocks.end_replay(self.store, self.stored.threads, at=self.last)
            watch_all(self.store)

    def _triage(self) -> None:
        self._since_triage = 0
        if not self.replay:
            triage_pending(self.store, now=self.now)
        elif self.last is not None:
            triage_pending(self.store, now=self.last, replay=True)
            clocks.due(self.store, now=self.last, act=False)

    def _item(self, line: Line) -> Item | BadPayload:
        found = line.found
        if isinstance(found, BadPayload):
            return replace(found, account=self.nobody if self.nobody != NOBODY else None)
        account = self._accounts[found.network, self._handle(found)]
        since = FIRST if self.replay else None
        made = prepare(found, account, pulled_by=account, connected_at=since, now=self.now)
        return made if isinstance(made, Item) else BadPayload(quarantine.FILES, line.text, made.error, place=line.place)

    def _handle(self, mention: IncomingMention | BadPayload) -> str:
        return mention.account or self.nobody

    def _know_accounts(self, wanted: set[tuple[str, str]]) -> None:
        missing = wanted - self._accounts.keys()
        if not missing:
            return
        with self.store.write() as s:
            for network, handle in sorted(missing):
                self._accounts[network, handle] = accounts.ensure_unconnected(s, network, handle, self.now)


def _good(line: Line) -> bool:
    return isinstance(line.found, IncomingMention)
