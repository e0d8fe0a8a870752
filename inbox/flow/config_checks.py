"""Checks of single values in the workspace file; each says what is wrong, in plain words, to a ``Report``."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from difflib import get_close_matches

from inbox.flow.config_lines import Place
from inbox.model import duration
from inbox.model.people import WEEKDAYS
from inbox.model.words import Priority
from inbox.model.workspace import UNSORTED
from inbox.routing.patterns import check_regex
from inbox.sla.hours import CalendarRefused, zone

NEVER = "never"
_SERVICE = re.compile(r"[A-Za-z0-9_-]{1,64}")
_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?|24:00")


@dataclass
class Report:
    """Collects what is wrong, and knows the names that the file (or, on the screen, the workspace) defines."""

    names: dict[str, frozenset[str]] = field(default_factory=dict)
    whole: str = "this file"
    found: list[tuple[Place, str]] = field(default_factory=list)

    def say(self, place: Place, reason: str) -> None:
        """Note one error."""
        self.found.append((place, reason))


Check = Callable[[Report, Place, object], None]


def table(known: Mapping[str, Check], *, required: Collection[str] = (), lenient: bool = False) -> Check:
    """A table with these keys. A lenient one keeps keys that it does not know unless they look like a slip."""

    def check(report: Report, place: Place, value: object) -> None:
        if not isinstance(value, dict):
            report.say(place, f"This should be a table, not {kind_of(value)}.")
            return
        for key in required:
            if key not in value:
                report.say(place, f"“{key}” is missing.")
        for key, each in value.items():
            if key in known:
                known[key](report, (*place, key), each)
            elif not lenient or get_close_matches(key, known, n=1, cutoff=0.75):
                report.say((*place, key), f"“{key}” is not known here.{suggestion(key, known)}")

    return check


def items(each: Check) -> Check:
    """A list whose entries are checked one by one."""

    def check(report: Report, place: Place, value: object) -> None:
        if not isinstance(value, list):
            example = f': ["{value}"]' if isinstance(value, str) else ""
            report.say(place, f"This should be a list, not {kind_of(value)}{example}.")
            return
        for number, item in enumerate(value):
            each(report, (*place, number), item)

    return check


def some(check: Check, sentence: str) -> Check:
    """A list that is not empty."""

    def checked(report: Report, place: Place, value: object) -> None:
        check(report, place, value)
        if value == []:
            report.say(place, sentence)

    return checked


def text(report: Report, place: Place, value: object) -> None:
    """Some words."""
    if not isinstance(value, str):
        report.say(place, f"This should be text in quotes, not {kind_of(value)}.")
    elif not value.strip():
        report.say(place, "This is empty.")


def any_text(report: Report, place: Place, value: object) -> None:
    """Words, or none."""
    if not isinstance(value, str):
        report.say(place, f"This should be text in quotes, not {kind_of(value)}.")


def flag(report: Report, place: Place, value: object) -> None:
    """True or false."""
    if not isinstance(value, bool):
        report.say(place, f"This should be true or false, not {kind_of(value)}.")


def whole(report: Report, place: Place, value: object) -> None:
    """A whole number from 0."""
    if not isinstance(value, int) or isinstance(value, bool):
        report.say(place, f"This should be a whole number, not {kind_of(value)}.")
    elif not 0 <= value <= 2**53:
        report.say(place, "This should be 0 or more." if value < 0 else "This is too large.")


def number(report: Report, place: Place, value: object) -> None:
    """A number from 0."""
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        report.say(place, f"This should be a number, not {kind_of(value)}.")
    elif not 0 <= value < float("inf"):
        report.say(place, "This should be 0 or more.")


def share(report: Report, place: Place, value: object) -> None:
    """A number from 0 to 1."""
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        report.say(place, f"This should be a number, not {kind_of(value)}.")
    elif not 0 <= value <= 1:
        report.say(place, "This should be from 0 to 1.")


def span(report: Report, place: Place, value: object) -> None:
    """A duration."""
    if not isinstance(value, str):
        report.say(place, f'This should be a duration like "15m", not {kind_of(value)}.')
        return
    try:
        duration.parse(value)
    except ValueError as error:
        report.say(place, f"{error}.")


def span_or_never(report: Report, place: Place, value: object) -> None:
    """A duration, or ``never``."""
    if value != NEVER:
        span(report, place, value)


def target(report: Report, place: Place, value: object) -> None:
    """A duration, or one per priority."""
    if isinstance(value, dict):
        table({str(each): span for each in Priority})(report, place, value)
    else:
        span(report, place, value)


def day(report: Report, place: Place, value: object) -> None:
    """A date."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return
    if not isinstance(value, str):
        report.say(place, f"This should be a date like 2027-01-31, not {kind_of(value)}.")
        return
    try:
        date.fromisoformat(value)
    except ValueError:
        report.say(place, f"“{value}” is not a date: write it like 2027-01-31.")


def zone_name(report: Report, place: Place, value: object) -> None:
    """A time zone by its IANA name."""
    if not isinstance(value, str):
        report.say(place, f'This should be a time zone like "Europe/Madrid", not {kind_of(value)}.')
        return
    try:
        zone(value)
    except CalendarRefused as error:
        report.say(place, str(error))


def hours(report: Report, place: Place, value: object) -> None:
    """A list of [start, end] pairs."""
    if not isinstance(value, list):
        report.say(place, f'This should be a list of ["09:00", "17:00"] pairs, not {kind_of(value)}.')
        return
    for position, pair in enumerate(value):
        if not isinstance(pair, list) or len(pair) != 2:  # noqa: PLR2004 - a start and an end
            report.say((*place, position), 'This should be a pair of times like ["09:00", "17:00"].')
            continue
        for which, each in enumerate(pair):
            _clock(report, (*place, position, which), each, last=which == 1)


def clock(report: Report, place: Place, value: object) -> None:
    """A time of day."""
    _clock(report, place, value, last=False)


def of_areas(each: Check) -> Check:
    """A table of areas, each with a value."""

    def check(report: Report, place: Place, value: object) -> None:
        if not isinstance(value, dict):
            report.say(place, f"This should be a table of areas, not {kind_of(value)}.")
            return
        for name, item in value.items():
            known("area", unsorted=True)(report, (*place, name), name)
            each(report, (*place, name), item)

    return check


def _clock(report: Report, place: Place, value: object, *, last: bool) -> None:
    if isinstance(value, time):
        return
    if not isinstance(value, str) or not _CLOCK.fullmatch(value):
        report.say(place, f"“{value}” is not a time of day: write it like 09:00 (24:00 is the end of the day).")
    elif value == "24:00" and not last:
        report.say(place, "Hours cannot start at 24:00; that is 00:00 of the next day.")


def week(report: Report, place: Place, value: object) -> None:
    """Hours per weekday."""
    table(dict.fromkeys(WEEKDAYS, hours))(report, place, value)


def open_days(report: Report, place: Place, value: object) -> None:
    """Hours of single dates."""
    if not isinstance(value, dict):
        report.say(place, f"This should be a table of dates with their hours, not {kind_of(value)}.")
        return
    for key, each in value.items():
        day(report, (*place, key), key)
        hours(report, (*place, key), each)


def one_of(words: Collection[str]) -> Check:
    """One of some words."""

    def check(report: Report, place: Place, value: object) -> None:
        if not isinstance(value, str) or value not in words:
            listed = ", ".join(words)
            report.say(place, f"“{value}” is not one of {listed}.{suggestion(value, words)}")

    return check


def known(kind: str, *, unsorted: bool = False) -> Check:
    """The name of something that this file defines."""

    def check(report: Report, place: Place, value: object) -> None:
        names = report.names.get(kind, frozenset())
        if not isinstance(value, str):
            report.say(place, f"This should be the name of a {kind}, not {kind_of(value)}.")
        elif value not in names and not (unsorted and value == UNSORTED):
            article = "an" if kind[0] in "aeiou" else "a"
            report.say(
                place,
                f"{report.whole.capitalize()} defines no {kind} “{value}”.{suggestion(value, names)}"
                if names
                else f"“{value}” should be {article} {kind}, and {report.whole} defines none.",
            )

    return check


def regex(report: Report, place: Place, value: object) -> None:
    """A regular expression that runs in bounded time."""
    if not isinstance(value, str):
        report.say(place, f"This should be a regular expression in quotes, not {kind_of(value)}.")
        return
    trouble = check_regex(value)
    if trouble:
        report.say(place, trouble)


def helper(report: Report, place: Place, value: object) -> None:
    """Whom an escalation calls. A service is only named: its address holds secrets and is kept in the keyring."""
    if not isinstance(value, str) or not value.strip():
        report.say(place, "This should name a person, “on shift:AREA”, a role, or “apprise:SERVICE”.")
    elif value.startswith(("apprise:", "webhook:")) and not _SERVICE.fullmatch(value.partition(":")[2]):
        report.say(
            place, "Only the name of the service stands here (apprise:slack); its address is kept in the keyring."
        )
    elif "://" in value:
        report.say(
            place, "An address does not belong here; it is kept in the keyring, under a name like apprise:slack."
        )


def suggestion(word: object, words: Collection[str]) -> str:
    """“ Did you mean ...?” when something is near, else nothing."""
    lowered = {each.casefold(): each for each in words}
    near = get_close_matches(str(word).casefold(), lowered, n=1, cutoff=0.6)
    return f" Did you mean “{lowered[near[0]]}”?" if near else ""


def kind_of(value: object) -> str:
    """What a value is, for people."""
    for kinds, name in _KINDS:
        if isinstance(value, kinds):
            return name
    return type(value).__name__


_KINDS: tuple[tuple[tuple[type, ...], str], ...] = (
    ((bool,), "true or false"),
    ((int, float), "a number"),
    ((str,), "text"),
    ((list,), "a list"),
    ((dict,), "a table"),
    ((datetime, date, time), "a date or time"),
)
