"""The queue's pane: head, chips, new bar, bulk bar, and the list or what it says instead."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSettings, Qt, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent
from PySide6.QtWidgets import QMenu, QStackedWidget, QWidget

from inbox.model.change import Change
from inbox.model.ids import ThreadId
from inbox.model.thread import ThreadRow
from inbox.model.view import Order, View
from inbox.ui import views
from inbox.ui.commands import BY_ID, shown_text
from inbox.ui.context import Context
from inbox.ui.decisions import Decisions
from inbox.ui.queue import filters
from inbox.ui.queue.art import HEIGHTS, Density
from inbox.ui.queue.bars import BulkBar, Chips, ColumnHeads, NewBar, QueueHead
from inbox.ui.queue.filters import Filters
from inbox.ui.queue.model import Loading, QueueModel
from inbox.ui.queue.reader import Reader
from inbox.ui.queue.view import QueueView
from inbox.ui.theme import current
from inbox.ui.widgets import EmptyState, ErrorState, LoadingBars, Pane, column, row
from inbox.ui.widgets.words import capped

if TYPE_CHECKING:
    from inbox.store.engine import Session

ORDERS = {Order.DUE: "Due first", Order.NEWEST: "Newest first", Order.OLDEST: "Oldest first"}
MENU = ("reply", "note", "", "assign", "assign-me", "move", "tag", "priority", "", "snooze", "wait", "close",
        "close-as", "reopen", "", "open-link", "copy-link")  # fmt: skip


class QueuePane(Pane):
    """Shows a view's threads. ``compact_changed`` tells the window that the list wants the whole width."""

    compact_changed = Signal(bool)
    opened = Signal(object)

    def __init__(
        self, context: Context, decisions: Decisions, parent: QWidget | None = None, reader: Reader | None = None
    ) -> None:
        """An empty queue; ``show_view`` fills it."""
        super().__init__("surface", "", parent)
        self._context = context
        self._base: View | None = None
        self._order = Order.DUE
        self.filters = Filters()
        self._wants_focus = False
        self._settings: QSettings | None = None
        self.model = QueueModel(context, reader, self)
        self.view = QueueView(context, self.model)
        self.head = QueueHead()
        self.chips = Chips()
        self.new_bar = NewBar()
        self.bulk = BulkBar(context)
        self.columns = ColumnHeads()
        self.loading = LoadingBars(HEIGHTS[Density.COSY])
        self.empty = EmptyState()
        self.error = ErrorState()
        self._build()
        self._connect(decisions)

    def _build(self) -> None:
        box = column(self)
        self._bar = Pane("surface", "bottom")
        self._bar.setFixedHeight(current().px(36))
        self._bar_box = row(self._bar, margins=(12, 0, 12, 0))
        self._bar_box.addWidget(self.chips)
        self._stack = QStackedWidget(self)
        for page in (self.view, self.loading, self.empty, self.error):
            self._stack.addWidget(page)
        self.columns.hide()
        for part in (self.head, self._bar, self.bulk, self.columns, self.new_bar):
            box.addWidget(part)
        box.addWidget(self._stack, 1)

    def _connect(self, decisions: Decisions) -> None:
        context = self._context
        self.model.loading.connect(self._show_loading)
        self.model.arrived.connect(self._arrived)
        self.model.counted.connect(self._counted)
        self.view.chosen.connect(context.set_thread)
        self.view.opened.connect(self.opened)
        self.view.ticked.connect(self._ticked)
        self.view.menu_wanted.connect(self._menu)
        self.view.left.connect(self.model.drop_gone)
        self.chips.changed.connect(self._narrow)
        self.chips.order_wanted.connect(self._order_menu)
        self.chips.filter_wanted.connect(self._filter_menu)
        self.head.filter.clicked.connect(self._filter_menu)
        self.head.more.clicked.connect(self._more_menu)
        self.head.density_chosen.connect(self.set_density)
        self.new_bar.wanted.connect(self.model.refresh)
        self.bulk.all_wanted.connect(self.tick_all)
        self.bulk.clear_wanted.connect(self.clear_ticks)
        self.empty.acted.connect(self.clear_filter)
        self.error.acted.connect(self.model.refresh)
        context.changed.connect(self._changed)
        context.people_changed.connect(self._people_changed)
        context.thread_changed.connect(self._thread_changed)
        decisions.ticked = lambda: tuple(self.view.delegate.checked)
        decisions.row_of = self._row_of
        decisions.anchor = self._anchor
        decisions.decided.connect(self._decided)
        self._register()

    def _register(self) -> None:
        on = self._context.commands.on
        on("next", partial(self.view.step, 1), self._has_rows)
        on("previous", partial(self.view.step, -1), self._has_rows)
        on("select", self._tick_current, self._has_rows)
        on("select-all", self.tick_all, self._has_rows)
        on("show-new", self.model.refresh, lambda: self.model.new_threads > 0)
        on("unassigned", self.chips.unassigned.click)
        on("late", self.chips.pressing.click)
        for order in Order:
            on(f"order-{order}", partial(self.set_order, order))
        for density in Density:
            on(str(density), partial(self.set_density, density))
        on("open", self._open, self._has_rows)

    # -- what is shown

    def show_view(self, view: View) -> None:
        """Another view, in its own order, without the chips of the last."""
        self._base = view
        self._order = view.order
        self.filters = Filters()
        self.chips.unassigned.setChecked(False)
        self.chips.pressing.setChecked(False)
        self.head.title.setText(view.title)
        self.view.delegate.current = None
        self.clear_ticks()
        self._narrow()

    def set_order(self, order: Order) -> None:
        """Due first, newest or oldest."""
        self._order = order
        self._narrow()

    @Slot(str)
    def set_density(self, density: str) -> None:
        """Comfortable, cosy or compact; compact wants the whole width."""
        chosen = Density(density)
        compact = chosen is Density.COMPACT
        self.head.density.set_value(chosen)
        self.head.set_compact(compact=compact)
        self.columns.setVisible(compact)
        self._bar.setVisible(not compact)
        if compact:
            self.head.tools.insertWidget(3, self.chips)
        else:
            self._bar_box.addWidget(self.chips)
        self.view.set_density(chosen)
        if self._settings is not None:
            self._settings.setValue("queue/density", str(chosen))
        self.compact_changed.emit(compact)

    def remember_in(self, settings: QSettings) -> None:
        """Keeps the density in ``settings``, and takes up what is kept there."""
        self._settings = settings
        kept = str(settings.value("queue/density", str(Density.COSY)))
        if kept in set(Density) and kept != self.density:
            self.set_density(kept)

    @property
    def density(self) -> Density:
        """The row height in force."""
        return self.view.delegate.book.density

    def set_short(self, *, short: bool) -> None:
        """Short deadlines where there is little room."""
        if self.view.delegate.book.short is not short:
            self.view.delegate.book.short = short
            self.view.delegate.book.clear()
            self.view.viewport().update()

    def filtered(self) -> bool:
        """True while chips or filters narrow the view."""
        return self.chips.unassigned.isChecked() or self.chips.pressing.isChecked() or self.filters.count > 0

    @Slot()
    def clear_filter(self) -> None:
        """The whole view again."""
        self.chips.unassigned.setChecked(False)
        self.chips.pressing.setChecked(False)
        self.filters = Filters()
        self._narrow()

    @Slot()
    def _narrow(self) -> None:
        if self._base is None:
            return
        self.chips.say_order(self.tr(ORDERS[self._order]))
        self.chips.say_filters(self.filters.count)
        view = views.narrowed(
            self._base,
            unassigned=self.chips.unassigned.isChecked(),
            pressing=self.chips.pressing.isChecked(),
            order=self._order,
        )
        self.model.show_view(self.filters.applied(view))

    @Slot(object)
    def set_filters(self, new: Filters) -> None:
        """An account, a tag, whether a reply is needed."""
        self.filters = new
        self._narrow()

    @Slot(Loading, str)
    def _show_loading(self, state: Loading, sentence: str) -> None:
        if state is Loading.READING and not self.model.rowCount():
            self.loading.start()
            self._stack.setCurrentWidget(self.loading)
        elif state is Loading.FAILED:
            self.loading.stop()
            self.error.explain(sentence, self.tr("Try again"))
            self._stack.setCurrentWidget(self.error)
        elif state is Loading.READY:
            self.loading.stop()
            self._show_rows()

    def say_trouble(self, sentence: str) -> None:
        """Says why nothing can be shown; ``error.acted`` asks to try again."""
        self._show_loading(Loading.FAILED, sentence)

    def take_focus(self) -> None:
        """The keyboard goes to the list, as soon as there is one."""
        self._wants_focus = True
        if self.view.isVisible():
            self._wants_focus = False
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_rows(self) -> None:
        if self.model.rowCount():
            self._stack.setCurrentWidget(self.view)
            if self._wants_focus:
                self.take_focus()
            return
        self._context.set_thread(None)
        if self.filtered():
            self.empty.say(self.tr("No thread matches."), self.tr("Clear filter"), "filter")
            self._stack.setCurrentWidget(self.empty)
        else:
            self.empty.say(self._nothing(), "", "check")
            self._stack.setCurrentWidget(self.empty)

    def _nothing(self) -> str:
        key = self._base.key if self._base else ""
        return {
            "mine": self.tr("Nothing is assigned to you."),
            "unsorted-list": self.tr("Everything has found its area."),
            "waiting": self.tr("No thread waits on a customer."),
            "snoozed": self.tr("No thread is snoozed."),
            "closed": self.tr("No thread was closed yet."),
        }.get(key, self.tr("Nothing is due here."))

    @Slot(int)
    def _arrived(self, n: int) -> None:
        if n and not self.model.rowCount():
            self.model.refresh()
            return
        self.new_bar.say(n)

    @Slot(int)
    def _counted(self, n: int) -> None:
        words = self.tr("%1 open") if self._base and self._base.filter.statuses[:1] == ("new",) else "%1"
        self.head.beside.setText(words.replace("%1", capped(n)))
        if n == 0 and self.model.ready and not self.model.rowCount():
            self._show_rows()

    @Slot(Change)
    def _changed(self, change: Change) -> None:
        self.model.apply(change)

    @Slot()
    def _people_changed(self) -> None:
        self.view.delegate.people_changed()
        self.view.viewport().update()

    @Slot()
    def _thread_changed(self) -> None:
        self.view.select_thread(self._context.thread_id)

    @Slot(object)
    def _decided(self, ids: frozenset[ThreadId]) -> None:
        self.model.own |= ids
        self.clear_ticks()

    # -- ticks

    def _tick_current(self) -> None:
        self.view.tick(self.view.currentIndex().row())

    @Slot()
    def tick_all(self) -> None:
        """Ticks every thread of the view, a thousand at most."""
        view, now, reader = self.model.view, self._context.now(), self.model.reader
        if view is None:
            return

        def work(session: "Session") -> frozenset[ThreadId]:
            return frozenset(found.id for found in reader.page(session, view, now, 1000, None).rows)

        self._context.lanes.read(work, self.view.set_ticks, key=(id(self), "all"))

    @Slot()
    def clear_ticks(self) -> None:
        """Nothing is ticked."""
        self.view.set_ticks(frozenset())

    @Slot()
    def _ticked(self) -> None:
        self.bulk.say(len(self.view.delegate.checked), self.model.rowCount())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape takes the ticks away."""
        if Qt.Key(event.key()) is Qt.Key.Key_Escape and self.view.delegate.checked:
            self.clear_ticks()
            return
        super().keyPressEvent(event)

    # -- menus

    @Slot(object)
    def _menu(self, at: QPoint) -> None:
        """The decisions that can be made now, with their keys."""
        menu = QMenu(self)
        for id_ in MENU:
            if not id_:
                menu.addSeparator()
            elif self._context.commands.can(id_):
                command = BY_ID[id_]
                action = menu.addAction(current().icon(command.icon), f"{shown_text(command)}\t{command.key}")
                action.triggered.connect(partial(self._context.commands.run, id_))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    @Slot()
    def _order_menu(self) -> None:
        menu = QMenu(self)
        group = QActionGroup(menu)
        for order, words in ORDERS.items():
            action = menu.addAction(self.tr(words))
            action.setCheckable(True)
            action.setChecked(order is self._order)
            group.addAction(action)
            action.triggered.connect(partial(self.set_order, order))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.chips.order.mapToGlobal(QPoint(0, self.chips.order.height())))

    @Slot()
    def _filter_menu(self) -> None:
        """Chips, accounts, tags; what there is is read first."""
        self._context.lanes.read(filters.read, self._show_filters, key=(id(self), "filters"))

    def _show_filters(self, offered: filters.Offered) -> None:
        self.chips.say_filters(self.filters.count)
        menu = QMenu(self)
        for chip in (self.chips.unassigned, self.chips.pressing):
            self._check(menu, chip.text(), chip.isChecked()).triggered.connect(chip.click)
        filters.fill(menu, offered, self.filters, self.set_filters)
        menu.addSeparator()
        clear = menu.addAction(self.tr("Clear filter"))
        clear.setEnabled(self.filtered())
        clear.triggered.connect(self.clear_filter)
        menu.aboutToHide.connect(menu.deleteLater)
        anchor = self.chips.more if self.chips.more.isVisible() else self.head.filter
        menu.popup(anchor.mapToGlobal(QPoint(0, anchor.height())))

    @staticmethod
    def _check(menu: QMenu, words: str, on: bool) -> QAction:  # noqa: FBT001
        action = menu.addAction(words)
        action.setCheckable(True)
        action.setChecked(on)
        return action

    @Slot()
    def _more_menu(self) -> None:
        menu = QMenu(self)
        for id_ in (
            "order-due",
            "order-newest",
            "order-oldest",
            "",
            "comfortable",
            "cosy",
            "compact",
            "",
            "select-all",
            "refresh",
        ):
            if not id_:
                menu.addSeparator()
                continue
            action = menu.addAction(shown_text(BY_ID[id_]))
            action.setEnabled(self._context.commands.can(id_))
            action.triggered.connect(partial(self._context.commands.run, id_))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.head.more.mapToGlobal(QPoint(0, self.head.more.height())))

    # -- for the decisions

    def _has_rows(self) -> bool:
        return self.model.rowCount() > 0 and self.isVisible()

    def _row_of(self, thread_id: ThreadId) -> ThreadRow | None:
        place = self.model.place_of(thread_id)
        return self.model.peek(place) if place is not None else None

    def _anchor(self) -> QWidget:
        return self.bulk if self.bulk.isVisible() else self.head

    def _open(self) -> None:
        found = self.view.current_row()
        if found is not None:
            self.opened.emit(found.id)
