"""What a row of the queue looks like, laid out once and painted many times."""

import unicodedata
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics, QStaticText, QTextLayout, QTextOption

from inbox.model.thread import ThreadRow
from inbox.model.words import Priority, Status
from inbox.ui.theme import current
from inbox.ui.widgets.deadline import Deadline
from inbox.ui.widgets.labels import isolate
from inbox.ui.widgets.paint import pill_width, tag_width

READ_AT_MOST = 400
KEPT = 512


class Density(StrEnum):
    """How much of each thread a row shows."""

    COMFORTABLE = "comfortable"
    COSY = "cosy"
    COMPACT = "compact"


HEIGHTS = {Density.COMFORTABLE: 92, Density.COSY: 72, Density.COMPACT: 32}


@dataclass(frozen=True, slots=True)
class TagArt:
    """A tag ready to be painted."""

    text: str
    kind: str
    icon: str
    square: int
    width: int


@dataclass(frozen=True, slots=True)
class Line:
    """A shaped line: its width, and whether it runs from right to left."""

    text: QStaticText
    width: int
    rtl: bool


@dataclass(frozen=True, slots=True)
class RowArt:
    """All text of a row, shaped and elided for one width."""

    name: Line
    beside: Line
    excerpt: tuple[Line, ...]
    tags: tuple[TagArt, ...]
    pill: Deadline
    pill_width: int
    short: bool


def runs_rtl(text: str) -> bool:
    """True when the first strong letter is Hebrew, Arabic or another written from the right."""
    for letter in text[:READ_AT_MOST]:
        kind = unicodedata.bidirectional(letter)
        if kind == "L":
            return False
        if kind in {"R", "AL"}:
            return True
    return False


def line(text: str, font: QFont, room: int) -> Line:
    """``text`` on one line of at most ``room`` pixels, in its own direction."""
    rtl = runs_rtl(text)
    metrics = QFontMetrics(font)
    elided = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0, room))
    made = QStaticText(isolate(elided))
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
    option = QTextOption()
    option.setTextDirection(Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight)
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    made.setTextOption(option)
    made.prepare(font=font)
    return Line(made, min(room, metrics.horizontalAdvance(elided)), rtl)


def two_lines(text: str, font: QFont, room: int) -> tuple[Line, ...]:
    """``text`` broken after a word, the second line elided."""
    layout = QTextLayout(text, font)
    layout.beginLayout()
    first = layout.createLine()
    first.setLineWidth(max(1, room))
    layout.endLayout()
    taken = first.textLength()
    rest = text[taken:].strip()
    top = line(text[:taken].strip(), font, room + 2)
    return (top, line(rest, font, room)) if rest else (top,)


class ArtBook:
    """Keeps the art of the rows last painted; a row that changed, or another width, is laid out anew."""

    def __init__(self, area_color: Callable[[ThreadRow], int]) -> None:
        """``area_color`` gives the index of a row's area colour."""
        self._area_color = area_color
        self._kept: OrderedDict[int, tuple[ThreadRow, tuple[int, ...], RowArt]] = OrderedDict()
        self.density = Density.COSY
        self.short = False
        self.bar = 0

    @property
    def right_pad(self) -> int:
        """Room at the end of a row; a scroll bar lies in it."""
        return max(2, current().px(12) - self.bar)

    def clear(self) -> None:
        """Forgets all, since theme or density changed."""
        self._kept.clear()

    def of(self, row: ThreadRow, pill: Deadline, width: int) -> RowArt:
        """The art of ``row`` with ``pill`` for a row ``width`` pixels wide."""
        room = pill_width(pill, short=self.short)
        key = (width, room, self.density is Density.COMPACT, self.density is Density.COMFORTABLE)
        kept = self._kept.get(row.id)
        if kept is not None and kept[0] is row and kept[1] == key:
            art = kept[2]
            if art.pill == pill:
                return art
        art = self._lay_out(row, pill, room, width)
        self._kept[row.id] = (row, key, art)
        self._kept.move_to_end(row.id)
        if len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return art

    def _lay_out(self, row: ThreadRow, pill: Deadline, room: int, width: int) -> RowArt:
        theme = current()
        px = theme.px
        name_font = theme.font("new" if row.unread else "control")
        text = " ".join(row.text[:READ_AT_MOST].split())
        name_text = row.author_name or row.author_handle
        if self.density is Density.COMPACT:
            return self._columns(row, pill, room, width, name_text, text)
        inner = width - px(28) - self.right_pad
        first = inner - (room + px(8) if room else 0)
        network = row.network.capitalize()
        words = f"{network} · {row.mentions}" if row.mentions > 1 else network
        name = line(name_text, name_font, first)
        # The network is cut before the name is.
        beside = line(words, theme.font("meta"), max(0, first - name.width - px(6)))
        excerpt_font = theme.font("base")
        if self.density is Density.COMFORTABLE:
            excerpt = two_lines(text, excerpt_font, inner)
        else:
            excerpt = (line(text, excerpt_font, inner),)
        tags = self._tags(row, inner - px(18) - px(8))
        return RowArt(name, beside, excerpt, tags, pill, room, self.short)

    def _columns(self, row: ThreadRow, pill: Deadline, room: int, width: int, name: str, text: str) -> RowArt:  # noqa: PLR0917
        theme = current()
        tags = tuple(tag for tag in self._tags(row, theme.px(260)) if tag.square < 0)
        states = sum(tag.width + theme.px(6) for tag in tags)
        excerpt_room = compact_columns(width)["excerpt"][1] - states
        return RowArt(
            line(name, theme.font("new" if row.unread else "control"), theme.px(140)),
            line(row.network.capitalize(), theme.font("meta"), theme.px(78)),
            (line(text, theme.font("base"), excerpt_room),),
            tags,
            pill,
            room,
            self.short,
        )

    def _tags(self, row: ThreadRow, room: int) -> tuple[TagArt, ...]:
        """Area, incident, escalated, snoozed or closed, priority, then the tags that find room."""
        wanted: list[tuple[str, str, str, int]] = []
        if row.area is not None:
            wanted.append((row.area, "", "", self._area_color(row)))
        if row.incident:
            wanted.append((row.incident, "hot", "flame", -1))
        if row.escalated:
            wanted.append((current().tr("Escalated"), "escalated", "double-chevron", -1))
        if row.status in {Status.SNOOZED, Status.CLOSED}:
            wanted.append((str(row.status).capitalize(), "", "moon" if row.status is Status.SNOOZED else "check", -1))
        if row.priority in {Priority.HIGH, Priority.URGENT}:
            wanted.append((str(row.priority).capitalize(), "", "chevron-up", -1))
        wanted += [(tag, "", "tag", -1) for tag in row.tags]
        found: list[TagArt] = []
        for text, kind, icon, square in wanted:
            width = tag_width(text, icon=bool(icon), square=square >= 0)
            if width > room and found:
                break
            found.append(TagArt(text, kind, icon, square, min(width, room)))
            room -= width + current().px(8)
        return tuple(found)


def compact_columns(width: int) -> dict[str, tuple[int, int]]:
    """Left edge and width of each column of a compact row."""
    px = current().px
    end = width - px(16)
    due, owner, area = end - px(100), end - px(100) - px(28), end - px(100) - px(28) - px(112)
    excerpt = px(40) + px(16) + px(148) + px(84)
    return {
        "check": (0, px(40)),
        "dot": (px(40), px(16)),
        "author": (px(56), px(140)),
        "network": (px(204), px(78)),
        "excerpt": (excerpt, max(px(60), area - px(16) - excerpt)),
        "area": (area, px(104)),
        "owner": (owner, px(18)),
        "due": (due, px(100)),
    }
