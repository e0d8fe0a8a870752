"""Streams of mentions to watch: an ordinary account, and what can befall it."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from inbox.hot.seen import Seen

START = datetime(2026, 3, 2, tzinfo=UTC)
ACCOUNT = "ExampleAir"
_SUBJECTS = ("bag", "seat", "gate", "crew", "refund", "app", "delay", "meal", "ticket", "phone", "desk", "queue")
_VERBS = ("lost", "broken", "late", "rude", "missing", "closed", "slow", "wrong", "cold", "full")
_PLACES = ("Lisbon", "Oslo", "Accra", "Quito", "Delhi", "Perth", "Turin", "Leeds", "Porto", "Basel", "Dakar", "Sofia")


def ordinary(days: float, *, seed: int = 1, per_hour: float = 6.0) -> Iterator[Seen]:
    """What an account hears on ordinary days, at random times, from different people."""
    chance = random.Random(seed)
    at, end, number = START, START + timedelta(days=days), 0
    while (at := at + timedelta(hours=chance.expovariate(per_hour))) < end:
        number += 1
        words = f"{chance.choice(_SUBJECTS)} {chance.choice(_VERBS)} {chance.choice(_PLACES)} {chance.choice(_VERBS)}"
        yield Seen(f"o{number}", at, ACCOUNT, f"someone{number}", f"@ExampleAir {words} again, number {number}")


def after(days: float, **change: timedelta) -> datetime:
    """A moment in the stream."""
    return (
        START + timedelta(days=days) + timedelta(**{key: value / timedelta(seconds=1) for key, value in change.items()})
    )
