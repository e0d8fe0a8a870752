"""Tries the hot-issue detector on files: mentions in time order, or a series of counts. Nothing is stored."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from inbox.flow.read_mentions import read
from inbox.hot import series
from inbox.hot.detector import Detector, Settings
from inbox.hot.seen import Seen
from inbox.hot.series import Judged
from inbox.model.incident import Alert
from inbox.model.mention import BadPayload, IncomingMention
from inbox.model.words import Direction
from inbox.store.errors import Refused

_COLUMNS = 2


@dataclass(frozen=True, slots=True)
class Replayed:
    """The alarms of a file, and how many of its mentions were looked at and how many lines could not be read."""

    alerts: tuple[Alert, ...]
    mentions: int
    unreadable: int


def replay(path: Path, settings: Settings) -> Replayed:
    """The alarms that a file's inbound mentions would have given, in the order in which they were posted.

    The file's labels are not looked at, so nothing is known of areas. Raises ``OSError``.
    """
    mentions: list[Seen] = []
    unreadable = 0
    for line in read(path):
        if isinstance(line.found, BadPayload):
            unreadable += 1
        elif line.found.direction is Direction.INBOUND:
            mentions.append(_seen(line.found))
    mentions.sort(key=_place)
    detector = Detector(settings)
    alerts = [alert for mention in mentions for alert in detector.see(mention)]
    return Replayed(tuple(alerts), len(mentions), unreadable)


def judge(path: Path) -> list[Judged]:
    """Every row of a ``timestamp,value`` file, judged by those before it. Naive times are UTC.

    Raises ``OSError``, or ``Refused`` naming the line that cannot be read.
    """
    return list(series.judge(_rows(path)))


def _rows(path: Path) -> Iterator[tuple[datetime, float]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file)
            for row in reader:
                if not any(cell.strip() for cell in row):
                    continue
                found = _row(row)
                if found is not None:
                    yield found
                elif reader.line_num > 1:
                    raise Refused(f"{path.name} line {reader.line_num} is not a time and a count.")
    except UnicodeDecodeError as error:
        raise Refused(f"{path.name} is not a table of times and counts: it is not UTF-8 text.") from error
    except csv.Error as error:
        raise Refused(f"{path.name} is not a table of times and counts: {error}.") from error


def _row(row: list[str]) -> tuple[datetime, float] | None:
    if len(row) < _COLUMNS:
        return None
    try:
        at, count = datetime.fromisoformat(row[0].strip()), float(row[1])
        at = at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    except (ValueError, OverflowError):  # a time of no year that is counted, too
        return None
    if not 0 <= count < float("inf"):
        return None
    return at, count


def _seen(found: IncomingMention) -> Seen:
    return Seen(
        id=found.id,
        at=found.created_at,
        account=found.account or found.network,
        author=found.author.id or found.author.handle,
        text=found.text,
        repost=found.is_repost,
        reach=found.author.followers or 0,
        engagement=(found.likes or 0) + (found.shares or 0) + (found.replies or 0),
        press="press" in found.author.tags,
    )


def _place(mention: Seen) -> tuple[datetime, str]:
    return mention.at, mention.id
