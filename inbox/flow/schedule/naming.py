"""Where a scheduled report is written, and what its files are called; no name leads out of the folder."""

import re
import unicodedata
import zlib
from pathlib import Path, PureWindowsPath
from typing import Final

from inbox import settings
from inbox.model.workspace import FileKind, ScheduledReport
from inbox.store.errors import Refused

_FOLDER: Final = "reports"
_LONGEST: Final = 60
_OTHER: Final = re.compile(r"[^\w &()+,-]+")
_GAPS: Final = re.compile(r"[\s-]*-[\s-]*|\s+")


def folder_of(report: ScheduledReport) -> Path:
    """The folder: as it was given, below the user's home for ``~/``, below the usual one where it is no whole path.

    Raises ``Refused`` for one that leads out of the usual folder by ``..``, or into another user's home.
    """
    usual = settings.data_folder() / _FOLDER
    if report.folder is None or not report.folder.strip():
        return usual
    told = report.folder.strip()
    if told == "~" or told.startswith(("~/", "~\\")):
        return Path.home() / told[2:]
    if told.startswith("~") or "\0" in told:
        raise Refused(f"The folder “{told}” of the report “{report.name}” cannot be used. Give a whole path.")
    path = Path(told)
    if path.is_absolute() or PureWindowsPath(told).drive:
        return path
    if ".." in path.parts:
        raise Refused(
            f"The folder “{told}” of the report “{report.name}” leads out of {usual}. Give a whole path instead."
        )
    return usual / path


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
