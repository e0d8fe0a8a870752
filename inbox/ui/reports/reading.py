"""Reads a report on a lane: its rows, the shape of its waits, and the days of a volume; stopped between the steps."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from inbox.model.report import By, Period, Question, ReportTable, Shape
from inbox.ui.reports.asked import TIMED, Asked, before, days, place

if TYPE_CHECKING:
    from inbox.flow.digest import Digest
    from inbox.store.engine import Session, Store

MOST_PLACES: Final = 35
"""Points of a volume's lines; a longer period is read in steps of several days."""
COUNTED: Final = ("mentions", "needing_reply", "answers")

Progress = Callable[[int, int], None]


class Stopped(Exception):
    """Nobody waits for the figures any more."""


@dataclass(frozen=True, slots=True)
class Found:
    """An answered question. ``kept_before`` is the share within target of the period before; ``course`` has a row of
    ``COUNTED`` for each step of a volume's period, by its first day; ``figures`` says what each line of the scorecard
    is computed from, None of what is entered by hand.
    """

    asked: Asked
    question: Question
    table: ReportTable
    shape: Shape | None
    kept_before: float | None
    course: tuple[tuple[date, tuple[int, ...]], ...]
    accounts: tuple[str, ...]
    figures: tuple[tuple[str, str | None], ...] = ()
    digest: "Digest | None" = None


def read(
    store: "Store", asked: Asked, zone: str, *, now: datetime, stopped: Callable[[], bool], progress: Progress
) -> Found:
    """The figures of some choices. Raises ``Stopped``, and ``ValueError`` for a report that there is not."""
    from inbox.flow import reports
    from inbox.store import accounts

    def step(done: int, of: int) -> None:
        if stopped():
            raise Stopped
        progress(done, of)

    question = asked.question(zone, now)
    said = _digest(store, question, now) if asked.report == "digest" else None
    table = reports.table(store, question, now=now) if said is None else _told(said, question)
    shape, kept = None, None
    if asked.report in TIMED:
        step(1, 3)
        shape = reports.shape(store, question, zone=zone, now=now)
        step(2, 3)
        kept = _kept(
            reports.table(store, replace(question, report="sla", period=before(question.period, now)), now=now)
        )
    spans = steps(asked, zone, now) if asked.report == "volume" else ()
    course = _course(store, question, spans, now, step)
    with store.read() as s:
        names = tuple(each.handle for each in accounts.all(s))
        lines = _lines(s) if asked.report == "scorecard" else ()
    return Found(asked, question, table, shape, kept, course, names, lines, said)


def _digest(store: "Store", question: Question, now: datetime) -> "Digest":
    """What customers said in the period, in the area that is kept."""
    from inbox.flow import digest

    area = next((key for by, key in question.only if by is By.AREA), None)
    others = tuple(each for each in question.only if each[0] is not By.AREA)
    period = replace(question.period, end=question.period.end or now)
    return digest.digest(store, area, period, now=now, only=others)


def _told(said: "Digest", question: Question) -> ReportTable:
    from inbox.flow import digest

    return digest.table_of([said], question)


def _lines(s: "Session") -> tuple[tuple[str, str | None], ...]:
    from inbox.flow.reports.score_lines import lines_of
    from inbox.store import config

    return tuple((each.name, each.figure) for each in lines_of(config.load(s)))


def _kept(table: ReportTable) -> float | None:
    """The share within target over all rows."""
    at = [column.key for column in table.columns]
    met = sum(int(row[at.index("met")] or 0) for row in table.rows)
    late = sum(int(row[at.index("breached")] or 0) for row in table.rows)
    return met / (met + late) if met + late else None


def _course(
    store: "Store",
    question: Question,
    spans: Sequence[tuple[date, Period]],
    now: datetime,
    step: Callable[[int, int], None],
) -> tuple[tuple[date, tuple[int, ...]], ...]:
    """What came in and went out in each step of the period."""
    from inbox.flow import reports

    found = []
    for at, (begin, span) in enumerate(spans):
        step(at, len(spans))
        table = reports.table(store, replace(question, by=By.NETWORK, period=span), now=now)
        names = [column.key for column in table.columns]
        sums = tuple(sum(int(row[names.index(name)] or 0) for row in table.rows) for name in COUNTED)
        found.append((begin, sums))
    return tuple(found)


def steps(asked: Asked, zone: str, now: datetime) -> tuple[tuple[date, Period], ...]:
    """The days of the period, or where they are many steps of several days: the first day of each and its time."""
    first, last = days(asked, zone, now)
    width = -(-((last - first).days + 1) // MOST_PLACES)
    begins = [first + timedelta(days=width * at) for at in range(((last - first).days + width) // width)]
    return tuple((begin, _time(begin, min(begin + timedelta(days=width - 1), last), zone)) for begin in begins)


def _time(first: date, last: date, zone: str) -> Period:
    """The time of some days, both included, in the zone."""
    here = place(zone)
    return Period(datetime.combine(first, time(), here), datetime.combine(last + timedelta(days=1), time(), here))
