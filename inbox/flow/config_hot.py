"""``[hot]`` of the workspace file: what each setting of the detector must be, in plain words."""

from collections.abc import Mapping
from typing import Final

from inbox.flow import config_checks as c
from inbox.flow.config_lines import Place

FEWEST_AUTHORS: Final = 2
"""One person alone is never many."""
MOST_AUTHORS: Final = 1_000
MOST_ALARMS: Final = 100.0
MOST_PHRASES: Final = 200
LONGEST_PHRASE: Final = 100
LARGEST: Final = 1_000_000_000


def _min_authors(report: c.Report, place: Place, value: object) -> None:
    _within(report, place, value, FEWEST_AUTHORS, MOST_AUTHORS, "So many different people cannot be asked for")


def _reach(report: c.Report, place: Place, value: object) -> None:
    _within(report, place, value, 1, LARGEST, "This many followers cannot be meant")


def _growth(report: c.Report, place: Place, value: object) -> None:
    _within(report, place, value, 1, LARGEST, "This many likes, shares and replies cannot be meant")


def _alarms(report: c.Report, place: Place, value: object) -> None:
    c.number(report, place, value)
    if isinstance(value, (int, float)) and MOST_ALARMS < value < float("inf"):
        report.say(place, f"So many false alarms a day cannot be meant: say from 0 to {MOST_ALARMS:g}.")


def _watch(report: c.Report, place: Place, value: object) -> None:
    c.items(c.text)(report, place, value)
    if not isinstance(value, list):
        return
    if len(value) > MOST_PHRASES:
        report.say(place, f"There are {len(value):,} watched phrases; {MOST_PHRASES} at most are watched.")
    for number, each in enumerate(value):
        if isinstance(each, str) and len(each) > LONGEST_PHRASE:
            report.say((*place, number), f"A watched phrase has {LONGEST_PHRASE} characters at most.")


def _within(report: c.Report, place: Place, value: object, least: int, most: int, what: str) -> None:  # noqa: PLR0917 - a value, its place, its ends
    before = len(report.found)
    c.whole(report, place, value)
    if len(report.found) == before and isinstance(value, int) and not least <= value <= most:
        report.say(place, f"{what}: say from {least:,} to {most:,}.")


def unknown_settings(hot: Mapping[str, object]) -> list[tuple[Place, str]]:
    """Keys that no detector of this version reads: they are kept (a near miss of a known one is an error)."""
    return [
        (("hot", key), f"“{key}” is not known here: it is kept, and changes nothing.")
        for key in hot
        if key not in _KEYS
    ]


_KEYS: Final = {
    "watch": _watch,
    "min_authors": _min_authors,
    "false_alarms_per_day": _alarms,
    "similarity": c.share,
    "reach": _reach,
    "growth": _growth,
}
HOT: Final = c.table(_KEYS, lenient=True)
