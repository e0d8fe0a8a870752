"""How long things took, as a backtest says it."""

from datetime import timedelta

import pytest

from inbox.flow.backtest.play import lasting


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(seconds=20), "20 s"),
        (timedelta(minutes=30), "30 min"),
        (timedelta(minutes=60), "1 h"),
        (timedelta(minutes=80), "1 h 20 min"),
        (timedelta(minutes=4845), "3 d 8 h"),
        (timedelta(days=2), "2 d"),
    ],
)
def test_lengths_are_said_in_units_that_people_use(span: timedelta, words: str) -> None:
    assert lasting(span) == words
