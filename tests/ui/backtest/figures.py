"""What a backtest's command prints, for tests and pictures, and children that stand in for it."""

import json
import sys
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

AREAS = (
    ("Baggage", 702, 739, 61, 66), ("Rebooking", 311, 311, 20, 20), ("Billing", 61, 61, 3, 3),
    ("App support", 144, 143, 9, 9), ("Unsorted", 88, 54, 14, 6),
)  # fmt: skip
EXAMPLES = (
    (11, "aurelio", "So where is my bag, Example Air? Carousel 4 is empty.", "Unsorted", "Baggage"),
    (12, "nils.h", "App says delivered. where is my bike box then?", "App support", "Baggage"),
    (13, "chiamaka", "My luggage has been to more countries than I have.", "Unsorted", "Baggage"),
)


def document(**changes: Any) -> dict[str, Any]:
    """The document of a run; ``changes`` replace parts of it."""
    areas = ("area", "before", "after", "missed_before", "missed_after")
    hours = [
        {"area": area, "hour": hour, "before": (n * hour * 7) % 31, "after": (n * hour * 7) % 31 + (hour % 3 == 0)}
        for n, (area, *_) in enumerate(AREAS, start=1)
        for hour in range(24)
        if (hour + n) % 5
    ]
    named = ("thread", "author", "text", "before", "after")
    why = "The rule “Lost bag” chose Baggage because of “my luggage”."
    usual = {
        "threads": 6218, "moved": 38,
        "by_area": [{**dict(zip(areas, each, strict=True)), "gone": False} for each in AREAS],
        "missed_before": 107, "missed_after": 104,
        "examples": [{**dict(zip(named, each, strict=True)), "why": why} for each in EXAMPLES],
        "since": "2026-10-24T00:00:00Z", "until": "2026-11-23T00:00:00Z",
        "unsorted_before": 88, "unsorted_after": 54, "by_hour": hours,
        "corrected": 40, "right_before": 21, "right_after": 33,
        "confidence_before": 0.55, "confidence_after": 0.55,
        "coverage": [[step / 20, round(1 - (step / 20) ** 2 * 0.7, 3)] for step in range(21)],
        "simulated_before": 96, "simulated_after": 93, "handling": {"Baggage": 720}, "seconds": 1.4,
        "notes": ["Answers take as long as they took: 12 min (median of 1,704) from being given to being answered."],
        "stopped": False,
    }  # fmt: skip
    return usual | changes


Make = Callable[[str, str, timedelta], Sequence[str]]


def script(text: str) -> Make:
    """A child that runs a few lines of Python; ``FILE`` in them is the file that it was given."""

    def make(_address: str, file: str, _since: timedelta) -> list[str]:
        return [sys.executable, "-c", text.replace("FILE", repr(file))]

    return make


def says(**changes: Any) -> Make:
    """A child that tells its progress and prints a document."""
    told = json.dumps(document(**changes))
    lines = ("import sys", 'sys.stderr.write(\'{"done": 0, "of": 9}\\n{"done": 9, "of": 9}\\n\')', f"print({told!r})")
    return script("; ".join(lines))


SLEEPS = script("import time; time.sleep(60)")
