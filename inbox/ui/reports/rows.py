"""The body of the other reports: a chart where one helps, and the rows by group."""

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, Signal, Slot
from PySide6.QtWidgets import QWidget

from inbox.model.report import ColumnKind, ReportTable
from inbox.ui.charts import BarChart, BarData, Bars, Line, LineChart, LineData, Look, Marker
from inbox.ui.reports import words
from inbox.ui.reports.asked import GROUPED
from inbox.ui.reports.parts import Part, held
from inbox.ui.reports.tablecard import TableCard
from inbox.ui.theme import current
from inbox.ui.widgets import column

if TYPE_CHECKING:
    from inbox.ui.reports.reading import Found

CHART: Final = 280
DRAWN: Final = {
    "volume": ("mentions", "needing_reply", "answers"),
    "workload": ("given", "replies", "open"),
    "outcomes": ("needing", "answered", "reopened"),
    "incidents": ("incidents",),
}
"""The counts of a report that its chart shows beside each other."""
KEYS: Final = 16
"""Keys that a chart shows; the rows below have all."""
STACKED: Final = {"met": Look.AFTER, "open": Look.OPEN, "breached": Look.LATE, "cancelled": Look.GONE}


class RowsBody(QWidget):
    """``behind`` carries a ``Part``: whose threads are wanted."""

    behind = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until ``show_found``."""
        super().__init__(parent)
        self._found: Found | None = None
        self._drawn: tuple[str, ...] = ()
        self.bars = BarChart(self.tr("By group"))
        self.course = LineChart(self.tr("Over time"))
        self.rows = TableCard()
        box = column(self, margins=(16, 12, 16, 24), gap=12)
        self._cards = held(self.course), held(self.bars)
        for chart in (self.course, self.bars):
            chart.setMinimumHeight(current().px(CHART))
        for part in (*self._cards, self.rows):
            box.addWidget(part)
        box.addStretch(1)
        self.bars.picked.connect(self._bar)
        self.course.picked.connect(self._day)
        self.rows.table.opened.connect(self._cell)

    def show_found(self, found: "Found") -> None:
        """Other figures."""
        self._found = found
        self._cards[0].setVisible(bool(found.course))
        if found.course:
            self.course.set_data(course(found))
        shown = bars(found.table)
        self._cards[1].setVisible(shown is not None)
        if shown is not None:
            name = words.report(found.asked.report)
            self.bars.set_title(words.by(name, found.asked.by))
            self._drawn = tuple(key for _, key, _ in charted(found.table))
            self.bars.set_data(shown)
        self.rows.show_table(found.table, found.asked.by, grouped=found.asked.report in GROUPED)

    @Slot(int, int)
    def _bar(self, series: int, place: int) -> None:
        if self._found is not None:
            key = str(self._found.table.rows[place][0])
            self.behind.emit(Part(key, key=key, column=self._drawn[series]))

    @Slot(int, int)
    def _day(self, _series: int, place: int) -> None:
        if self._found is not None:
            day = self._found.course[place][0]
            self.behind.emit(Part(words.day(day), day=day))

    @Slot(str, str)
    def _cell(self, key: str, column_key: str) -> None:
        self.behind.emit(Part(key, key=key, column=column_key or None))


def course(found: "Found") -> LineData:
    """Mentions, those that need a reply, and answers over time."""
    names = (_tr("Mentions"), _tr("Needing a reply"), _tr("Answers"))
    looks = ((Marker.SQUARE, "text2"), (Marker.ROUND, "accent"), (Marker.ROUND, "ok"))
    places = [begin for begin, _ in found.course]
    lines = tuple(Line(name, [values[at] for _, values in found.course], *looks[at]) for at, name in enumerate(names))
    step = places[1] - places[0] if len(places) > 1 else timedelta(days=1)
    about = _tr("by day") if step == timedelta(days=1) else _tr("every %1 days").replace("%1", str(step.days))
    return LineData([words.day(day) for day in places], lines, about, _tr("From"), shown=words.plain)


def charted(table: ReportTable) -> list[tuple[int, str, str]]:
    """The columns that are drawn: the place, the key and the title of each."""
    found = [
        (at, column.key, column.title)
        for at, column in enumerate(table.columns)
        if column.kind is ColumnKind.COUNT and at
    ]
    if table.question.report == "sla":
        places = {key: (at, key, title) for at, key, title in found}
        return [places[key] for key in STACKED if key in places]
    wanted = DRAWN.get(table.question.report)
    return [each for each in found if wanted is None or each[1] in wanted][:3]


def bars(table: ReportTable) -> BarData | None:
    """The counts of each key; None where there is nothing to draw."""
    drawn = charted(table)
    if not drawn or not table.rows:
        return None
    rows = table.rows[:KEYS]
    stacked = table.question.report == "sla"
    looks = list(STACKED.values()) if stacked else [Look.AFTER, Look.BEFORE, Look.OPEN]
    series = tuple(
        Bars(title, [_figure(row[at]) for row in rows], look)
        for (at, _, title), look in zip(drawn, looks, strict=False)
    )
    return BarData(
        [str(row[0]) for row in rows], series, key_name=words.group(table.question.by), stacked=stacked,
        shown=words.plain,
    )  # fmt: skip


def _figure(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def _tr(text: str) -> str:
    return QCoreApplication.translate("reports", text)
