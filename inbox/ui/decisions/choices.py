"""What can be chosen for a decision: people, areas, reasons, times, priorities, tags."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale

from inbox.model import duration
from inbox.model.people import Employee
from inbox.model.words import CloseReason, Outcome, Priority
from inbox.model.workspace import UNSORTED, Workspace
from inbox.ui.decisions.picker import Choice
from inbox.ui.widgets.words import counted

if TYPE_CHECKING:
    from inbox.store.gathered import Standing

MORNING, EVENING = 9, 18
REASON_ICONS = {
    CloseReason.ANSWERED: "double-check",
    CloseReason.NO_REPLY_NEEDED: "heart",
    CloseReason.SPAM: "eye-off",
    CloseReason.DUPLICATE: "repeat",
    CloseReason.HANDLED_ELSEWHERE: "open",
}


def people(employees: Iterable[Employee], me: str, area: str | None) -> list[Choice]:
    """Me first, then who works in the thread's area, by load; nobody at the end."""

    def order(person: Employee) -> tuple[bool, bool, bool, int, str]:
        return (person.name != me, person.away, area not in person.areas, person.open_threads, person.full_name)

    found = [
        Choice(
            person.name,
            person.full_name or person.name,
            _tr("away") if person.away else counted("%n open", person.open_threads, "decisions"),
            initials=person.initials,
        )
        for person in sorted(employees, key=order)
    ]
    return [*found, Choice(None, _tr("Nobody: back to the queue"), icon="undo")]


def areas(workspace: Workspace) -> list[Choice]:
    """Every area, then Unsorted."""
    found = [
        Choice(area.name, area.name, square=area.color or at)
        for at, area in enumerate(workspace.areas)
        if area.name != UNSORTED
    ]
    return [*found, Choice(UNSORTED, _tr("Unsorted"), icon="shuffle")]


def reasons() -> list[Choice]:
    """Why a thread is closed."""
    return [Choice(reason, _tr(str(reason).capitalize()), icon=REASON_ICONS[reason]) for reason in CloseReason]


def priorities() -> list[Choice]:
    """How urgent, the most urgent first."""
    icons = {Priority.URGENT: "double-chevron", Priority.HIGH: "chevron-up", Priority.LOW: "chevron-down"}
    return [Choice(each, _tr(str(each).capitalize()), icon=icons.get(each, "more")) for each in reversed(Priority)]


OUTCOME_ICONS = {
    Outcome.HEARD: "smile",
    Outcome.SAVED: "check",
    Outcome.COMPLAINT_FILED: "triangle",
    Outcome.THANKS: "heart",
}


def outcomes(proposed: Outcome | None) -> list[Choice]:
    """What became of the customer: what the thread suggests first, not known at the end."""
    order = sorted(Outcome, key=lambda each: each is not proposed)
    found = [
        Choice(
            each, _tr(str(each).capitalize()), _tr("suggested") if each is proposed else "", icon=OUTCOME_ICONS[each]
        )
        for each in order
    ]
    return [*found, Choice(None, _tr("Not known"), icon="close")]


def ladders(workspace: Workspace) -> list[Choice]:
    """The reasons that the workspace has a ladder for."""
    return [Choice(str(each["name"]), str(each["name"]), icon="double-chevron") for each in workspace.escalations]


def new_reason(words: str) -> Choice | None:
    """The words typed as a reason of their own; the first ladder is climbed."""
    return Choice(words, words, _tr("call for help"), icon="siren")


def incidents(standing: "Iterable[Standing]") -> list[Choice]:
    """The open incidents, the newest first."""
    return [
        Choice(each.id, each.title, counted("%n thread(s)", each.threads, "decisions"), "flame") for each in standing
    ]


def new_incident(words: str) -> Choice | None:
    """The words typed as the name of a new one."""
    return Choice(words, words, _tr("new incident"), icon="plus")


def tags(known: Iterable[str], worn: Iterable[str]) -> list[Choice]:
    """Tags to add, and those of the thread to take off."""
    off = [Choice(("remove", tag), tag, _tr("take off"), icon="close") for tag in worn]
    held = set(worn)
    return [*off, *(Choice(("add", tag), tag, icon="tag") for tag in known if tag not in held)]


def new_tag(words: str) -> Choice | None:
    """The words typed as a new tag."""
    return Choice(("add", words.casefold()), words, _tr("new tag"), icon="plus")


def times(now: datetime) -> list[Choice]:
    """Until when to snooze, in the user's own time."""
    local = now.astimezone()
    tomorrow = _at(local + timedelta(days=1), MORNING)
    monday = _at(local + timedelta(days=7 - local.weekday()), MORNING)
    found = [(_tr("1 hour"), local + timedelta(hours=1)), (_tr("4 hours"), local + timedelta(hours=4))]
    if local.hour < EVENING - 1:
        found.append((_tr("This evening"), _at(local, EVENING)))
    found += [(_tr("Tomorrow morning"), tomorrow), (_tr("Monday morning"), monday)]
    found.append((_tr("A week"), _at(local + timedelta(days=7), MORNING)))
    return [Choice(until, words, _clock(until, local), icon="moon") for words, until in found]


def typed_time(words: str, now: datetime) -> Choice | None:
    """A time that was typed: "2h", "30m", "15:30" or "tomorrow 14:00"; None while it is none."""
    local = now.astimezone()
    try:
        until = local + duration.parse(words.replace(" ", ""))
    except ValueError:
        later = words.casefold().startswith("tomorrow")
        hour, _, minute = words.casefold().removeprefix("tomorrow").strip().partition(":")
        if not (hour.isdigit() and int(hour) < 24 and (not minute or (minute.isdigit() and int(minute) < 60))):  # noqa: PLR2004
            return None
        until = local.replace(hour=int(hour), minute=int(minute or 0), second=0, microsecond=0)
        until += timedelta(days=1) if later or until <= local else timedelta(0)
    return Choice(until, _clock(until, local), icon="clock")


def _at(day: datetime, hour: int) -> datetime:
    return day.replace(hour=hour, minute=0, second=0, microsecond=0)


def _clock(until: datetime, local: datetime) -> str:
    if until.date() == local.date():
        return f"{until:%H:%M}"
    return f"{QLocale().dayName(until.isoweekday(), QLocale.FormatType.ShortFormat)} {until:%H:%M}"


def _tr(text: str) -> str:
    return QCoreApplication.translate("decisions", text)
