"""The scorecard: outward and inward lines, each against its target, with both totals and their ratio."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from inbox.flow.reports.rows import Cell, Row
from inbox.flow.reports.score_figures import COMPANY, Figures, Values
from inbox.flow.reports.score_lines import lines_of
from inbox.model.report import By, Question
from inbox.model.workspace import UNSORTED, ScoreLine, Side
from inbox.store import config, scores
from inbox.store.engine import Session
from inbox.store.errors import NotFound
from inbox.store.scores import Entered

COMPUTED, BY_HAND, NOTHING = "computed", "entered", "nothing entered yet"
TOTAL, RATIO, WHOLE = "On target", "Outward to inward", "whole company"
_WORDS: Final = {True: "yes", False: "no", None: None}


@dataclass(frozen=True, slots=True)
class Score:
    """A line in one area (empty: the company): its value, where that is from, and the target."""

    line: ScoreLine
    area: str
    value: float | None
    target: float | None
    entered: Entered | None = None

    @property
    def on_target(self) -> bool | None:
        """At the target or better; None without a value or a target."""
        if self.value is None or self.target is None:
            return None
        return self.value >= self.target if self.line.higher_is_better else self.value <= self.target

    def row(self) -> Row:
        """As a row of the table."""
        known = COMPUTED if self.line.figure is not None else BY_HAND if self.entered is not None else NOTHING
        day = None if self.entered is None else self.entered.at.date().isoformat()
        return (
            self.line.name, str(self.line.side), self.area or WHOLE, self.value, self.line.unit, self.target,
            _WORDS[self.on_target], known, day,
        )  # fmt: skip


def scorecard_rows(s: Session, asked: Question, now: datetime) -> list[Row]:
    """The company's lines and totals, then each area's."""
    rows: list[Row] = []
    for area, found in scores_of(s, asked, now).items():
        rows.extend(each.row() for side in Side for each in found if each.line.side is side)
        rows.extend(totals(area, found))
    return rows


def scores_of(s: Session, asked: Question, now: datetime) -> dict[str, list[Score]]:
    """Every line by area, the company first under an empty name; ``only`` may name areas."""
    workspace = config.load(s)
    lines = lines_of(workspace)
    wanted = [key for by, key in asked.only if by is By.AREA]
    known = [each.name for each in workspace.areas]
    for name in wanted:
        if name not in {*known, UNSORTED}:
            raise NotFound(f"There is no area “{name}”.")
    areas = wanted or [COMPANY, *known]
    figures = Figures(
        s, replace(asked, only=tuple(each for each in asked.only if each[0] is not By.AREA)), workspace, now
    )
    values = {figure: figures.of(figure) for figure in {line.figure for line in lines} if figure is not None}
    entered = scores.newest(s, asked.period.end or now)
    return {area: [_score(line, area, values, entered) for line in lines] for area in areas}


def totals(area: str, found: Sequence[Score]) -> list[Row]:
    """How many lines of each side are on target, and the ratio of both shares."""
    shares: list[float | None] = []
    rows: list[Row] = []
    for side in Side:
        judged = [each.on_target for each in found if each.line.side is side and each.on_target is not None]
        met: Cell = sum(judged) if judged else None
        shares.append(sum(judged) / len(judged) if judged else None)
        rows.append(
            (TOTAL, str(side), area or WHOLE, met, f"of {len(judged)} lines", float(len(judged)), None, COMPUTED, None)
        )
    outward, inward = shares
    ratio = outward / inward if outward is not None and inward else None
    rows.append((RATIO, "", area or WHOLE, ratio, "", None, None, COMPUTED, None))
    return rows


def _score(line: ScoreLine, area: str, values: dict[str, Values], entered: dict[tuple[str, str], Entered]) -> Score:
    """An area without a target of its own is held against the company's."""
    target = line.targets.get(area, line.target)
    if line.figure is not None:
        return Score(line, area, values[line.figure].get(area), target)
    known = entered.get((line.name, area))
    return Score(line, area, None if known is None else known.value, target, known)
