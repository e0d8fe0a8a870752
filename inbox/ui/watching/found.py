"""What playing the history found, read from the document of ``inbox hot try``."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from inbox.model.ids import IncidentId

STEPS: Final = ((14, 1), (98, 7))
LONGEST_STEP: Final = 28
"""Days are drawn one by one for two weeks at most, weeks for fourteen, then four weeks at a time."""


@dataclass(frozen=True, slots=True)
class Real:
    """An incident that the workspace had. ``was_real`` is what people said of it, None for nothing yet; ``earlier`` how
    much earlier the settings would have opened it (less than nothing: later), None if never.
    """

    id: IncidentId
    title: str
    was_real: bool | None
    noticed_at: datetime
    earlier: timedelta | None


@dataclass(frozen=True, slots=True)
class Would:
    """An incident that would have been opened, and those of the workspace that are the same."""

    at: datetime
    title: str
    said: str
    severity: str
    signs: int
    real: tuple[Real, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """What one setting would have done; ``opened`` counts all, ``incidents`` are the first of them."""

    opened: int
    a_day: float
    false_a_day: float
    budget_a_day: float
    incidents: tuple[Would, ...]
    real: tuple[Real, ...]

    @property
    def confirmed(self) -> list[Real]:
        """What people confirmed."""
        return [each for each in self.real if each.was_real]

    @property
    def dismissed(self) -> list[Real]:
        """What people dismissed."""
        return [each for each in self.real if each.was_real is False]

    @property
    def missed(self) -> list[Real]:
        """What people confirmed and this would not have found."""
        return [each for each in self.confirmed if each.earlier is None]

    def found(self, of: list[Real]) -> int:
        """How many of these it would have opened."""
        return sum(each.earlier is not None for each in of)


@dataclass(frozen=True, slots=True)
class Tried:
    """The settings that were tried beside those in force, over the time from ``since`` up to ``until``."""

    since: datetime
    until: datetime
    mentions: int
    wanted: Side
    present: Side
    notes: tuple[str, ...]
    stopped: bool

    @property
    def step(self) -> int:
        """How many days one bar of the chart stands for."""
        days = (self.until - self.since) / timedelta(days=1)
        return next((step for most, step in STEPS if days <= most), LONGEST_STEP)

    def steps(self) -> list[tuple[date, int, int]]:
        """By the first day here of each step: how many incidents the settings in force would have opened, and these.

        The last step ends with the period, so that it is as long as the others.
        """
        last = self.until.astimezone().date()
        before, after = (
            Counter(self._back(each, last) for each in side.incidents) for side in (self.present, self.wanted)
        )
        count = self._place(self.since.astimezone().date(), last) + 1
        firsts = [last - timedelta(days=self.step * (back + 1) - 1) for back in range(count)]
        return [(firsts[back], before[back], after[back]) for back in reversed(range(count))]

    def _back(self, each: Would, last: date) -> int:
        return self._place(each.at.astimezone().date(), last)

    def _place(self, day: date, last: date) -> int:
        """How many steps before the last."""
        return (last - day).days // self.step


def tried(document: dict[str, Any]) -> Tried:
    """The document of ``inbox hot try``. Raises ``KeyError`` for one that is not."""
    return Tried(
        datetime.fromisoformat(document["since"]),
        datetime.fromisoformat(document["until"]),
        document["mentions"],
        _side(document["tried"]),
        _side(document["in_force"]),
        tuple(document["notes"]),
        document["stopped"],
    )


def _side(told: dict[str, Any]) -> Side:
    real = {each["id"]: _real(each) for each in told["real"]}
    incidents = tuple(
        Would(
            datetime.fromisoformat(each["at"]),
            each["title"],
            each["paragraph"],
            each["severity"],
            each["signs"],
            tuple(real[number] for number in each["real"] if number in real),
        )
        for each in told["incidents"]
    )
    figures = (told["opened"], told["alarms_a_day"], told["false_a_day"], told["budget_a_day"])
    return Side(*figures, incidents, tuple(real.values()))


def _real(each: dict[str, Any]) -> Real:
    earlier = each["earlier_seconds"]
    return Real(
        IncidentId(each["id"]),
        each["title"],
        each["was_real"],
        datetime.fromisoformat(each["noticed_at"]),
        None if earlier is None else timedelta(seconds=earlier),
    )
