"""What is asked of staffing, and what the command's document says."""

from dataclasses import dataclass
from typing import Any, Final

DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be worked out. ``area`` None is all as one team, ``minutes`` None as measured, ``target`` (minutes)
    None what policies promise.
    """

    area: str | None = None
    metric: str = "first"
    days: int = 28
    share: float = 0.9
    minutes: int | None = None
    target: int | None = None

    def words(self) -> list[str]:
        """The arguments of the command."""
        found = ["--metric", self.metric, "--since", f"{self.days}d", "--share", str(self.share)]
        found += [] if self.area is None else [f"--area={self.area}"]
        for name, minutes in (("--handling", self.minutes), ("--target", self.target)):
            found += [] if minutes is None else [name, f"{minutes}m"]
        return found


@dataclass(frozen=True, slots=True)
class Hour:
    """One hour of the week: answers asked for on average, people needed, and on shift (the hour's average)."""

    arrivals: float
    needed: int
    on_shift: float

    @property
    def short(self) -> bool:
        """Whether fewer are on shift than are needed."""
        return self.on_shift < self.needed


@dataclass(frozen=True, slots=True)
class Found:
    """The document's figures; ``week[day][hour]`` begins on Monday. Shares are None without deadlines."""

    week: tuple[tuple[Hour, ...], ...]
    answers: int
    counted: int
    target_share: float
    handling_seconds: float
    handling_from: str
    share_now: float | None
    share_with_needed: float | None
    definition: str
    notes: tuple[str, ...]

    @property
    def short_hours(self) -> int:
        """How many hours of the week have fewer people than they need."""
        return sum(hour.short for day in self.week for hour in day)

    @property
    def needed_hours(self) -> int:
        """The hours of work that a week needs."""
        return sum(hour.needed for day in self.week for hour in day)

    @property
    def shift_hours(self) -> float:
        """The hours of work that the shifts of a week give."""
        return sum(hour.on_shift for day in self.week for hour in day)


def found(document: dict[str, Any]) -> Found:
    """The document of ``inbox staffing``. Raises ``KeyError`` for one that is not."""
    hours = {
        (each["day"], each["hour"]): Hour(each["arrivals"], each["needed"], each["on_shift"])
        for each in document["hours"]
    }
    return Found(
        tuple(tuple(hours[day, hour] for hour in range(24)) for day in DAYS),
        document["answers"],
        document["counted"],
        document["target_share"],
        document["handling_seconds"],
        document["handling_from"],
        document["share_now"],
        document["share_with_needed"],
        document["definition"],
        tuple(document["notes"]),
    )
