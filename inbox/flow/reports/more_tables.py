"""Workload, outcomes and incidents as tables."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, Final

from inbox.flow.reports.rows import Row, busiest, by_name, summed
from inbox.flow.reports.spread import cells
from inbox.flow.reports.waits import spans
from inbox.model.report import Question
from inbox.store.engine import Session
from inbox.store.reports import incidents, outcomes, workload
from inbox.store.reports.groups import named
from inbox.store.reports.waits import Wait

MOODS: Final = {"negative": -1, "mixed": 0, "neutral": 0, "positive": 1}
"""What a sentiment counts for the mean."""


def workload_rows(s: Session, asked: Question, now: datetime) -> list[Row]:
    """Threads given, time in queue, handling, replies, and what waits at this moment; a row for each key."""
    name = named(s, asked.by)
    given = summed(name, workload.given(s, asked))
    replies, live = summed(name, workload.replies(s, asked)), summed(name, workload.open_now(s, asked))
    queued = _spans(s, asked, name, workload.queued(s, asked))
    handled = _spans(s, asked, name, workload.handled(s, asked))
    waiting = _spans(s, asked, name, workload.backlog(s, asked, now))
    found: list[Row] = []
    for key in {*given, *replies, *live, *queued, *handled, *waiting}:
        ages = cells(waiting.get(key, []))
        found.append((
            key, *given.get(key, [0, 0]), *cells(queued.get(key, [])), *cells(handled.get(key, [])),
            *replies.get(key, [0]), *live.get(key, [0]), *ages,
        ))  # fmt: skip
    return sorted(found, key=busiest)


def outcome_rows(s: Session, asked: Question, _: datetime) -> list[Row]:
    """How threads ended, and what became of the customer; a row for each key."""
    name = named(s, asked.by)
    sums: dict[str, dict[str, int]] = {}
    for group, counts in outcomes.counted(s, asked):
        known = sums.setdefault(name(group), dict.fromkeys(counts, 0))
        for each, n in counts.items():
            known[each] += n
    moods: dict[str, list[tuple[int, int]]] = {}
    for rows in outcomes.sentiments(s, asked):
        for group, first, last in rows:
            moods.setdefault(name(group), []).append((MOODS.get(first, 0), MOODS.get(last, 0)))
    return sorted((_outcome_row(key, n, moods.get(key, [])) for key, n in sums.items()), key=busiest)


def incident_rows(s: Session, asked: Question, _: datetime) -> list[Row]:
    """How long incidents took to be detected, acknowledged, stated and closed; a row for each key."""
    name = named(s, asked.by)
    counts: dict[str, int] = {}
    took: dict[tuple[str, str], list[int]] = {}
    for group, found in incidents.steps(s, asked):
        key = name(group)
        counts[key] = counts.get(key, 0) + 1
        for step, span in found.items():
            took.setdefault((key, step), []).append(max(span, 0))
    rows: list[Row] = [
        (key, n, *(cell for step in incidents.STEPS for cell in cells(took.get((key, step), []))))
        for key, n in counts.items()
    ]
    return sorted(rows, key=busiest)


def _outcome_row(key: str, n: dict[str, int], moods: list[tuple[int, int]]) -> Row:
    start = sum(first for first, _ in moods) / len(moods) if moods else None
    end = sum(last for _, last in moods) / len(moods) if moods else None
    return (
        key, n["threads"], n["needing"], n["answered"], _share(n["answered"], n["needing"]),
        *(n[f"closed_{each}"] for each in (*outcomes.CLOSED, "spam")),
        n["closed"], n["reopened"], _share(n["reopened"], n["closed"]),
        *(n[each] for each in outcomes.BECAME), len(moods), start, end,
    )  # fmt: skip


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _spans(
    s: Session, asked: Question, name: Callable[[Any], str], chunks: Iterable[list[Wait]]
) -> dict[str, list[int]]:
    return by_name(name, spans(s, asked.timing, chunks).items())
