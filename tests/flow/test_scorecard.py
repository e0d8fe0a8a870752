"""The scorecard: what is computed, what is entered by hand, and both totals with their ratio."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from inbox.flow import decide, reports, scorecard
from inbox.flow.reports.score_lines import LINES
from inbox.model.report import FIGURES, By, Period, Question
from inbox.model.words import CloseReason
from inbox.model.workspace import ScoreLine, Side
from inbox.store import audit, config
from inbox.store.engine import Store
from inbox.store.errors import NotFound, Refused
from tests.flow.test_more_reports import END, _answer, _queue, minutes
from tests.support.desk import NOON, staffed


def _rows(store: Store, **more: Any) -> dict[tuple[str, str, str], tuple[Any, ...]]:
    made = reports.table(store, Question("scorecard", by=By.AREA, **more), now=END)
    return {(str(row[0]), str(row[1]), str(row[2])): row[3:] for row in made.rows}


def _keep(store: Store, *lines: ScoreLine) -> None:

    with store.write() as s:
        config.save(s, replace(config.load(s), scorecard=lines), "command", NOON)


def test_there_are_ten_lines_on_each_side_from_figures_that_exist() -> None:
    assert [sum(each.side is side for each in LINES) for side in Side] == [10, 10]
    assert {each.figure for each in LINES if each.figure is not None} <= set(FIGURES)
    assert len({each.name for each in LINES}) == len(LINES)


def test_every_figure_can_be_a_line(store: Store) -> None:
    staffed(store)
    _keep(store, *(ScoreLine(figure, Side.INWARD, figure) for figure in FIGURES))
    assert len(_rows(store)) == 3 * (len(FIGURES) + 3), "the company and two areas, each with two totals and a ratio"
    asked = Question("scorecard", by=By.AREA)
    for figure in FIGURES:
        assert reports.threads(store, asked, key=figure, now=END) == []


def test_lines_are_held_against_their_targets_and_the_totals_say_how_many_hold(store: Store) -> None:
    staffed(store)
    one, two = _queue(store, who="a"), _queue(store, who="b")
    _answer(store, one, "ana", minutes(10))
    decide.close(store, [one], CloseReason.ANSWERED, actor="ana", now=minutes(12))
    _keep(
        store,
        ScoreLine("median", Side.OUTWARD, "first response median", "min", higher_is_better=False, target=15),
        ScoreLine("rate", Side.OUTWARD, "response rate", "%", target=90, targets={"Billing": 50}),
        ScoreLine("backlog", Side.INWARD, "backlog", higher_is_better=False, target=1),
        ScoreLine("queue", Side.INWARD, "time in queue median", "min", higher_is_better=False, target=1),
        ScoreLine("mood", Side.INWARD, None, "of 5", target=4),
    )
    rows = _rows(store)
    assert rows["median", "outward", "whole company"][:4] == (pytest.approx(10), "min", 15, "yes")
    assert rows["rate", "outward", "whole company"][:4] == (pytest.approx(50), "%", 90, "no")
    assert rows["rate", "outward", "Billing"][2:4] == (50, "yes")
    assert rows["backlog", "inward", "whole company"][0] == 1
    assert rows["backlog", "inward", "Baggage"][0] == 0
    assert rows["mood", "inward", "whole company"][4] == "nothing entered yet"
    assert rows["On target", "outward", "whole company"][:2] == (1, "of 2 lines")
    assert rows["On target", "inward", "whole company"][1] == "of 2 lines"
    ratio = rows["Outward to inward", "", "whole company"][0]
    assert ratio == pytest.approx(0.5 / (rows["On target", "inward", "whole company"][0] / 2))
    asked = Question("scorecard", by=By.AREA)
    assert reports.threads(store, asked, key="median", now=END) == [one]
    with pytest.raises(NotFound, match="There is no area “Moon”"):
        _rows(store, only=((By.AREA, "Moon"),))
    assert reports.threads(store, asked, key="backlog", now=END) == [two]
    with pytest.raises(NotFound, match="no line"):
        reports.threads(store, asked, key="luck", now=END)


def test_a_figure_is_entered_for_a_day_and_the_newest_before_the_end_counts(store: Store) -> None:
    staffed(store)
    line = "Employees' satisfaction"

    def enter(value: float, day: date | None, area: str | None = None) -> scorecard.Entry:
        return scorecard.enter(store, line.upper(), value, area=area, day=day, actor="ana", now=END)

    enter(3.5, date(2026, 3, 1))
    assert enter(3.6, date(2026, 3, 1)).was == pytest.approx(3.5)
    enter(4.5, date(2026, 3, 20))
    enter(2.0, None, "billing")
    key = (line, "inward", "whole company")
    assert _rows(store)[key] == (4.5, "of 5", 4, "yes", "entered", "2026-03-20")
    assert _rows(store, period=Period(end=datetime(2026, 3, 10, tzinfo=UTC)))[key][0] == pytest.approx(3.6)
    assert _rows(store, only=((By.AREA, "Billing"),))[line, "inward", "Billing"][0] == 2.0
    with store.read() as s:
        event = audit.newest_of(s, ["score"])
    assert event is not None
    assert (event.actor, event.details["area"], event.details["value"]) == ("ana", "Billing", 2.0)


@pytest.mark.parametrize(
    ("line", "area", "days", "refused"),
    [
        ("Luck", None, 0, (NotFound, "no line")),
        ("Backlog", None, 0, (Refused, "is computed")),
        ("Customers' satisfaction", "Moon", 0, (NotFound, "Moon")),
        ("Customers' satisfaction", None, 2, (Refused, "still to come")),
    ],
)
def test_what_cannot_be_entered_is_refused_and_said(
    store: Store, line: str, area: str | None, days: int, refused: tuple[type[Exception], str]
) -> None:
    staffed(store)
    day = (END + timedelta(days=days)).date()
    with pytest.raises(refused[0], match=refused[1]):
        scorecard.enter(store, line, 4, area=area, day=day, actor="ana", now=END)
