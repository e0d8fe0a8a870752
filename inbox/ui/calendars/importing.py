"""Reads an iCal file into the calendar on screen; nothing is stored before the calendar is saved."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from inbox.model.workspace import Calendar, ImportedDate
from inbox.ui.calendars.says import tr
from inbox.ui.context import Context


@dataclass(frozen=True, slots=True)
class Brought:
    """What the calendar's imported dates would be, and what was done, said to the person.

    ``dates`` are those of the file beside what was imported before, ``alone`` those of the file.
    """

    dates: tuple[ImportedDate, ...]
    alone: tuple[ImportedDate, ...]
    sentence: str


def choose_file(parent: QWidget) -> Path | None:
    """Asks for a file; None where the person thought better of it."""
    kinds = tr("Calendars (%pattern)", pattern="*.ics *.ical *.ifb *.icalendar")
    name, _kind = QFileDialog.getOpenFileName(parent, tr("Import an iCal file"), "", f"{kinds};;{tr('All files')} (*)")
    return Path(name) if name else None


def bring(
    context: Context,
    calendar: Calendar,
    path: Path,
    done: Callable[[Brought], None],
    failed: Callable[[Exception], None],
) -> None:
    """Reads the file on a lane."""
    now = context.now()

    def work() -> Brought:
        from inbox.flow import ical

        found = ical.read(ical.content(path), zone=calendar.time_zone, now=now)
        beside, alone = (ical.merged(calendar.imported, found, add=add) for add in (True, False))
        return Brought(beside, alone, ical.said(found, calendar.name))

    context.lanes.run(work, done, failed)


def why_not(error: Exception, path: Path) -> str:
    """Why a file could not be read, in plain words."""
    if isinstance(error, OSError):
        return tr("“%name” cannot be read: %why.", name=path.name, why=error.strerror or str(error))
    return str(error)
