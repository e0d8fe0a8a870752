"""The weeks before the demo: imported, routed as they came, set right by the supervisor, and closed."""

from datetime import datetime, timedelta
from pathlib import Path

from inbox.flow import decide
from inbox.flow.import_ import import_files
from inbox.model.ids import ThreadId
from inbox.model.words import CloseReason
from inbox.model.workspace import UNSORTED
from inbox.networks.demo import past
from inbox.store import mentions, threads
from inbox.store.engine import Store

NETWORK = "demo"
SUPERVISOR = "farid"


def bring_in(store: Store, folder: Path, account: str, *, now: datetime) -> None:
    """Import each week as it ended, move what the routing put elsewhere, and close it. Raises ``StoreError``."""
    for number, week in enumerate(past.weeks(account, now)):
        file = folder / f"week{number}.jsonl"
        file.write_text(week.lines, encoding="utf-8")
        import_files(store, [file], now=week.end)
        _set_right(store, week)


def _set_right(store: Store, week: past.Week) -> None:
    at = week.end + timedelta(minutes=30)
    by_area: dict[str, list[ThreadId]] = {}
    with store.read() as s:
        found = mentions.find(s, NETWORK, list(week.areas))
        ended = {ThreadId(found[key].thread_id): area for key, area in week.areas.items()}
        for row in threads.rows(s, list(ended)):
            if (row.area or UNSORTED) != ended[row.id]:
                by_area.setdefault(ended[row.id], []).append(row.id)
    for area, wrong in by_area.items():
        decide.move(store, wrong, area, actor=SUPERVISOR, now=at)
    decide.close(store, list(ended), CloseReason.ANSWERED, actor=SUPERVISOR, now=at + timedelta(hours=1))
