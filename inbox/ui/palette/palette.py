"""The palette's layer: field, list and foot."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRect, Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QListView, QWidget

from inbox.model.people import Employee
from inbox.model.thread import ThreadRow
from inbox.model.view import OPEN_STATUSES, ThreadFilter, View
from inbox.ui import views
from inbox.ui.context import Context
from inbox.ui.palette import find
from inbox.ui.palette.find import Item
from inbox.ui.palette.overlay import Overlay
from inbox.ui.palette.rows import HEADING, ITEM_ROLE, ROW, PaletteDelegate, PaletteModel
from inbox.ui.theme import current
from inbox.ui.widgets import IconMark, KeyCap, Label, LineEdit, Pane, Tag, column, row

WIDTH, TOP, FIELD, FOOT = 640, 112, 52, 36
LISTED = 396
PAUSE_MS = 120


class Palette(Overlay):
    """Finds and runs. ``subject`` says which thread the commands act on, ``show_view`` shows a view."""

    def __init__(self, context: Context, window: QWidget, show_view: Callable[[View], None]) -> None:
        """Hidden until ``open_with``."""
        super().__init__(window)
        self._context = context
        self._show_view = show_view
        self.subject: Callable[[], str] = str
        self.counts: Callable[[], dict[str, str]] = dict
        self._found: tuple[ThreadRow, ...] = ()
        self._found_for = ""
        self.model = PaletteModel()
        self.list = QListView()
        self.field = LineEdit(
            self.tr("Search and commands"), self.tr("Type a command, a view, a name, or words"), bare=True
        )
        self.chip = Tag("")
        self._build()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._search)
        self.field.textChanged.connect(self._typed)
        self.field.installEventFilter(self)
        self.list.clicked.connect(self._run)

    def _build(self) -> None:
        box = column(self.card, margins=(1, 1, 1, 1))
        top = Pane("raised", "bottom")
        top.setFixedHeight(current().px(FIELD))
        head = row(top, margins=(16, 0, 16, 0), gap=12)
        self.field.setFont(current().font("field"))
        for part in (IconMark("search", "text2", 18), self.chip, self.field, KeyCap(self.tr("Esc"))):
            head.addWidget(part)
        self.list.setModel(self.model)
        self.list.setItemDelegate(PaletteDelegate(self.list))
        self.list.setAccessibleName(self.tr("Found"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setMouseTracking(True)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setStyleSheet("QListView { background: transparent; }")
        foot = Pane("sunken", "top")
        foot.setStyleSheet("Pane { border-bottom-left-radius: 9px; border-bottom-right-radius: 9px; }")
        top.setStyleSheet("Pane { border-top-left-radius: 9px; border-top-right-radius: 9px; }")
        foot.setFixedHeight(current().px(FOOT))
        self._fill_foot(row(foot, margins=(16, 0, 16, 0), gap=6))
        box.addWidget(top)
        box.addWidget(self.list, 1)
        box.addWidget(foot)

    def _fill_foot(self, box: QHBoxLayout) -> None:
        for cap, words in (("↑", ""), ("↓", self.tr("choose")), ("↵", self.tr("run"))):
            box.addWidget(KeyCap(cap))
            if words:
                box.addWidget(Label(words, "meta", "text3"))
                box.addSpacing(current().px(10))
        box.addStretch(1)
        box.addWidget(Label(self.tr("Start with @ people, ? help"), "meta", "text3"))

    def open_with(self, typed: str = "") -> None:
        """Opens with words already typed."""
        subject = self.subject()
        self.chip.set_tag(subject)
        self.chip.setVisible(bool(subject))
        self._found, self._found_for = (), ""
        self.field.setText(typed)
        self._fill()
        self.open()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def place_card(self) -> None:
        """640 wide, 112 from the top, less where the window is small."""
        px = current().px
        width = min(px(WIDTH), self.width() - px(32))
        top = px(TOP) if self.height() > px(600) else px(40)
        rows = sum(px(ROW if item.act else HEADING) for item in self.model.items)
        high = px(FIELD) + px(FOOT) + min(max(rows, px(ROW)), px(LISTED)) + px(6)
        self.card.setGeometry(QRect((self.width() - width) // 2, top, width, min(high, self.height() - top - px(16))))

    @Slot(str)
    def _typed(self, words: str) -> None:
        del words
        self._fill()
        self._pause.start()

    def _fill(self) -> None:
        """Everything that can be known without asking the store."""
        typed = self.field.text().strip()
        workspace, context = self._context.workspace, self._context
        people_only, typed = typed.startswith("@"), typed.lstrip("@")
        items: list[Item] = []
        if typed == "?":
            items = find.commands("help", context.commands)
        elif not people_only:
            items = find.commands(typed, context.commands)
            known = views.every(workspace, context.me()).values()
            items += find.listed(typed, known, self.counts(), context.go)
        items += find.people(typed, context.employees, self._show_person)
        if self._found_for == typed:
            items += find.threads(typed, self._found, self._show_thread)
        if not any(item.act for item in items):
            items = [Item(self.tr("Nothing matches. Try fewer letters."))]
        self.model.show_items(items)
        self._mark_first()
        self.place_card()

    @Slot()
    def _search(self) -> None:
        words = self.field.text().strip().lstrip("@")
        if len(words) < 2 or words.startswith("?"):  # noqa: PLR2004 - one letter finds everything
            return

        store = self._context.store
        if store is None:
            return

        def work() -> tuple[ThreadRow, ...]:
            return find.search(store, words)

        def done(found: tuple[ThreadRow, ...]) -> None:
            self._found, self._found_for = found, words
            if self.isVisible():
                self._fill()

        self._context.lanes.run(work, done, self._no_search, key="palette")

    def _no_search(self, error: Exception) -> None:
        """A search that the store refuses says why, in the list."""
        self.model.show_items([*self.model.items, Item(str(error))])
        self._mark_first()

    def _show_person(self, person: Employee) -> None:
        name = person.full_name or person.name
        self._show_view(View(f"employee:{person.id}", name, ThreadFilter(OPEN_STATUSES, assignee=person.id)))

    def _show_thread(self, found: ThreadRow) -> None:
        self._context.open_thread(found.id)

    def _mark_first(self) -> None:
        first = next((at for at, item in enumerate(self.model.items) if item.act is not None), None)
        if first is not None:
            self.list.setCurrentIndex(self.model.index(first))
        self.list.scrollToTop()

    def _step(self, by: int) -> None:
        """The next item that is no heading."""
        count, at = len(self.model.items), self.list.currentIndex().row()
        for _ in range(count):
            at = (at + by) % count
            if self.model.items[at].act is not None:
                self.list.setCurrentIndex(self.model.index(at))
                return

    @Slot(QModelIndex)
    def _run(self, index: QModelIndex) -> None:
        item: Item | None = index.data(ITEM_ROLE) if index.isValid() else None
        if item is not None and item.act is not None:
            self.dismiss()
            item.act()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up, down and Enter act on the list."""
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            key = Qt.Key(event.key())
            if key in {Qt.Key.Key_Down, Qt.Key.Key_Up} and self.model.items:
                self._step(1 if key is Qt.Key.Key_Down else -1)
                return True
            if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self._run(self.list.currentIndex())
                return True
        return super().eventFilter(watched, event)
