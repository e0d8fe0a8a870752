"""Where a scheduled report is written, and what its files are called; no name leads out of the folder."""

import re
import unicodedata
import zlib
from pathlib import Path
from typing import Final

from inbox import settings
from inbox.flow.report_files.cells import clean
from inbox.model.workspace import FileKind, ScheduledReport
from inbox.store.errors import Refused

_FOLDER: Final = "reports"
_HOME: Final = ("~/", "~\\")
_LONGEST: Final = 60
_OTHER: Final = re.compile(r"[^\w &()+,-]+")
_GAPS: Final = re.compile(r"[\s-]*-[\s-]*|\s+")


def folder_of(report: ScheduledReport) -> Path:
    """The folder: as it was given, below the user's home for ``~/``, below the usual one where it is no whole path.

    Raises ``Refused`` for one that cannot be used.
    """
    told = (report.folder or "").strip()
    if trouble := folder_trouble(told):
        raise Refused(f"{trouble} It stands in the report “{report.name}”.")
    if told == "~" or told.startswith(_HOME):
        return Path.home() / told[2:]
    return usual_folder() / told  # a whole path stays itself


def usual_folder() -> Path:
    """Where reports are written that name no folder."""
    return settings.data_folder() / _FOLDER


def folder_trouble(told: str) -> str:
    """What is wrong with a folder: it leads out of the usual one by ``..``, or into another user's home."""
    if "\0" in told or (told.startswith("~") and told != "~" and not told.startswith(_HOME)):
        return f"The folder “{clean(told)}” cannot be used: give a whole path."
    path = Path(told)
    if not path.is_absolute() and ".." in path.parts:
        return f"The folder “{told}” leads out of the usual one: give a whole path."
    return ""


def file_name(report: ScheduledReport, period: str, kind: FileKind) -> str:
    """A name for people that no file system takes for a path: letters, figures, spaces and hyphens."""
    return f"{plain(report.name)} {period}.{kind}"


def plain(name: str) -> str:
    """A report's name as a file's; one that had to be changed ends with a check sum, so that two stay two."""
    letters = unicodedata.normalize("NFC", name)
    bare = (
        _GAPS.sub(lambda found: "-" if "-" in found[0] else " ", _OTHER.sub("-", letters))
        .strip(" -.")[:_LONGEST]
        .strip()
    )
    if bare and bare == name:
        return bare
    mark = f"{zlib.crc32(name.encode('utf-8', 'replace')):08x}"
    return f"{bare or 'report'} {mark}"
