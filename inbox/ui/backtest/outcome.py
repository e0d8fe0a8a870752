"""What a backtest found, read from the command's document."""

from dataclasses import dataclass
from typing import Any

from inbox.model.ids import ThreadId
from inbox.model.workspace import UNSORTED


@dataclass(frozen=True, slots=True)
class AreaFigures:
    """Threads and missed deadlines of one area; None where they cannot be computed."""

    area: str
    before: int
    after: int
    missed_before: int | None
    missed_after: int | None
    gone: bool

    @property
    def change(self) -> int:
        """How many more threads it would get."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Differing:
    """A thread that would go elsewhere, and why."""

    thread: ThreadId
    author: str
    text: str
    before: str
    after: str
    why: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """The document's figures. ``hours`` are (area, hour, before, after); ``coverage`` (threshold, share)."""

    threads: int
    moved: int
    areas: tuple[AreaFigures, ...]
    hours: tuple[tuple[str, int, int, int], ...]
    missed_before: int | None
    missed_after: int | None
    unsorted_before: int
    unsorted_after: int
    corrected: int
    right_before: int
    right_after: int
    coverage: tuple[tuple[float, float], ...]
    examples: tuple[Differing, ...]
    seconds: float
    notes: tuple[str, ...]

    def area(self, name: str) -> AreaFigures:
        """The figures of an area; all 0 for one that no thread came to."""
        known = None if self.missed_after is None else 0
        nothing = AreaFigures(name, 0, 0, None if self.missed_before is None else 0, known, gone=False)
        return next((each for each in self.areas if each.area == name), nothing)

    def most_changed(self) -> str | None:
        """The area whose load changes most; None where nothing moves. Unsorted is told apart from areas."""
        found = [each for each in self.areas if each.area != UNSORTED and each.change]
        return max(found, key=lambda each: abs(each.change)).area if found else None


def outcome(document: dict[str, Any]) -> Outcome:
    """Reads the document of ``inbox backtest --json``. Raises ``KeyError`` or ``TypeError`` for something else."""
    areas = tuple(
        AreaFigures(
            each["area"], each["before"], each["after"], each["missed_before"], each["missed_after"], each["gone"]
        )
        for each in document["by_area"]
    )
    examples = tuple(
        Differing(
            ThreadId(each["thread"]), each["author"], each["text"], each["before"], each["after"], each["why"]
        )
        for each in document["examples"]
    )  # fmt: skip
    same = {name: document[name] for name in _SAME}
    return Outcome(
        areas=areas,
        examples=examples,
        hours=tuple((each["area"], each["hour"], each["before"], each["after"]) for each in document["by_hour"]),
        coverage=tuple((at, share) for at, share in document["coverage"]),
        notes=tuple(document["notes"]),
        **same,
    )


_SAME = (
    "threads", "moved", "missed_before", "missed_after", "unsorted_before", "unsorted_after", "corrected",
    "right_before", "right_after", "seconds",
)  # fmt: skip
