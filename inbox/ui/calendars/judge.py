"""Looks the draft over on a lane: what is wrong with it, and which dates come next."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from inbox.model.workspace import Calendar, Workspace
from inbox.ui.calendars.datesbox import next_days
from inbox.ui.calendars.reading import Day
from inbox.ui.calendars.says import tr
from inbox.ui.calendars.zonefield import local_time
from inbox.ui.context import Context

WAIT_MS = 150
_FIELDS = {"name": "name", "time_zone": "time_zone", "week": "week", "holidays": "holidays"}


@dataclass(frozen=True, slots=True)
class Question:
    """The calendar as it stands, and the stored one that it is an edit of."""

    calendar: Calendar
    replaces: str | None
    workspace: Workspace


@dataclass(frozen=True, slots=True)
class Verdict:
    """``errors`` by field of the editor."""

    errors: dict[str, str]
    days: list[Day]


def look(question: Question, now: datetime) -> Verdict:
    """For a lane: the holidays' library is imported here."""
    from inbox.flow.calendars import problems_of

    calendar = question.calendar
    troubles = problems_of(question.workspace, calendar, replaces=question.replaces, now=now)
    local = local_time(calendar.time_zone, now) or now
    return Verdict(by_field(troubles), next_days(calendar, local.date()))


def by_field(troubles: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The first sentence for each field of the editor; whatever has no field stands with the dates."""
    found: dict[str, str] = {}
    for place, sentence in troubles:
        found.setdefault(_FIELDS.get(place.split(".", 1)[0], "dates"), sentence)
    return found


class Judge(QObject):
    """Asks a moment after the last change. ``judged`` carries the verdict."""

    judged = Signal(object)

    def __init__(self, context: Context, question: Callable[[], Question | None], parent: QObject) -> None:
        """``question`` gives None where nothing is on screen."""
        super().__init__(parent)
        self._context, self._question = context, question
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(WAIT_MS)
        self._wait.timeout.connect(self.ask_now)

    @property
    def busy(self) -> bool:
        """Whether a question waits to be asked."""
        return self._wait.isActive()

    def ask(self) -> None:
        """Soon."""
        self._wait.start()

    @Slot()
    def ask_now(self) -> None:
        """At once."""
        self._wait.stop()
        question, now = self._question(), self._context.now()
        if question is not None:
            self._context.lanes.run(
                lambda: look(question, now), self.judged.emit, self._context.tell, key=("calendar", id(self))
            )


def missing(calendar: Calendar) -> dict[str, str]:
    """What has to be given before a calendar can be saved, by field."""
    found = {}
    if not calendar.name.strip():
        found["name"] = tr("Give the calendar a name.")
    if not calendar.time_zone.strip():
        found["time_zone"] = tr("Choose a time zone.")
    return found
