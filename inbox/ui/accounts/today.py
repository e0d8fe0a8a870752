"""The bar of today: what was pulled, the gaps, and what is not pulled yet; with its words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from PySide6.QtCore import QCoreApplication, QRect, QSize, Qt
from PySide6.QtGui import QBrush, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from inbox.model.account import Gap
from inbox.ui.theme import current
from inbox.ui.thread.times import clock_time
from inbox.ui.widgets.deadline import span
from inbox.ui.widgets.paint import rounded

BEHIND = timedelta(minutes=5)


class Kind(StrEnum):
    """A stretch of the day."""

    PULLED = "pulled"
    GAP = "gap"
    NOT_PULLED = "not pulled"


@dataclass(frozen=True, slots=True)
class Stretch:
    """From when to when, and what it is."""

    kind: Kind
    start: datetime
    end: datetime


def stretches(
    day: datetime, now: datetime, *, since: datetime | None, pulled_to: datetime | None, gaps: Sequence[Gap]
) -> list[Stretch]:
    """The day from ``day`` (its beginning) to ``now``: pulled up to ``pulled_to`` but for the gaps."""
    start = max(day, since) if since is not None else day
    reached = min(pulled_to, now) if pulled_to is not None else start
    if now - reached < BEHIND:
        reached = now
    found: list[Stretch] = []
    at = start
    for gap in sorted(gaps, key=lambda each: each.from_at):
        begin, end = max(gap.from_at, at), min(gap.to_at, reached)
        if begin >= end:
            continue
        if begin > at:
            found.append(Stretch(Kind.PULLED, at, begin))
        found.append(Stretch(Kind.GAP, begin, end))
        at = end
    if reached > at:
        found.append(Stretch(Kind.PULLED, at, reached))
    if now > max(reached, start):
        found.append(Stretch(Kind.NOT_PULLED, max(reached, start), now))
    return found


def stretch_words(stretch: Stretch) -> str:
    """What a stretch is called."""
    if stretch.kind is Kind.PULLED:
        return _tr("Pulled")
    words = _tr("Gap, %1") if stretch.kind is Kind.GAP else _tr("Not pulled, %1")
    return words.replace("%1", span(stretch.end - stretch.start))


class TodayBar(QWidget):
    """Solid where pulled, hatched in a gap, dashed where not pulled; words above, times below, left to right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Nothing yet."""
        super().__init__(parent)
        self._stretches: list[Stretch] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_day(self, found: list[Stretch]) -> None:
        """Shows the stretches, and says them to screen readers."""
        self._stretches = found
        said = (f"{stretch_words(each)}: {clock_time(each.start)} - {clock_time(each.end)}" for each in found)
        self.setAccessibleName("; ".join(said))
        self.update()

    def sizeHint(self) -> QSize:
        """Words, bar, times."""
        px = current().px
        return QSize(px(280), px(56))

    def minimumSizeHint(self) -> QSize:
        """May get narrow."""
        return QSize(current().px(120), current().px(56))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Draws the day; chart time stays left to right."""
        if not self._stretches:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        used_words, used_times = -1, -1
        for each in self._stretches:
            box = self._box(each)
            self._draw(painter, each, box)
            used_words = self._words(painter, each, box, used_words)
            used_times = self._time(painter, clock_time(each.start), box.left(), used_times)
        words = _tr("now")
        metrics = QFontMetrics(current().font("caption"))
        self._time(painter, words, self.width() - metrics.horizontalAdvance(words), used_times)
        painter.end()

    def _box(self, stretch: Stretch) -> QRect:
        px = current().px
        first, last = self._stretches[0].start, self._stretches[-1].end
        whole = max((last - first).total_seconds(), 1)
        left = round((stretch.start - first).total_seconds() / whole * self.width())
        right = round((stretch.end - first).total_seconds() / whole * self.width())
        return QRect(left, px(20), max(3, right - left - 1), px(15))

    @staticmethod
    def _draw(painter: QPainter, stretch: Stretch, box: QRect) -> None:
        theme = current()
        if stretch.kind is Kind.PULLED:
            rounded(painter, box, 2, theme.color("ok"), None)
        elif stretch.kind is Kind.GAP:
            rounded(painter, box, 2, theme.color("late_soft"), QPen(theme.color("late"), 1))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QBrush(theme.color("late"), Qt.BrushStyle.BDiagPattern))
            painter.drawRect(box.adjusted(1, 1, -1, -1))
        else:
            rounded(painter, box, 2, None, QPen(theme.color("strong"), 1, Qt.PenStyle.DashLine))

    @staticmethod
    def _words(painter: QPainter, stretch: Stretch, box: QRect, used: int) -> int:
        """Over the stretch, where there is room."""
        theme = current()
        gap = stretch.kind is Kind.GAP
        font = theme.font("caption" if stretch.kind is Kind.PULLED else "caption_strong")
        words = stretch_words(stretch)
        width = QFontMetrics(font).horizontalAdvance(words)
        left = max(box.left() if width > box.width() else box.center().x() - width // 2, 0)
        if stretch.kind is Kind.PULLED:
            left = box.left()
        if left <= used or (stretch.kind is Kind.PULLED and width > box.width()):
            return used
        painter.setFont(font)
        painter.setPen(theme.color("late" if gap else "text2"))
        painter.drawText(left, theme.px(13), words)
        return left + width + theme.px(8)

    @staticmethod
    def _time(painter: QPainter, words: str, left: int, used: int) -> int:
        theme = current()
        if left <= used:
            return used
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("text3"))
        painter.drawText(left, theme.px(50), words)
        return left + QFontMetrics(theme.font("caption")).horizontalAdvance(words) + theme.px(8)


def _tr(text: str) -> str:
    return QCoreApplication.translate("accounts", text)
