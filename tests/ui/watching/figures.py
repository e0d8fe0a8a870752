"""What ``inbox hot try`` prints, for tests, and children that stand in for it."""

import json
import sys
from collections.abc import Callable, Sequence
from typing import Any

from inbox.ui.watching.wanted import Wanted

Make = Callable[[str, Wanted, int], Sequence[str]]


def real(number: int, title: str, *, was_real: bool | None, earlier: int | None) -> dict[str, Any]:
    """An incident that the workspace had."""
    at = f"2026-03-0{number}T11:00:00Z"
    return {"id": number, "title": title, "was_real": was_real, "noticed_at": at, "earlier_seconds": earlier}


def would(place: int, title: str, *numbers: int, severity: str = "medium", signs: int = 0) -> dict[str, Any]:
    """An incident that would have been opened."""
    said = "17 people wrote about “charged twice” within an hour"
    said = f"{said}, since 2026-03-01 10:02 UTC; usually it is fewer than one."
    at = f"2026-03-0{place + 1}T10:1{place}:00Z"
    shown = {"at": at, "title": title, "severity": severity, "paragraph": said, "signs": signs}
    return {"incident": place, **shown, "real": list(numbers)}


def side(**changes: Any) -> dict[str, Any]:
    """One setting: it finds the double charges, misses the leak and opens the joke again."""
    usual = {
        "opened": 3, "alarms_a_day": 0.43, "false_a_day": 0.286, "budget_a_day": 1.0,
        "incidents": [
            would(0, "“charged twice” (Example Air)", 1, severity="high", signs=2),
            would(1, "“laser cat” (Example Air)", 2),
            would(2, "“gate 14” (Example Air)", severity="low"),
        ],
        "real": [
            real(1, "Double charges", was_real=True, earlier=720),
            real(2, "Laser cat", was_real=False, earlier=-90),
            real(3, "Data leak", was_real=True, earlier=None),
        ],
        "missed": [3],
    }  # fmt: skip
    return usual | changes


def document(**changes: Any) -> dict[str, Any]:
    """Tried for a week: the settings in force would have opened ten."""
    usual = {
        "since": "2026-03-01T00:00:00Z", "until": "2026-03-08T00:00:00Z", "mentions": 4321, "learnt": 1000,
        "tried": side(),
        "in_force": side(
            opened=10,
            alarms_a_day=1.43,
            false_a_day=1.14,
            real=[
                real(1, "Double charges", was_real=True, earlier=0),
                real(2, "Laser cat", was_real=False, earlier=0),
                real(3, "Data leak", was_real=True, earlier=0),
            ],
        ),
        "notes": ["Little was written before this time."], "seconds": 3.2, "stopped": False,
    }  # fmt: skip
    return usual | changes


def script(text: str) -> Make:
    """A child that runs a few lines of Python."""

    def make(_address: str, _wanted: Wanted, _days: int) -> list[str]:
        return [sys.executable, "-c", text]

    return make


def says(**changes: Any) -> Make:
    """A child that tells its progress and prints a document."""
    told = json.dumps(document(**changes))
    return script(f'import sys; sys.stderr.write(\'{{"done": 500, "of": 1000}}\\n\'); print({told!r})')


SLEEPS = script("import time; time.sleep(60)")
FAILS = script("import sys; sys.stderr.write('The database is locked.\\n'); sys.exit(1)")
