"""The page that lists what an employee was told, the newest first."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from inbox.model.change import Change
from inbox.model.notice import Notice, NoticeKind
from inbox.ui.context import Context
from inbox.ui.notices.about import incident_of
from inbox.ui.notices.rows import NoticesDelegate, NoticesModel
from inbox.ui.widgets import Button, EmptyState, ErrorState, LoadingBars, PageHead, Pane, column
from inbox.ui.widgets.words import counted

if TYPE_CHECKING:
    from inbox.model.ids import EmployeeId, IncidentId
    from inbox.store.engine import Session, Store

SHOWN = 200
MINUTE_MS = 60_000
ROW = 56


class NoticesList(QListView):
    """Arrows choose, Enter and a click open. ``opened`` carries the notice."""

    opened = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """Empty until notices come."""
        super().__init__(parent)
        self.notices = NoticesModel(context.now, self)
        self.setModel(self.notices)
        self.setItemDelegate(NoticesDelegate(self, context.now))
        self.setAccessibleName(self.tr("Notices"))
        self.setMouseTracking(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.clicked.connect(self._clicked)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens."""
        index = self.currentIndex()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and index.isValid():
            self.opened.emit(self.notices.rows[index.row()])
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The first notice is current where none is, so that the arrows begin somewhere."""
        super().focusInEvent(event)
        self.begin()

    def begin(self) -> None:
        """Chooses the first notice if none is. Qt makes it current, but no more."""
        if self.notices.rows and not self.selectionModel().hasSelection():
            self.setCurrentIndex(self.notices.index(max(0, self.currentIndex().row()), 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width breaks the sentences elsewhere."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()

    @Slot(QModelIndex)
    def _clicked(self, index: QModelIndex) -> None:
        self.opened.emit(self.notices.rows[index.row()])


class NoticesPage(Pane):
    """Reads the newest notices when it is shown and whenever there are others."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """Grey bars until the first reading."""
        super().__init__("surface", "", parent)
        self._context = context
        self.head = PageHead(self.tr("Notices"), page=True)
        self.all_seen = Button(self.tr("Mark all seen"), "double-check")
        self.all_seen.clicked.connect(self._mark_all)
        self.head.tools.addWidget(self.all_seen)
        self.loading = LoadingBars(ROW)
        self.empty = EmptyState(icon="bell")
        self.error = ErrorState()
        self.error.acted.connect(self.read)
        self.list = NoticesList(context)
        self.list.opened.connect(self._open)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        box = column(self)
        box.addWidget(self.head)
        for part in (self.loading, self.empty, self.error, self.list):
            box.addWidget(part, 1)
        self._show_only(self.loading)
        self.all_seen.hide()
        self.loading.start()
        self._minute = QTimer(self)
        self._minute.setInterval(MINUTE_MS)
        self._minute.timeout.connect(self.list.viewport().update)
        self._minute.start()
        context.changed.connect(self._changed)
        context.people_changed.connect(self.read)
        context.opened.connect(self.read)
        context.theme.changed.connect(self.list.scheduleDelayedItemsLayout)
        self.read()

    @Slot()
    def read(self) -> None:
        """Reads the newest notices of whoever is at the desk."""
        me = self._context.me()
        if self._context.store is None:
            return
        if me is None:
            self._show(())
            return
        number = me.id

        def work(session: "Session") -> tuple[Notice, ...]:
            from inbox.store import notices

            return tuple(notices.newest(session, number, SHOWN))

        self._context.lanes.read(work, self._show, self._failed, key=(id(self), "notices"))

    def _show(self, found: tuple[Notice, ...]) -> None:
        self.loading.stop()
        current = self.list.currentIndex().row()
        before = self.list.notices.rows
        kept = before[current].id if 0 <= current < len(before) else None
        self.list.notices.show_rows(found)
        for place, each in enumerate(found):
            if each.id == kept:
                self.list.setCurrentIndex(self.list.notices.index(place, 0))
        if self.list.hasFocus():
            self.list.begin()
        unseen = sum(each.seen_at is None for each in found)
        self.head.beside.setText(counted("%n not seen", unseen, "notices") if unseen else "")
        self.all_seen.setVisible(bool(unseen))
        nobody = self._context.me() is None
        self.empty.say(
            self.tr("Say who you are at the foot of the side bar, and what concerns you is told here.")
            if nobody
            else self.tr("Nothing to tell. Threads that come back from you and deadlines that press are told here."),
            icon="bell",
        )
        self._show_only(self.list if found else self.empty)

    def _failed(self, error: Exception) -> None:
        self.loading.stop()
        self.error.explain(str(error), self.tr("Try again"))
        self._show_only(self.error)

    def _show_only(self, shown: QWidget) -> None:
        had_focus = self.hasFocus() or self.list.hasFocus()
        for each in (self.loading, self.empty, self.error, self.list):
            each.setVisible(each is shown)
        if had_focus:
            self._focus_inside()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard goes into the list, as soon as there is one."""
        super().focusInEvent(event)
        self._focus_inside()

    def _focus_inside(self) -> None:
        (self if self.list.isHidden() else self.list).setFocus()

    @Slot(Change)
    def _changed(self, change: Change) -> None:
        if "notices" in change.topics:
            self.read()

    @Slot(object)
    def _open(self, notice: Notice) -> None:
        """Shows what the notice is about; it is seen now."""
        if notice.seen_at is None:
            self._mark(notice.employee_id, [notice.id])
        if notice.thread_id is not None:
            self._context.open_thread(notice.thread_id)
        elif notice.kind in {NoticeKind.CONFIG, NoticeKind.REPORT}:
            self._context.go("settings")
        elif notice.kind is NoticeKind.INCIDENT:
            self._context.lanes.read(
                lambda session: incident_of(session, notice.key), self._open_incident, self._context.tell
            )
        else:
            self._context.go("areas")

    def _open_incident(self, found: "IncidentId | None") -> None:
        self._context.go("incidents" if found is None else f"incident:{found}")

    @Slot()
    def _mark_all(self) -> None:
        me, rows = self._context.me(), self.list.notices.rows
        if me is not None and rows:
            # Those further down as well, but not one that comes this very moment.
            self._mark(me.id, None, up_to=max(each.id for each in rows))
            self.list.setFocus()

    def _mark(self, employee: "EmployeeId", numbers: list[int] | None, *, up_to: int | None = None) -> None:
        now = self._context.now()

        def work(store: "Store") -> None:
            from inbox.store import notices

            with store.write() as s:
                notices.mark_seen(s, employee, now, numbers, up_to=up_to)

        self._context.lanes.write(work, self._marked, self._context.tell)

    def _marked(self, _done: None) -> None:
        self.read()
