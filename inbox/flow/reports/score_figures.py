"""What lines of the scorecard are computed from: every figure for the company and for each area."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from typing import Any, Final

from inbox.flow.reports.more_tables import MOODS
from inbox.flow.reports.rows import by_name, summed
from inbox.flow.reports.spread import Spread, collect, spread
from inbox.flow.reports.waits import measured, spans
from inbox.model.report import By, Question
from inbox.model.words import Metric
from inbox.model.workspace import Workspace
from inbox.store.engine import Session
from inbox.store.reports import counts, incidents, outcomes, waits, workload
from inbox.store.reports.groups import named

COMPANY: Final = ""
"""The area that stands for all of them."""
Values = Mapping[str, float]
"""A figure by area; what cannot be told is left out. Times in minutes, shares in percent."""
_HUNDRED: Final = 100


class Figures:
    """The figures of one period, each group of them read once, when it is first asked for."""

    def __init__(self, s: Session, asked: Question, workspace: Workspace, now: datetime) -> None:
        self._s = s
        self._asked = replace(asked, by=By.AREA)
        self._workspace = workspace
        self._now = now
        self._name = named(s, By.AREA)

    def of(self, figure: str) -> Values:
        """One of ``model.report.FIGURES``. Raises ``KeyError`` for another."""
        metric = next((metric for metric in Metric if figure.startswith(SPOKEN[metric])), None)
        if metric is not None:
            return self._of_metric(metric, figure.removeprefix(SPOKEN[metric]).strip())
        makers: dict[str, Callable[[], Values]] = {
            "response rate": lambda: self._shares(self._outcomes, "answered", "needing"),
            "reopen rate": lambda: self._shares(self._outcomes, "reopened", "closed"),
            "thanks in public": lambda: {area: n["thanks_in_public"] for area, n in self._outcomes.items()},
            "backlog": self._backlog,
            "reassignments": self._reassignments,
            "handling time median": lambda: _medians(self._spans(workload.handled(self._s, self._asked))),
            "time in queue median": lambda: _medians(self._spans(workload.queued(self._s, self._asked))),
            "sentiment change": self._sentiment,
            "mentions": lambda: self._counts(counts.volume(self._s, self._asked), 0),
            "incident time to acknowledge": self._acknowledged,
            "routing accuracy": self._accuracy,
        }
        return makers[figure]()

    def _of_metric(self, metric: Metric, what: str) -> Values:
        asked = replace(self._asked, metric=metric)
        if what == "in target":
            sums = _with_company(summed(self._name, waits.targets(self._s, asked)))
            return {area: _HUNDRED * n[0] / (n[0] + n[1]) for area, n in sums.items() if n[0] + n[1]}
        found = self._responses(metric)
        return {area: each.median if what == "median" else each.p90 for area, each in found.items()}

    def _responses(self, metric: Metric) -> dict[str, Spread]:
        if metric not in self._known:
            asked = replace(self._asked, metric=metric)
            self._known[metric] = _spreads(by_name(self._name, collect(measured(self._s, asked)).items()))
        return self._known[metric]

    @cached_property
    def _known(self) -> dict[Metric, dict[str, Spread]]:
        return {}

    @cached_property
    def _outcomes(self) -> dict[str, dict[str, int]]:
        found: dict[str, dict[str, int]] = {}
        for group, n in outcomes.counted(self._s, self._asked):
            for area in (COMPANY, self._name(group)):
                known = found.setdefault(area, dict.fromkeys(n, 0))
                for name, each in n.items():
                    known[name] += each
        return found

    def _shares(self, found: Mapping[str, Mapping[str, int]], part: str, whole: str) -> Values:
        return {area: _HUNDRED * n[part] / n[whole] for area, n in found.items() if n[whole]}

    def _counts(self, found: Iterable[tuple[Any, ...]], place: int) -> Values:
        return {area: float(n[place]) for area, n in _with_company(summed(self._name, found)).items()}

    def _backlog(self) -> Values:
        none = dict.fromkeys((COMPANY, *(each.name for each in self._workspace.areas)), 0.0)
        found = self._spans(workload.backlog(self._s, self._asked, self._now))
        return none | {area: float(each.n) for area, each in found.items()}

    def _reassignments(self) -> Values:
        sums = _with_company(summed(self._name, workload.given(self._s, self._asked)))
        return {area: _HUNDRED * again / n for area, (n, again) in sums.items() if n}

    def _sentiment(self) -> Values:
        changes: dict[str, list[int]] = {}
        for rows in outcomes.sentiments(self._s, self._asked):
            for group, first, last in rows:
                changes.setdefault(self._name(group), []).append(MOODS.get(last, 0) - MOODS.get(first, 0))
        return {area: sum(each) / len(each) for area, each in _whole(changes).items()}

    def _acknowledged(self) -> Values:
        found: dict[str, list[int]] = {}
        for group, steps in incidents.steps(self._s, self._asked):
            if "acknowledge" in steps:
                found.setdefault(self._name(group), []).append(max(steps["acknowledge"], 0))
        return _medians(_spreads(found))

    def _accuracy(self) -> Values:
        # Imported here: the routing's quality reads models and rules, which other figures do not need.
        from inbox.flow.quality.outcomes import by_area, outcomes, stayed
        from inbox.store import quality

        period = self._asked.period
        until = period.end or self._now
        chosen = quality.placed(self._s, period.start, until, quality.MOST)
        if not chosen:
            return {}
        found = outcomes(chosen, quality.moved(self._s, chosen[0].at, self._now, quality.MOST))
        shares = {COMPANY: stayed(found).value, **{each.area: each.kept.value for each in by_area(found)}}
        return {area: _HUNDRED * value for area, value in shares.items() if value is not None}

    def _spans(self, chunks: Iterable[list[waits.Wait]]) -> dict[str, Spread]:
        return _spreads(by_name(self._name, spans(self._s, self._asked.timing, chunks).items()))


SPOKEN: Final = {Metric.FIRST: "first response", Metric.NEXT: "next response", Metric.RESOLUTION: "resolution"}


def _whole(values: Mapping[str, list[int]]) -> dict[str, list[int]]:
    """With all areas together as the company."""
    return {COMPANY: [one for each in values.values() for one in each], **values} if values else {}


def _with_company(sums: Mapping[str, list[int]]) -> dict[str, list[int]]:
    return {COMPANY: [sum(each) for each in zip(*sums.values(), strict=True)], **sums} if sums else {}


def _spreads(values: Mapping[str, list[int]]) -> dict[str, Spread]:
    return {area: found for area, each in _whole(values).items() if (found := spread(each)) is not None}


def _medians(found: Mapping[str, Spread]) -> Values:
    return {area: each.median for area, each in found.items()}
