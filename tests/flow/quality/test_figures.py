"""Shares, areas, confusions, periods and calibration, worked out from choices and moves alone."""

from datetime import UTC, date, datetime, timedelta

import pytest

from inbox.flow.quality.calibration import calibration
from inbox.flow.quality.outcomes import Outcome, by_area, by_step, confusions, left_to_people, outcomes, stayed
from inbox.flow.quality.periods import by_period, step_of
from inbox.model.ids import MentionId, ThreadId
from inbox.model.words import ReasonStep
from inbox.model.workspace import UNSORTED
from inbox.store.quality import Moved, Placed

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def put(
    number: int, area: str | None, *, rule: str | None = None, said: float | None = None, at: datetime = NOON
) -> Placed:
    step = ReasonStep.RULE if rule else ReasonStep.LEARNED if said is not None else ReasonStep.KEYWORD
    return Placed(ThreadId(number), MentionId(number), at, area, step, rule, said)


def went(number: int, was: str, became: str, hours: float = 1) -> Moved:
    return Moved(ThreadId(number), was, became, NOON + hours * HOUR)


def mixed() -> list[Outcome]:
    """Baggage got 1, 2 and 3, of which 3 is Billing's; Billing got 4; a person sorted 5 into Billing; 6 waits."""
    choices = [put(1, "Baggage"), put(2, "Baggage"), put(3, "Baggage"), put(4, "Billing"), put(5, None), put(6, None)]
    return outcomes(choices, [went(3, "Baggage", "Billing"), went(5, UNSORTED, "Billing")])


def test_accuracy_counts_what_nobody_moved() -> None:
    found = stayed(mixed())
    assert (found.right, found.n, found.value) == (3, 4, 0.75)
    assert found.threads == (3, 4, 2, 1)


def test_what_was_left_to_a_person_is_counted_apart() -> None:
    found = left_to_people(mixed())
    assert (found.right, found.n) == (4, 6)


def test_an_area_has_a_precision_and_a_recall() -> None:
    figures = {each.area: each for each in by_area(mixed())}
    assert figures["Baggage"].kept.value == pytest.approx(2 / 3)
    assert figures["Baggage"].found.value == 1.0
    assert figures["Billing"].kept.value == 1.0
    assert figures["Billing"].found.value == pytest.approx(1 / 3)


def test_what_was_moved_back_stayed() -> None:
    found = outcomes([put(1, "Baggage")], [went(1, "Baggage", "Billing"), went(1, "Billing", "Baggage", 2)])
    assert stayed(found).value == 1.0


def test_a_move_from_before_the_choice_concerns_an_earlier_one() -> None:
    found = outcomes([put(1, "Baggage")], [went(1, "Billing", "Baggage", -1)])
    assert found[0].moved_at is None


def test_each_rule_is_judged_by_itself() -> None:
    choices = [put(1, "Baggage", rule="lost bag"), put(2, "Baggage", rule="lost bag"), put(3, "Billing", said=0.8)]
    figures = by_step(outcomes(choices, [went(2, "Baggage", "Billing")]))
    assert [(each.step, each.rule, each.kept.value) for each in figures] == [
        ("rule", "lost bag", 0.5),
        ("learned", None, 1.0),
    ]


def test_the_costliest_confusion_is_the_one_that_lost_most_time() -> None:
    choices = [put(1, "Baggage"), put(2, "Baggage"), put(3, "Billing")]
    moves = [went(1, "Baggage", "Billing", 1), went(2, "Baggage", "Billing", 2), went(3, "Billing", "Press", 9)]
    found = confusions(outcomes(choices, moves), lambda ids: {ids[0]})
    assert [(each.put, each.belongs, each.n, each.waited, each.missed) for each in found] == [
        ("Billing", "Press", 1, 9 * HOUR, 0),
        ("Baggage", "Billing", 2, 3 * HOUR, 1),
    ]


def test_nothing_gives_no_figure() -> None:
    assert stayed([]).value is None
    assert by_area([]) == []
    assert calibration([], {}).error is None


def test_calibration_compares_what_was_said_with_what_was_right() -> None:
    sure = [put(number, "Baggage", said=0.85) for number in range(10)]
    wrong = [went(number, "Baggage", "Billing") for number in range(3)]
    found = calibration(outcomes(sure, wrong), {})
    assert [(each.low, each.high, each.right.value) for each in found.bins] == [(0.8, 0.9, 0.7)]
    assert found.error == pytest.approx(0.15)


def test_an_unsure_guess_counts_once_a_person_sorted_it() -> None:
    choices = [put(1, None, said=0.4), put(2, None, said=0.4), put(3, None, said=0.4)]
    moves = [went(1, UNSORTED, "Baggage"), went(2, UNSORTED, "Billing")]
    guesses = {ThreadId(number): "Baggage" for number in (1, 2, 3)}
    found = calibration(outcomes(choices, moves), guesses)
    assert [(each.right.right, each.right.n) for each in found.bins] == [(1, 2)]


def test_days_are_those_of_the_workspace_and_empty_ones_are_there() -> None:
    late = datetime(2026, 3, 1, 2, tzinfo=UTC)  # still 28 February in New York
    found = outcomes([put(1, "Baggage", at=late), put(2, "Baggage")], [])
    periods = by_period(found, "day", "America/New_York", late, NOON + HOUR)
    assert [(each.begin, each.kept.n) for each in periods] == [
        (date(2026, 2, 28), 1),
        (date(2026, 3, 1), 0),
        (date(2026, 3, 2), 1),
    ]


def test_weeks_begin_on_mondays_and_months_on_the_first() -> None:
    found = outcomes([put(1, "Baggage", at=NOON + 5 * 24 * HOUR)], [])
    weeks = by_period(found, "week", "UTC", NOON, NOON + 10 * 24 * HOUR)
    assert [(each.begin, each.placed.n) for each in weeks] == [(date(2026, 3, 2), 1), (date(2026, 3, 9), 0)]
    months = by_period(found, "month", "UTC", NOON - 40 * 24 * HOUR, NOON + 10 * 24 * HOUR)
    assert [each.begin for each in months] == [date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)]


@pytest.mark.parametrize(("days", "step"), [(7, "day"), (30, "day"), (90, "week"), (900, "month")])
def test_a_longer_time_has_longer_steps(days: int, step: str) -> None:
    assert step_of(timedelta(days=days)) == step


def test_a_month_of_which_most_days_had_nothing_is_shown_by_week() -> None:
    days = [put(number, "Baggage", at=NOON - number * 7 * 24 * HOUR) for number in range(4)]
    assert step_of(timedelta(days=30), outcomes(days, [])) == "week"
    assert step_of(timedelta(days=7), outcomes(days[:1], [])) == "day"
