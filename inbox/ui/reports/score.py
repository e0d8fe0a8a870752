"""The body of the scorecard: how both sides stand, then ten outward lines beside ten inward ones."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from inbox.model.report import By, ReportTable
from inbox.model.words import Metric
from inbox.model.workspace import Side
from inbox.ui.reports import words
from inbox.ui.reports.parts import Part
from inbox.ui.reports.scoretable import ScoreRow, ScoreTable
from inbox.ui.reports.strip import Strip
from inbox.ui.reports.words import Shift
from inbox.ui.theme import current
from inbox.ui.widgets import Card, ElidedLabel, Label, column, row

if TYPE_CHECKING:
    from inbox.ui.reports.reading import Found

TWO_FROM: Final = 900
BEHIND: Final = {
    "first response median": ("response-times", Metric.FIRST, None),
    "first response p90": ("response-times", Metric.FIRST, None),
    "next response median": ("response-times", Metric.NEXT, None),
    "resolution median": ("response-times", Metric.RESOLUTION, None),
    "first response in target": ("sla", Metric.FIRST, "breached"),
    "next response in target": ("sla", Metric.NEXT, "breached"),
    "resolution in target": ("sla", Metric.RESOLUTION, "breached"),
    "response rate": ("outcomes", Metric.FIRST, "needing"),
    "reopen rate": ("outcomes", Metric.FIRST, "reopened"),
    "sentiment change": ("outcomes", Metric.FIRST, "sentiment_n"),
    "thanks in public": ("outcomes", Metric.FIRST, "thanks_in_public"),
    "backlog": ("workload", Metric.FIRST, "backlog"),
    "reassignments": ("workload", Metric.FIRST, "reassigned"),
    "handling time median": ("workload", Metric.FIRST, "handling_n"),
    "time in queue median": ("workload", Metric.FIRST, "queue_n"),
    "mentions": ("volume", Metric.FIRST, "mentions"),
}
"""The report, metric and column whose threads are behind a figure."""


class ScoreBody(QWidget):
    """``behind`` carries a ``Part``; ``entered`` a line, the area (empty: the company) and what was typed."""

    behind = Signal(object)
    entered = Signal(str, str, float)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until ``show_found``."""
        super().__init__(parent)
        self._columns = 0
        self._figures: dict[str, str | None] = {}
        self.area = ""
        self.strip = Strip(self.tr("Totals"), 3)
        self.sides = {
            Side.OUTWARD: ScoreTable(self.tr("Outward, what customers meet")),
            Side.INWARD: ScoreTable(self.tr("Inward, how we work")),
        }
        self._cards = tuple(_card(table) for table in self.sides.values())
        box = column(self, margins=(16, 12, 16, 24), gap=12)
        box.addWidget(self.strip)
        self._grid = QGridLayout()
        self._grid.setSpacing(current().px(12))
        box.addLayout(self._grid)
        box.addStretch(1)
        self._lay(2)
        for table in self.sides.values():
            table.opened.connect(self._open)
            table.entered.connect(self._entered)
        for figure in self.strip.figures:
            figure.setEnabled(False)

    def show_found(self, found: "Found") -> None:
        """Other figures: those of the area that is chosen, else the company's."""
        self.area = found.asked.chosen(By.AREA) or ""
        self._figures = dict(found.figures)
        for side, table in self.sides.items():
            table.show_lines(lines(found.table, side, self.area, self._figures))
        self._fill_strip()

    def _fill_strip(self) -> None:
        shares: list[float | None] = []
        names = (self.tr("Outward on target"), self.tr("Inward on target"))
        for figure, name, table in zip(self.strip.figures, names, self.sides.values(), strict=False):
            judged = [each.met for each in table.lines if each.met is not None]
            share = sum(judged) / len(judged) if judged else None
            shares.append(share)
            of = self.tr("%1 of %2 lines").replace("%1", words.plain(sum(judged)))
            open_ = self.tr("%1 without a value or a target").replace("%1", words.plain(len(table.lines) - len(judged)))
            left = len(table.lines) - len(judged)
            said = Shift(open_ if left else "", short=self.tr("%1 open").replace("%1", words.plain(left)))
            figure.say(name, words.share(share), said, of.replace("%2", words.plain(len(judged))))
        outward, inward = shares
        ratio = outward / inward if outward is not None and inward else None
        about = self.tr("under 1, we look better to ourselves than to customers")
        said = Shift(about, short=self.tr("of both shares"))
        shown = words.NONE if ratio is None else f"{ratio:.2f}"
        self.strip.figures[2].say(self.tr("Outward to inward"), shown, said)
        self.strip.fit()

    @Slot(str)
    def _open(self, name: str) -> None:
        report, metric, column_key = BEHIND.get(self._figures.get(name) or "", (None, None, None))
        if report is not None:
            self.behind.emit(Part(name, report=report, metric=metric, column=column_key))

    @Slot(str, float)
    def _entered(self, name: str, value: float) -> None:
        self.entered.emit(name, self.area, value)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Both sides beside each other where there is room."""
        super().resizeEvent(event)
        self._lay(2 if event.size().width() >= current().px(TWO_FROM) else 1)

    def _lay(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for at, card in enumerate(self._cards):
            self._grid.addWidget(card, at // columns, at % columns)
        for at in range(2):
            self._grid.setColumnStretch(at, 1 if at < columns else 0)


def lines(table: ReportTable, side: Side, area: str, figures: dict[str, str | None]) -> list[ScoreRow]:
    """The lines of one side and area as the report has them; its totals are left out."""
    at = {column.key: place for place, column in enumerate(table.columns)}
    # Without an area the company's lines come first, under a name of their own.
    shown = area or next((each[at["area"]] for each in table.rows), "")
    found = []
    for each in table.rows:
        name = str(each[0])
        if name not in figures or each[at["side"]] != str(side) or each[at["area"]] != shown:
            continue
        value, target, met = each[at["value"]], each[at["target"]], each[at["on_target"]]
        found.append(
            ScoreRow(
                name,
                float(value) if isinstance(value, int | float) else None,
                str(each[at["unit"]] or ""),
                float(target) if isinstance(target, int | float) else None,
                None if met is None else met == "yes",
                figures[name] is None,
                None if each[at["as_of"]] is None else str(each[at["as_of"]]),
            )
        )
    return found


def _card(table: ScoreTable) -> Card:
    """One side under its name."""
    card = Card()
    name, _, about = table.accessibleName().partition(", ")
    head = row(gap=8)
    head.addWidget(Label(name, "name"))
    head.addWidget(ElidedLabel(about, "meta", "text3"), 1)
    card.body.addLayout(head)
    card.body.addWidget(table)
    card.body.addStretch(1)
    return card
