"""The people that each hour of the week needs, as shades with their numbers; hours that are short are hatched."""

from PySide6.QtCore import QCoreApplication, QLocale, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QWidget

from inbox.ui.charts.axis import draw_places
from inbox.ui.charts.data import Look, Sheet, plain
from inbox.ui.charts.frame import Chart
from inbox.ui.charts.ink import fill_bar, shade
from inbox.ui.charts.legend import Entry, Scale
from inbox.ui.charts.plot import Cell, Plot, Spot
from inbox.ui.staffing.found import Found, Hour
from inbox.ui.theme import current
from inbox.ui.widgets.bidi import isolate
from inbox.ui.widgets.paint import CENTER, rounded
from inbox.ui.widgets.words import counted

HOURS = tuple(f"{hour:02}" for hour in range(24))
CELL = QSize(30, 26)
TALLEST = 40
HATCH = 6


def day_name(day: int, *, short: bool = False) -> str:
    """A weekday from 0 (Monday) in the user's language."""
    kind = QLocale.FormatType.ShortFormat if short else QLocale.FormatType.LongFormat
    return QLocale().standaloneDayName(day + 1, kind)


def told(hour: Hour) -> str:
    """An hour in words."""
    words = _tr("%1 needed, %2 on shift; %3 answers asked for")
    answers = plain(round(hour.arrivals, 1))
    return words.replace("%1", str(hour.needed)).replace("%2", plain(round(hour.on_shift, 1))).replace("%3", answers)


class WeekChart(Chart):
    """Arrows go from hour to hour; Enter or a click picks the day of the hour."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until ``show_week``."""
        title = _tr("People by the hour of the week")
        self._week = _WeekPlot(title)
        super().__init__(title, self._week, _tr("Nobody is needed at any hour."), parent)

    def show_week(self, found: Found) -> None:
        """Another week."""
        self._week.week = found.week
        most = max((hour.needed for day in found.week for hour in day), default=0)
        entries: list[Entry | Scale] = [Scale("0", _tr("%1 needed").replace("%1", str(most)))]
        if found.short_hours:
            entries.append(Entry(Look.LATE, _tr("fewer on shift (needed / there)")))
        self.legend.show_entries(*entries)
        cells = [[f"{hour.needed} / {plain(round(hour.on_shift, 1))}" for hour in day] for day in found.week]
        names = [day_name(day) for day in range(len(found.week))]
        self._fill_table(Sheet((_tr("Needed / on shift"), *HOURS), names, cells))
        filled = any(hour.needed or hour.on_shift for day in found.week for hour in day)
        self._say("", _summary(found), filled=filled)


class _WeekPlot(Plot):
    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.week: tuple[tuple[Hour, ...], ...] = ()

    def says(self, cell: Cell) -> tuple[str, str]:
        """The hour; its figures."""
        day, hour = cell
        span = _tr("%1, %2:00 to %3:00").replace("%1", day_name(day)).replace("%2", f"{hour:02}")
        return span.replace("%3", f"{(hour + 1) % 24:02}"), told(self.week[day][hour])

    def minimumSizeHint(self) -> QSize:
        """Room for the figures of each hour; the picture scrolls instead of dropping them."""
        theme = current()
        width = self._names_width() + theme.px(CELL.width()) * len(HOURS)
        return QSize(width, theme.px(CELL.height()) * max(1, len(self.week)) + theme.px(24))

    def layout_spots(self) -> list[Spot]:
        """Days below each other, hours left to right; names stand at the leading side."""
        names, foot = self._names_width(), current().px(24)
        left = 0 if self.mirrored else names
        area = QRect(left, 0, max(1, self.width() - names), max(1, self.height() - foot))
        height = min(current().px(TALLEST), area.height() // max(1, len(self.week)))
        found = []
        for day in range(len(self.week)):
            for hour in range(len(HOURS)):
                begin = area.left() + area.width() * hour // len(HOURS)
                end = area.left() + area.width() * (hour + 1) // len(HOURS)
                found.append(Spot((day, hour), QRect(begin, area.top() + day * height, end - begin - 2, height - 2)))
        return found

    def draw(self, painter: QPainter) -> None:
        """Names, hours of the week, and the hours of the day below."""
        if not self.spots:
            return
        most = max(hour.needed for day in self.week for hour in day) or 1
        for spot in self.spots:
            self._draw_hour(painter, spot.box, self.week[spot.cell[0]][spot.cell[1]], most)
        self._draw_names(painter)
        last = self.spots[-len(HOURS) :]
        foot = QRect(0, 0, self.width(), last[0].box.bottom() + 1)
        draw_places(painter, HOURS, [spot.box.center().x() for spot in last], foot)

    def _draw_hour(self, painter: QPainter, box: QRect, hour: Hour, most: int) -> None:
        theme = current()
        painter.setFont(theme.font("caption"))
        if hour.short:
            rounded(painter, box, 2, theme.color("late_soft"), QPen(theme.color("late"), 1))
            hatch = theme.px(HATCH)
            fill_bar(painter, QRect(box.left(), box.bottom() - hatch, box.width(), hatch), Look.LATE)
            painter.setPen(theme.color("late"))
            words = f"{hour.needed}/{plain(round(hour.on_shift, 1))}"
            painter.drawText(box.adjusted(-2, 0, 2, -hatch), CENTER, words)
            return
        if not hour.needed:
            rounded(painter, box, 2, None, QPen(theme.color("border"), 1))
            painter.setPen(theme.color("text3"))
            painter.drawText(box, CENTER, "0" if hour.on_shift else "")
            return
        ground, ink = shade(hour.needed / most)
        rounded(painter, box, 2, ground, None)
        painter.setPen(ink)
        painter.drawText(box, CENTER, str(hour.needed))

    def _draw_names(self, painter: QPainter) -> None:
        theme = current()
        painter.setFont(theme.font("meta"))
        painter.setPen(theme.color("text2"))
        room = self._names_width() - theme.px(10)
        left = self.width() - room if self.mirrored else 0
        side = Qt.AlignmentFlag.AlignRight if self.mirrored else Qt.AlignmentFlag.AlignLeft
        for day in range(len(self.week)):
            box = self.spots[day * len(HOURS)].box
            name = isolate(day_name(day, short=True))
            painter.drawText(QRect(left, box.top(), room, box.height()), side | Qt.AlignmentFlag.AlignVCenter, name)

    def _names_width(self) -> int:
        theme = current()
        metrics = QFontMetrics(theme.font("meta"))
        return max(metrics.horizontalAdvance(day_name(day, short=True)) + 4 for day in range(7)) + theme.px(10)


def _summary(found: Found) -> str:
    """The week in a sentence, as it is spoken."""
    hours = [(hour.needed, day, place) for day, row in enumerate(found.week) for place, hour in enumerate(row)]
    most, day, hour = max(hours, key=lambda each: each[0])
    words = _tr("Most are needed on %1 at %2:00: %3.").replace("%1", day_name(day)).replace("%2", f"{hour:02}")
    short = counted("%n hour(s) of the week have fewer on shift than they need.", found.short_hours, "staffing")
    return f"{words.replace('%3', str(most))} {short}"


def _tr(text: str) -> str:
    return QCoreApplication.translate("staffing", text)
