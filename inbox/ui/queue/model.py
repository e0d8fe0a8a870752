"""The queue's model: as long as the counters say, with rows read when they come into sight."""

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from inbox.model.change import Change
from inbox.model.ids import ThreadId
from inbox.model.thread import ThreadRow
from inbox.model.view import Page, View
from inbox.ui.context import Context
from inbox.ui.opening import FIRST_PAGE
from inbox.ui.queue.reader import Reader, StoreReader, Stretch
from inbox.ui.queue.sentence import sentence
from inbox.ui.queue.shelf import Shelf
from inbox.ui.views import holds

if TYPE_CHECKING:
    from inbox.store.engine import Session

PAGE = 64
MARK_STEP = 256
MARKS_AT_ONCE = 24
CAP = 1000
MANY_ROWS = 200

# Looking an enum up costs 5 microseconds; these are asked for at every paint.
ROW_ROLE = int(Qt.ItemDataRole.UserRole)
GONE_ROLE = ROW_ROLE + 1
ACCESSIBLE = int(Qt.ItemDataRole.AccessibleTextRole)
DISPLAY = int(Qt.ItemDataRole.DisplayRole)
FLAGS = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
ROOT = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


class Loading(Enum):
    """How far the reading of a view has come."""

    IDLE = 0
    READING = 1
    READY = 2
    FAILED = 3


@dataclass(frozen=True, slots=True)
class _Fresh:
    """What one look at changed threads found."""

    asked: frozenset[ThreadId]
    rows: tuple[ThreadRow, ...]
    count: int


class QueueModel(QAbstractTableModel):
    """One column of threads. ``loading`` says how reading goes, ``arrived`` how many new threads wait."""

    loading = Signal(Loading, str)
    arrived = Signal(int)
    counted = Signal(int)

    def __init__(self, context: Context, reader: Reader | None = None, parent: QObject | None = None) -> None:
        """An empty list; ``show_view`` fills it."""
        super().__init__(parent)
        self._context = context
        self.reader = reader or StoreReader()
        self._shelf = Shelf()
        self._view: View | None = None
        self._gone: set[ThreadId] = set()
        self._waiting: set[int] = set()
        self.new_threads = 0
        self.ready = False
        self.own: set[ThreadId] = set()

    @property
    def view(self) -> View | None:
        """The view that is shown."""
        return self._view

    def rowCount(self, parent: Index = ROOT) -> int:
        """How many threads the view has."""
        return 0 if parent.isValid() else self._shelf.length

    def columnCount(self, parent: Index = ROOT) -> int:
        """One: the delegate paints a whole row."""
        return 0 if parent.isValid() else 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Rows can be selected."""
        return FLAGS if index.isValid() else Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = DISPLAY) -> Any:  # noqa: ANN401 - Qt's variant
        """The row for the delegate, a sentence for screen readers."""
        if role == ROW_ROLE:
            return self.row_at(index.row())
        if role in {ACCESSIBLE, DISPLAY}:
            row = self._shelf.row(index.row())
            return sentence(row, self._context.now()) if row else self.tr("Loading")
        if role == GONE_ROLE:
            row = self._shelf.row(index.row())
            return row is not None and row.id in self._gone
        return None

    def row_at(self, place: int) -> ThreadRow | None:
        """The row at ``place``; one that is not in memory is asked for and comes with ``dataChanged``."""
        row = self._shelf.row(place)
        if row is None and 0 <= place < self._shelf.length:
            self._fetch(place)
        return row

    def peek(self, place: int) -> ThreadRow | None:
        """The row at ``place`` if it is in memory."""
        return self._shelf.row(place)

    def is_gone(self, row: ThreadRow) -> bool:
        """True for a row that has left the view and is kept only so that nothing moves."""
        return row.id in self._gone

    def place_of(self, thread_id: ThreadId) -> int | None:
        """Where a thread stands, None when it is not in memory."""
        return self._shelf.place(thread_id)

    def show_view(self, view: View) -> None:
        """Reads ``view`` from its top; the rows shown stay until the new ones are there."""
        self._view = view
        self.loading.emit(Loading.READING, "")
        ahead = self._context.page_ahead(view)
        if ahead is not None:
            self._show(ahead)
            return
        now, reader = self._context.now(), self.reader

        def work(session: "Session") -> tuple[int, Page]:
            return reader.count(session, view, now), reader.page(session, view, now, FIRST_PAGE, None)

        self._context.lanes.read(work, self._show, self._fail, key=(id(self), "view"))

    def refresh(self) -> None:
        """Reads the view again, new threads and all."""
        if self._view is not None:
            self.show_view(self._view)

    def apply(self, change: Change) -> None:
        """Others changed something: rows in memory are read again, new threads are only counted."""
        view = self._view
        if view is None or not self.ready or not (change.threads or change.many):
            return
        held = self._shelf.ids()
        asked = frozenset(sorted(held)[:MANY_ROWS]) if change.many else held & change.threads
        now, reader = self._context.now(), self.reader

        def work(session: "Session") -> _Fresh:
            return _Fresh(asked, reader.rows(session, asked), reader.count(session, view, now))

        # A change that lists its threads must not be dropped for a newer one.
        key = (id(self), "change") if change.many else None
        shown = self._shelf
        self._context.lanes.read(work, lambda fresh: self._take_fresh(fresh, shown), key=key)

    def drop_gone(self) -> None:
        """Takes out the rows that have left the view."""
        for thread_id in list(self._gone):
            place = self._shelf.place(thread_id)
            if place is not None:
                self.beginRemoveRows(ROOT, place, place)
                self._shelf.take(place)
                self.endRemoveRows()
        self._gone.clear()

    def _show(self, found: tuple[int, Page]) -> None:
        count, page = found
        self.beginResetModel()
        self._shelf = Shelf()
        self._gone.clear()
        self._waiting.clear()
        self._shelf.length = max(count, len(page.rows)) if page.next else len(page.rows)
        self._keep(Stretch(0, page.rows, page.next))
        self.ready = True
        self.new_threads = 0
        self.endResetModel()
        self.loading.emit(Loading.READY, "")
        self.arrived.emit(0)
        self.counted.emit(count)
        self._fill_marks()

    def _fail(self, error: Exception) -> None:
        self.loading.emit(Loading.FAILED, str(error))

    def _keep(self, stretch: Stretch) -> None:
        end = stretch.start + self._shelf.put(stretch.start, stretch.rows)
        if stretch.next is not None:
            self._shelf.mark(end, stretch.next)

    def _fetch(self, place: int) -> None:
        """Asks for the block of rows around ``place``, once."""
        block = place // PAGE
        if block in self._waiting or self._view is None:
            return
        stretch = self._shelf.missing(block * PAGE, min((block + 1) * PAGE, self._shelf.length))
        if stretch is None:
            return
        self._waiting.add(block)
        (start, until), view, shown = stretch, self._view, self._shelf
        mark, reader, now = self._shelf.nearest(start), self.reader, self._context.now()

        def work(session: "Session") -> Stretch:
            cursor = mark[1]
            if start > mark[0]:
                cursor = reader.step(session, view, now, start - mark[0], cursor)
                if cursor is None:
                    return Stretch(start, (), None)
            page = reader.page(session, view, now, until - start, cursor)
            return Stretch(start, page.rows, page.next)

        self._context.lanes.read(work, lambda found: self._take_stretch(found, block, shown, until))

    def _take_stretch(self, found: Stretch, block: int, shown: Shelf, until: int) -> None:
        if shown is not self._shelf:
            return
        self._waiting.discard(block)
        self._keep(found)
        end = found.start + len(found.rows)
        if found.next is None and end < self._shelf.length:
            self._shorten(end)
        elif found.next is not None and end >= self._shelf.length:
            self._lengthen(end + PAGE)
        if found.rows:
            self.dataChanged.emit(self.index(found.start, 0), self.index(end - 1, 0))
        if end == until:
            self._shelf.forget_far(found.start)

    def _shorten(self, length: int) -> None:
        """The view ended earlier than the counters said."""
        self.beginRemoveRows(ROOT, length, self._shelf.length - 1)
        self._shelf.length = length
        self.endRemoveRows()

    def _lengthen(self, length: int) -> None:
        """A count that was capped: there is more."""
        self.beginInsertRows(ROOT, self._shelf.length, length - 1)
        self._shelf.length = length
        self.endInsertRows()

    def _fill_marks(self) -> None:
        """Walks the view in the background, a mark every 256 rows, so that any place is near one."""
        start, view, shown = self._shelf.last_mark(), self._view, self._shelf
        if view is None or self._shelf.length - start[0] <= MARK_STEP:
            return
        reader, now = self.reader, self._context.now()

        def work(session: "Session") -> list[tuple[int, str]]:
            found: list[tuple[int, str]] = []
            place, cursor = start
            for _ in range(MARKS_AT_ONCE):
                step = MARK_STEP - place % MARK_STEP
                cursor = reader.step(session, view, now, step, cursor)
                if cursor is None:
                    break
                place += step
                found.append((place, cursor))
            return found

        def done(found: list[tuple[int, str]]) -> None:
            if shown is self._shelf and found:
                for place, cursor in found:
                    shown.mark(place, cursor)
                self._fill_marks()

        self._context.lanes.read(work, done, key=(id(self), "marks"))

    def _take_fresh(self, fresh: _Fresh, shown: Shelf) -> None:
        """Puts changed rows in place; what left the view goes at once if we did it, else it is marked."""
        if shown is not self._shelf or self._view is None:
            return
        now = self._context.now()
        kept = {row.id: row for row in fresh.rows}
        for thread_id in fresh.asked:
            row = kept.get(thread_id)
            place = shown.place(thread_id) if row is None else shown.replace(row)
            if row is None or not holds(self._view.filter, row, now=now):
                self._gone.add(thread_id)
            else:
                self._gone.discard(thread_id)
            if place is not None:
                self.dataChanged.emit(self.index(place, 0), self.index(place, 0))
        self._leave_own()
        self._count_new(fresh.count)

    def _leave_own(self) -> None:
        """Rows that our own decision sent away go at once."""
        others = self._gone - self.own
        self._gone &= self.own
        self.drop_gone()
        self._gone = others
        self.own.clear()

    def _count_new(self, count: int) -> None:
        """More in the store than in the list: so many are new."""
        # A count that is just the cap may be more: then nothing can be said.
        new = 0 if count == CAP else max(0, count - (self._shelf.length - len(self._gone)))
        if new != self.new_threads:
            self.new_threads = new
            self.arrived.emit(new)
        self.counted.emit(count)
