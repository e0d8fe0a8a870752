"""Streams of mentions to watch: an ordinary account, and what can befall it."""

import math
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from inbox.hot.seen import Seen

START = datetime(2026, 3, 2, tzinfo=UTC)
ACCOUNT = "ExampleAir"
BERLIN = ZoneInfo("Europe/Berlin")
MONDAYS = datetime(2026, 2, 2, tzinfo=UTC)
WEDNESDAY = datetime(2026, 4, 8, 7, tzinfo=UTC)
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


def onset_of(seed: int, quiet: timedelta = timedelta(days=14)) -> datetime:
    """When a stream of that seed begins to climb: within a day of the quiet time's end."""
    return START + quiet + timedelta(hours=random.Random(-seed).uniform(0, 24))


def climbing(
    times: float,
    over: timedelta,
    *,
    per_hour: float,
    seed: int = 1,
    quiet: timedelta = timedelta(days=14),
    wave: float = 0.0,
    differ: float = 0.0,
) -> Iterator[Seen]:
    """Different people with nothing in common, in steps of chance: from the onset on the rate climbs evenly to
    ``times`` the usual within ``over``, and stays there for 12 hours. ``wave`` is how far day and night lie from the
    mean, ``differ`` the logarithmic deviation of whole days.
    """
    chance, onset = random.Random(seed), onset_of(seed, quiet)
    at, number, end = START, 0, onset + over + timedelta(hours=12)
    days = [math.exp(chance.gauss(0, differ)) for _ in range((end - START).days + 1)]
    highest = per_hour * (1 + wave) * times * max(days)
    while (at := at + timedelta(hours=chance.expovariate(highest))) < end:
        hours = (at - START) / timedelta(hours=1)
        rate = per_hour * days[int(hours // 24)] * (1 + wave * math.sin((hours - 9) / 12 * math.pi))
        rate *= 1 + (times - 1) * min(max((at - onset) / over, 0.0), 1.0)
        if chance.random() < rate / highest:
            number += 1
            yield Seen(f"r{number}", at, ACCOUNT, f"anyone{number}", f"{number}a {number}b")


def busy_mondays(weeks: int) -> Iterator[Seen]:
    """An account to which four times as many write on Monday mornings in Berlin, and once on a Wednesday."""
    chance = random.Random(3)
    at, number = MONDAYS, 0
    while (at := at + timedelta(hours=chance.expovariate(80))) < MONDAYS + timedelta(weeks=weeks):
        local = at.astimezone(BERLIN)
        busy = (local.weekday() == 0 and 8 <= local.hour < 11) or WEDNESDAY <= at < WEDNESDAY + timedelta(hours=3)
        if busy or chance.random() < 1 / 4:
            number += 1
            yield Seen(str(number), at, ACCOUNT, f"p{number}", f"{number}a")
