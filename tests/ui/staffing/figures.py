"""What staffing's command prints, for tests, and children that stand in for it."""

import json
import sys
from collections.abc import Callable, Sequence
from typing import Any

from inbox.ui.staffing.found import DAYS, Asked

Make = Callable[[str, Asked], Sequence[str]]


def document(**changes: Any) -> dict[str, Any]:
    """The document of an answer: Tuesday at 10 needs three and has one; by day one is needed and two are there."""
    hours = [
        {"day": day, "hour": hour, "arrivals": 1.5, "needed": int(9 <= hour < 17), "on_shift": 2.0 * (8 <= hour < 17)}
        for day in DAYS
        for hour in range(24)
    ]
    hours[24 + 10] |= {"needed": 3, "on_shift": 1.5, "arrivals": 12.25}
    usual = {
        "target_share": 0.9, "handling_seconds": 360, "handling_from": "assumed", "hours": hours, "answers": 1234,
        "counted": 1200, "share_now": 0.8512, "share_with_needed": 0.9017,
        "definition": "The people with whom 90% would have been in time.", "notes": ["Too few replies were timed."],
    }  # fmt: skip
    return usual | changes


def script(text: str) -> Make:
    """A child that runs a few lines of Python."""

    def make(_address: str, _asked: Asked) -> list[str]:
        return [sys.executable, "-c", text]

    return make


def says(**changes: Any) -> Make:
    """A child that tells its progress and prints a document."""
    told = json.dumps(document(**changes))
    lines = ("import sys", 'sys.stderr.write(\'{"done": 500, "of": 1000}\\n\')', f"print({told!r})")
    return script("; ".join(lines))


SLEEPS = script("import time; time.sleep(60)")
FAILS = script("import sys; sys.stderr.write('There is no area “Press”.\\n'); sys.exit(1)")
