"""When people write to the demo's brand in a week, and how long its answers took by area and hour. Pure."""

import random
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

_HOURS: Final = (2, 1, 1, 1, 2, 4, 9, 13, 15, 14, 12, 12, 13, 12, 11, 12, 14, 17, 18, 16, 13, 10, 7, 4)
_DAYS: Final = (10, 10, 9, 10, 12, 8, 7)
"""How much is written in each hour of the day, and on each day of the week from Monday on."""
_MINUTES: Final = {"Safety": 8, "Press": 70, "Billing": 38, "App support": 26}
_USUAL: Final = 24
_SPREAD: Final = 0.85
_STORM: Final = 9
"""So many days before the end a storm cancelled flights: more is written, and answers take longer."""


def moments(end: datetime, wanted: int, zone: ZoneInfo, dice: random.Random) -> list[datetime]:
    """So many moments of the week before ``end``, in order: most by day, few at night."""
    hours = [end - timedelta(hours=each) for each in range(1, 7 * 24 + 1)]
    weights = [_HOURS[here.hour] * _DAYS[here.weekday()] for here in (each.astimezone(zone) for each in hours)]
    found = dice.choices(hours, weights, k=wanted)
    return sorted(each + timedelta(seconds=dice.randrange(3600)) for each in found)


def wait(area: str, asked: datetime, latest: datetime, zone: ZoneInfo, dice: random.Random) -> timedelta:
    """How long an answer took: longer at night, at weekends, in the storm, and the longer ago the less practised."""
    here = asked.astimezone(zone)
    minutes = _MINUTES.get(area, _USUAL) * dice.lognormvariate(0, _SPREAD)
    if area != "Safety":
        minutes *= 2.8 if here.hour < 6 else 1.7 if here.hour >= 20 else 1.25 if here.hour in {12, 13} else 1.0  # noqa: PLR2004 - hours of a day
        minutes *= 1.7 if here.weekday() >= 5 else 1.0  # noqa: PLR2004 - Saturday and Sunday
    days = (latest - asked).days
    return timedelta(minutes=minutes * (2.3 if days == _STORM else 0.85 + 0.014 * min(days, 28)))
