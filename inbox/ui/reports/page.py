"""The page of reports: what is asked in its head, the figures below, the threads behind them at the side."""

import threading
import time
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractSlider, QApplication, QFrame, QScrollArea, QStackedWidget, QWidget

from inbox.model.change import Change
from inbox.model.report import By
from inbox.ui.context import Context
from inbox.ui.quality.behind import BehindPane
from inbox.ui.reports import words
from inbox.ui.reports.asked import Asked, days
from inbox.ui.reports.definition import DefinitionBar
from inbox.ui.reports.digest import DigestBody
from inbox.ui.reports.export import ExportButton
from inbox.ui.reports.head import ReportHead
from inbox.ui.reports.parts import Part
from inbox.ui.reports.reading import Found, Stopped, read
from inbox.ui.reports.rows import RowsBody
from inbox.ui.reports.score import ScoreBody
from inbox.ui.reports.sources import DigestSource, Source, TableSource
from inbox.ui.reports.times import TimesBody
from inbox.ui.reports.waiting import WaitingBar
from inbox.ui.theme import current
from inbox.ui.widgets import EmptyState, ErrorState, LoadingBars, Pane, column, row

if TYPE_CHECKING:
    from inbox.flow.scorecard import Entry
    from inbox.model.ids import ThreadId
    from inbox.store.engine import Store

SOON_MS: Final = 10_000
MOST_BEHIND: Final = 200
SELDOM: Final = 30
"""Figures are read anew so many times more seldom than reading them takes, however much goes on."""
SIDE, SINGLE_UNDER = 320, 900
_SCROLLS = {
    Qt.Key.Key_Down: QAbstractSlider.SliderAction.SliderSingleStepAdd,
    Qt.Key.Key_Up: QAbstractSlider.SliderAction.SliderSingleStepSub,
    Qt.Key.Key_PageDown: QAbstractSlider.SliderAction.SliderPageStepAdd,
    Qt.Key.Key_PageUp: QAbstractSlider.SliderAction.SliderPageStepSub,
    Qt.Key.Key_Home: QAbstractSlider.SliderAction.SliderToMinimum,
    Qt.Key.Key_End: QAbstractSlider.SliderAction.SliderToMaximum,
}


class ReportsPage(Pane):
    """Reads while it can be seen, anew a moment after threads have changed; what is read replaces figures in place."""

    progressed = Signal(int, int)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """Grey bars until the first reading."""
        super().__init__("window", "", parent)
        self._context = context
        self._stop = threading.Event()
        self._asker: QWidget | None = None
        self._began = 0.0
        self.found: Found | None = None
        self.head = ReportHead(Asked(), self._days)
        self.definition = DefinitionBar()
        self.waiting = WaitingBar()
        self.loading = LoadingBars()
        self.empty = EmptyState(icon="chart")
        self.trouble = ErrorState()
        self.times, self.rows, self.score, self.digest = TimesBody(), RowsBody(), ScoreBody(), DigestBody()
        self.export = ExportButton(context)
        self.behind = BehindPane(context)
        self.stack = QStackedWidget()
        self._scrolls = {body: self._scroll(body) for body in (self.times, self.rows, self.score, self.digest)}
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON_MS)
        self._build()
        self._connect()
        self.loading.start()

    @property
    def asked(self) -> Asked:
        """What is chosen."""
        return self.head.asked

    def ask(self, asked: Asked) -> None:
        """Shows other figures."""
        self.head.show_asked(asked)
        self._asked_anew(asked)

    def _scroll(self, body: QWidget) -> QScrollArea:
        body.setProperty("ground", "window")
        made = QScrollArea()
        made.setWidgetResizable(True)
        made.setFrameShape(QFrame.Shape.NoFrame)
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.setWidget(body)
        return made

    def _build(self) -> None:
        self.head.export.addWidget(self.export)
        for part in (self.loading, self.empty, self.trouble, *self._scrolls.values()):
            self.stack.addWidget(part)
        across = row(gap=0)
        across.addWidget(self.stack, 1)
        across.addWidget(self.behind)
        box = column(self)
        for bar in (self.head, self.definition, self.waiting):
            box.addWidget(bar)
        box.addLayout(across, 1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Reports"))

    def _connect(self) -> None:
        context = self._context
        context.opened.connect(self.read)
        context.people_changed.connect(self._workspace_changed)
        context.changed.connect(self._changed)
        context.theme.changed.connect(self._redraw)
        self._soon.timeout.connect(self.read)
        self.head.changed.connect(self._asked_anew)
        self.definition.kept.connect(self.ask)
        self.waiting.stopped.connect(self._stopped)
        self.waiting.again.connect(self.read)
        self.progressed.connect(self.waiting.progress)
        self.trouble.acted.connect(self.read)
        self.empty.acted.connect(self._widen)
        for body in (self.times, self.rows):
            body.behind.connect(self._behind)
            body.rows.by_chosen.connect(self._by_chosen)
        self.score.behind.connect(self._behind)
        self.score.entered.connect(self._enter)
        self.digest.thread_wanted.connect(context.open_thread)
        self.behind.turned.connect(self._arrange)

    # -- reading

    @property
    def _zone(self) -> str:
        return self._context.workspace.settings.time_zone or "UTC"

    def _days(self, asked: Asked) -> tuple[date, date]:
        return days(asked, self._zone, self._context.now())

    @Slot()
    def read(self) -> None:
        """Reads the figures that are asked for; what was being read is dropped."""
        store = self._context.store
        if store is None or not self.isVisible():
            return
        self._stop.set()
        stop = self._stop = threading.Event()
        asked, zone, now = self.asked, self._zone, self._context.now()

        def work() -> Found:
            return read(store, asked, zone, now=now, stopped=stop.is_set, progress=self.progressed.emit)

        if self.found is None or self.found.asked != asked:
            self.waiting.begin()  # what is read anew replaces its figures where they stand: nothing moves
        self._began = time.monotonic()
        self._context.lanes.run(work, self._show, self._unreadable, key=(id(self), "report"))

    def _show(self, found: Found) -> None:
        self.waiting.end()
        self._soon.setInterval(max(SOON_MS, int(SELDOM * 1000 * (time.monotonic() - self._began))))
        shown = self.stack.currentWidget() is self._scrolls[self._body(found.asked.report)]
        same, self.found = found == self.found and shown, found
        if not same:  # most of what changes in a minute changes no figure of weeks
            self._redraw()

    def _unreadable(self, error: Exception) -> None:
        if isinstance(error, Stopped):
            return
        if self.found is not None and self.found.asked == self.asked and not _is_empty(self.found):
            self.waiting.fail(str(error))
            return
        self.waiting.end()
        self.loading.stop()
        self.trouble.explain(str(error), self.tr("Try again"))
        self.stack.setCurrentWidget(self.trouble)

    @Slot()
    def _stopped(self) -> None:
        """Nobody waits any longer; what was there before stays."""
        self._stop.set()
        self.waiting.end()
        if self.found is None or self.found.asked != self.asked:
            self.loading.stop()
            self.empty.say(self.tr("Stopped. Nothing was changed."), self.tr("Read again"), "chart")
            self.stack.setCurrentWidget(self.empty)

    @Slot()
    def _redraw(self) -> None:
        found = self.found
        if found is None:
            return
        self.loading.stop()
        timed = found.asked.report == "response-times"
        name = words.metric(found.asked.metric) if timed else words.report(found.asked.report)
        self.definition.say(name, found.table.definition)
        areas = tuple(each.name for each in self._context.workspace.areas)
        self.definition.offer(self.asked, areas, found.accounts)
        body = self._body(found.asked.report)
        nothing = _is_empty(found)
        self.export.set_source(None if nothing else _source(found))
        if nothing:
            self._say_empty(found.asked)
            return
        if isinstance(body, DigestBody):
            if found.digest is not None:
                body.show_digest(found.digest)
        else:
            body.show_found(found)
        self.stack.setCurrentWidget(self._scrolls[body])

    def _body(self, report: str) -> TimesBody | RowsBody | ScoreBody | DigestBody:
        if report == "scorecard":
            return self.score
        if report == "digest":
            return self.digest
        return self.times if report == "response-times" else self.rows

    def _say_empty(self, asked: Asked) -> None:
        said = words.nothing(asked.report)
        action = self.tr("Show all areas and accounts") if asked.only else ""
        if not action and asked.span != "28":
            action = self.tr("Last 28 days")
        self.empty.say(said, action, "chart")
        self.stack.setCurrentWidget(self.empty)

    @Slot()
    def _widen(self) -> None:
        """What was stopped is read again; what found nothing asks for more."""
        if self.found is None or self.found.asked != self.asked:
            self.read()
        elif self.asked.only:
            self.ask(replace(self.asked, only=()))
        else:
            self.ask(replace(self.asked, span="28", first=None, last=None))

    @Slot(object)
    def _asked_anew(self, asked: Asked) -> None:
        del asked
        self.behind.put_away()
        self.read()

    @Slot(str)
    def _by_chosen(self, by: str) -> None:
        self.ask(replace(self.asked, by=By(by)))

    @Slot()
    def _workspace_changed(self) -> None:
        self.head.show_asked(self.asked)
        self.read()

    @Slot(Change)
    def _changed(self, change: Change) -> None:
        """Figures of weeks do not change in seconds: what comes in a burst is read once."""
        if self.isVisible() and not self._soon.isActive() and (change.many or change.threads):
            self._soon.start()

    def showEvent(self, event: QShowEvent) -> None:
        """What was missed while hidden is read now."""
        super().showEvent(event)
        self.head.show_asked(self.asked)
        self.read()

    # -- the threads behind

    @Slot(object)
    def _behind(self, part: Part) -> None:
        found, store = self.found, self._context.store
        if found is None or store is None:
            return
        question = found.question
        if part.report is not None:
            question = replace(question, report=part.report, metric=part.metric or question.metric)
        zone, now = self._zone, self._context.now()
        self._asker = QApplication.focusWidget()

        def work() -> "tuple[str, list[ThreadId]]":
            from inbox.flow import reports

            return part.title, reports.threads(
                store, question, key=part.key, day=part.day, step=part.step, hour=part.hour, column=part.column,
                zone=zone, limit=MOST_BEHIND, now=now,
            )  # fmt: skip

        self._context.lanes.run(work, self._show_behind, self._context.tell, key=(id(self), "behind"))

    def _show_behind(self, found: "tuple[str, list[ThreadId]]") -> None:
        title, ids = found
        if len(ids) == MOST_BEHIND:
            title = self.tr("%1, first %2").replace("%1", title).replace("%2", words.plain(MOST_BEHIND))
        self.behind.ask(title, ids)

    # -- the scorecard

    @Slot(str, str, float)
    def _enter(self, line: str, area: str, value: float) -> None:
        actor, now = self._context.employee or "command", self._context.now()

        def work(store: "Store") -> "Entry":
            from inbox.flow import scorecard

            return scorecard.enter(store, line, value, area=area or None, day=None, actor=actor, now=now)

        self._context.lanes.write(work, self._entered, self._context.tell)

    def _entered(self, entry: "Entry") -> None:
        was = entry.was
        undo = None if was is None else partial(self._enter, entry.line.name, entry.area, was)
        self._context.toast(entry.sentence, undo)
        self.read()

    # -- keyboard and size

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """While nothing inside has the keyboard it scrolls; Escape puts the threads away from anywhere."""
        if event.key() == Qt.Key.Key_Escape and self.behind.isVisible():
            self.behind.put_away()
            return
        act = _SCROLLS.get(Qt.Key(event.key()))
        shown = self.stack.currentWidget()
        if act is None or not isinstance(shown, QScrollArea):
            super().keyPressEvent(event)
        else:
            shown.verticalScrollBar().triggerAction(act)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room the threads take the figures' place."""
        super().resizeEvent(event)
        self._arrange()

    @Slot()
    def _arrange(self) -> None:
        single = self.width() < current().px(SINGLE_UNDER)
        self.stack.setVisible(not single or self.behind.isHidden())
        self.behind.setFixedWidth(self.width() if single else current().px(SIDE))
        if self.behind.isHidden() and self._asker is not None:
            asker, self._asker = self._asker, None
            asker.setFocus(Qt.FocusReason.OtherFocusReason)


def _is_empty(found: Found) -> bool:
    """Whether there is nothing to show in the time that is chosen."""
    if found.digest is not None:
        return found.digest.mentions == 0
    if found.asked.report == "response-times":
        return found.shape is None or found.shape.total is None
    return not found.table.rows


def _source(found: Found) -> Source:
    """What is on screen, for a file."""
    return TableSource(found.table, found.shape) if found.digest is None else DigestSource([found.digest])
