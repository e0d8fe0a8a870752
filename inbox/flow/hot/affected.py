"""The authors whom an incident concerns, as a table for files: one row each, as many as there are.

It is personal data: who took it out, and of how many people, is an audit event.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from inbox.model.ids import AccountId, IncidentId
from inbox.model.report import ColumnKind, Period, Question, ReportColumn, ReportTable
from inbox.store import accounts, audit, config, incidents, people
from inbox.store import affected as rows
from inbox.store.affected import Affected
from inbox.store.engine import Store
from inbox.store.errors import NotFound

REPORT: Final = "affected-authors"
ACTION: Final = "export"
Value = str | int | float | None
_COLUMNS: Final = (
    ReportColumn("author", "Author", ColumnKind.TEXT),
    ReportColumn("name", "Name", ColumnKind.TEXT),
    ReportColumn("network", "Network", ColumnKind.TEXT),
    ReportColumn("account", "Account", ColumnKind.TEXT),
    ReportColumn("followers", "Followers", ColumnKind.COUNT),
    ReportColumn("threads", "Threads", ColumnKind.COUNT),
    ReportColumn("mentions", "Mentions", ColumnKind.COUNT),
    ReportColumn("first_mention_at", "First mention", ColumnKind.TEXT),
    ReportColumn("last_mention_at", "Last mention", ColumnKind.TEXT),
    ReportColumn("last_text", "Last text", ColumnKind.TEXT),
    ReportColumn("language", "Language", ColumnKind.TEXT),
    ReportColumn("answered", "Answered", ColumnKind.TEXT),
    ReportColumn("answered_at", "First answer", ColumnKind.TEXT),
    ReportColumn("answered_by", "Answered by", ColumnKind.TEXT),
    ReportColumn("visibility", "Public or private", ColumnKind.TEXT),
    ReportColumn("url", "Address of the first mention", ColumnKind.TEXT),
)
_DEFINITION: Final = (
    "Everybody who wrote in the threads that the incident holds, once each, in the order of their first mention; "
    "threads that were taken out, and colleagues, are left out. Answered: a person of ours wrote in the same "
    "thread after the author had; partly: not in each of the author's threads. Texts that their authors took "
    "down are not shown. This is personal data: keep the file no longer than it is needed."
)


class Stopped(Exception):
    """The export was stopped; nothing was written."""


@dataclass(frozen=True, slots=True)
class _Words:
    """What rows are told in: the zone, the accounts' handles, the employees' full names."""

    zone: ZoneInfo
    handles: Mapping[AccountId, str]
    names: Mapping[str, str]

    def time(self, at: datetime | None) -> str:
        """RFC 3339 with the zone's offset: read by people and by programs."""
        return "" if at is None else at.astimezone(self.zone).isoformat(timespec="seconds")


def table(
    store: Store,
    incident_id: IncidentId,
    *,
    actor: str,
    now: datetime,
    progress: Callable[[int, int], None] = lambda done, of: None,  # noqa: ARG005 - nobody listens
    stopped: Callable[[], bool] = lambda: False,
) -> ReportTable:
    """The authors, the earliest first; times with the offset of the workspace's zone. Written down as an audit event.

    ``progress`` hears how many threads of how many are read. Raises ``NotFound``, and ``Stopped``.
    """
    made: list[tuple[datetime, tuple[Value, ...]]] = []
    with store.read() as s:
        found = incidents.get(s, incident_id)
        if found is None:
            raise NotFound(f"There is no incident {incident_id}.")
        words = _Words(
            ZoneInfo(config.load(s).settings.time_zone),
            {each.id: each.handle for each in accounts.all(s, removed=True)},
            {each.name: each.full_name or each.name for each in people.employees(s, removed=True)},
        )
        for page in rows.pages(s, incident_id, found.began_at):
            if stopped():
                raise Stopped
            made += [(each.first_at or found.began_at, _row(each, words)) for each in page.authors]
            progress(page.done, page.of)
    made.sort(key=lambda each: each[0])
    with store.write() as s:
        audit.record(s, actor, ACTION, None, now, incident=incident_id, what=REPORT, authors=len(made))
    question = Question(REPORT, period=Period(found.began_at, found.closed_at))
    title = f"Affected authors: {found.title}"
    return ReportTable(question, title, _DEFINITION, _COLUMNS, tuple(row for _, row in made))


def _row(each: Affected, words: _Words) -> tuple[Value, ...]:
    answer = each.first
    answered = "no" if not each.answered else "yes" if each.answered == each.threads else "partly"
    handles = sorted(words.handles.get(number, "") for number in each.accounts)
    by = "" if answer is None else words.names.get(answer.by, answer.by) or "from the network's own app"
    private = "public" if not each.private else "private" if each.private == each.mentions else "both"
    return (
        each.handle,
        each.name,
        each.network,
        ", ".join(handles),
        each.followers,
        each.threads,
        each.mentions,
        words.time(each.first_at),
        words.time(each.last_at),
        each.text,
        each.language,
        answered,
        words.time(None if answer is None else answer.at),
        by,
        private,
        each.url,
    )
