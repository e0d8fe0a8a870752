"""Late news: what a post that arrives after the fact changes about what was recorded, said in plain values.

Normal progress is no news: a clock that starts, pauses, is due anew, is met or breaches as time passes.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from inbox.flow.clock_words import CORRECTED, event_sentence
from inbox.model.ids import ThreadId
from inbox.model.notice import Notice, NoticeKind
from inbox.model.thread import Reason
from inbox.model.words import Metric, ReasonStep
from inbox.model.workspace import Workspace
from inbox.sla.hours import zone
from inbox.store import audit, late, notices, reasons
from inbox.store.clocks import ClockRow
from inbox.store.engine import Session


@dataclass(frozen=True, slots=True)
class Correction:
    """One recorded time that was wrong. ``told`` is the clock as people may have been told of its breach."""

    metric: Metric
    cycle: int
    field: str
    was: datetime | None
    became: datetime | None
    told: ClockRow | None = None


def corrections(pairs: Iterable[tuple[ClockRow, ClockRow | None]], gone: Iterable[ClockRow]) -> list[Correction]:
    """What was recorded otherwise, of clocks as (now, before) and of those that should never have been."""
    found: list[Correction] = []
    for row, was in pairs:
        if was is not None:
            found.extend(_changed(row, was))
        elif row.breached_at is not None:
            found.append(Correction(row.metric, row.cycle, "breach", None, row.breached_at))
    for was in gone:
        told = was if was.breached_at is not None else None
        found.append(Correction(was.metric, was.cycle, "clock", was.started_at, None, told))
    return found


def _changed(row: ClockRow, was: ClockRow) -> Iterable[Correction]:
    if row.started_at != was.started_at and (row.mention_id != was.mention_id or row.mention_id is None):
        yield Correction(row.metric, row.cycle, "start", was.started_at, row.started_at)
    for field, before, after in (
        ("met", was.met_at, row.met_at),
        ("cancelled", was.cancelled_at, row.cancelled_at),
    ):
        if before is not None and after != before:
            yield Correction(row.metric, row.cycle, field, before, after)
    if row.breached_at != was.breached_at:
        told = was if row.breached_at is None else None
        yield Correction(row.metric, row.cycle, "breach", was.breached_at, row.breached_at, told)


def tell(
    s: Session,
    found: Mapping[ThreadId, Sequence[Correction]],
    because: Mapping[ThreadId, str],
    *,
    workspace: Workspace,
    now: datetime,
) -> None:
    """Write an audit event and a reason for each correction, and tell those who were told of a breach that was none."""
    wanted = {key: these for key, these in found.items() if these and key in because}
    if not wanted:
        return
    events = [(key, _details(each, because[key])) for key, these in wanted.items() for each in these]
    audit.record_many(s, "collector", CORRECTED, events, now)
    here = zone(workspace.settings.time_zone)
    said = [
        (key, None, Reason(ReasonStep.POLICY, event_sentence(CORRECTED, details, here), now, (), {"clock": CORRECTED}))
        for key, details in events
    ]
    reasons.add(s, said)
    _take_back(s, {key: [each for each in these if each.told] for key, these in wanted.items()}, because, now)


def _details(each: Correction, because: str) -> dict[str, Any]:
    return {
        "metric": str(each.metric),
        "cycle": each.cycle,
        "field": each.field,
        "was": None if each.was is None else each.was.isoformat(),
        "became": None if each.became is None else each.became.isoformat(),
        "because": because,
    }


def _take_back(
    s: Session, found: Mapping[ThreadId, Sequence[Correction]], because: Mapping[ThreadId, str], now: datetime
) -> None:
    keys = {
        f"breach:{key}:{each.told.metric}:{each.told.cycle}:{each.told.breached_at.isoformat()}": key
        for key, these in found.items()
        for each in these
        if each.told is not None and each.told.breached_at is not None
    }
    told = notices.told_of(s, keys)
    threads = late.threads(s, {keys[key] for _, key in told})
    rows = [
        Notice(
            0,
            employee,
            now,
            NoticeKind.CORRECTED,
            keys[key],
            f"Not late after all: {threads[keys[key]].author}. {because[keys[key]]}",
            f"not late:{key}",
        )
        for employee, key in told
    ]
    notices.add(s, rows)
