"""The window: side bar, the page on screen, and what lies over them (undo bar, palette, help, focus ring)."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QSettings, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QComboBox, QStackedWidget, QWidget

from inbox.model.ids import IncidentId, ThreadId
from inbox.model.view import View
from inbox.ui import frame, pages, views
from inbox.ui.alarms import AlarmStrip
from inbox.ui.commands import Command, Group
from inbox.ui.context import Context
from inbox.ui.decisions import Decisions
from inbox.ui.desk import Desk
from inbox.ui.queuepage import QueuePage
from inbox.ui.rail import Rail
from inbox.ui.rescale import rescale
from inbox.ui.shell import LEAST, restore_size
from inbox.ui.theme import Scheme
from inbox.ui.widgets import FocusRing, Toast, column, row
from inbox.ui.widgets.taborder import go_on

if TYPE_CHECKING:
    from inbox.store.engine import Store
    from inbox.ui.help import HelpSheet
    from inbox.ui.incidents import RoomPage
    from inbox.ui.palette import Palette

FIRST_VIEW = "areas"
OF_THE_QUEUE = frozenset({Group.THREAD, Group.REPLY, Group.QUEUE})
SCHEMES: dict[str, Scheme | None] = {"system": None, **{str(scheme): scheme for scheme in Scheme}}


class Window(QWidget):
    """The content of the shell, or a window of its own in tests. ``settings`` keeps
    geometry and choices; ``closing`` is sent when the window is really to go.
    """

    closing = Signal()

    def __init__(self, context: Context, settings: QSettings) -> None:
        """A window that can be painted at once; panes and pages follow when they are needed."""
        super().__init__()
        self.context = context
        self.settings = settings
        self.may_close: Callable[[], bool] = _free_to_go
        self.setWindowTitle(self.tr("Social Inbox"))
        self.setMinimumSize(QSize(*LEAST))
        self.decisions = Decisions(context, self)
        self.rail = Rail(context)
        self.page = QueuePage(context, self.decisions)
        self.desk = Desk(context, settings)
        self._pages: dict[str, QWidget] = {}
        self._shown = FIRST_VIEW
        self._filled = False
        self._scale = context.theme.fonts.scale
        self._build()
        self.toast = Toast(self)
        self.ring = FocusRing(self)
        self._connect()
        self._register()
        self._restore()

    def _build(self) -> None:
        self._body = QWidget()
        across = row(self._body, gap=0)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.page)
        self.alarms = AlarmStrip(self.context)
        beside = column(gap=0)
        beside.addWidget(self.alarms)
        beside.addWidget(self._stack, 1)
        across.addWidget(self.rail)
        across.addLayout(beside, 1)
        self._whole = QStackedWidget()
        self._whole.addWidget(self._body)
        box = column(self)
        box.addWidget(self._whole, 1)

    def _connect(self) -> None:
        context = self.context
        self.rail.chosen.connect(self.go)
        self.rail.person_chosen.connect(self._person_chosen)
        self.page.queue.compact_changed.connect(self._fold)
        context.toast_wanted.connect(self.toast.show_text)
        context.thread_wanted.connect(self._open_thread)
        context.view_wanted.connect(self.go)
        context.author_wanted.connect(self._show_author)
        context.page_wanted.connect(self.go)
        context.theme.changed.connect(self._rescale)
        context.theme.changed.connect(self._fold)
        self.desk.ready.connect(self._ready)

    def _register(self) -> None:
        on = self.context.commands.on
        for key in (
            "mine",
            "areas",
            "unsorted",
            "waiting",
            "snoozed",
            "outbox",
            "accounts",
            "settings",
            "rules",
            "backtest",
            "quality",
            "notices",
            "incidents",
            "reports",
            "calendars",
            "policies",
            "ladders",
            "watching",
            "staffing",
        ):
            on(f"go-{key}", partial(self.go, key))
        for name in SCHEMES:
            on(name, partial(self.use_scheme, name))
        on("away", self.rail.me.switch_away, lambda: self.context.me() is not None)
        on("palette", self._open_palette)
        on("help", self._open_help)
        on("undo", self.toast.undo, lambda: self.toast.can_undo)
        on("next-pane", self._next_pane)
        on("refresh", self._pull, lambda: self.context.store is not None)
        on("copy-link", self._copy_link, lambda: self.context.thread_id is not None)
        on("quit", self._quit)
        self.context.commands.in_reach = self._in_reach
        self.context.commands.make_shortcuts(self)

    def _in_reach(self, command: Command) -> bool:
        """Keys of the queue and of a thread act on what people see, never on a thread behind another page."""
        here = self._stack.currentWidget() is self.page and self._whole.currentWidget() is self._body
        return here or command.group not in OF_THE_QUEUE or not command.keys

    # -- starting

    def fill(self) -> None:
        """After the first paint: the thread's pane and the details."""
        if not self._filled:
            self._filled = True
            self.page.fill()
            self._fold()

    @Slot(int)
    def _ready(self, accounts: int) -> None:
        """The workspace is read: the first view, or the guide where there is no account yet."""
        self.go(FIRST_VIEW)
        if accounts == 0:
            self.go("first-run")

    def view(self, key: str) -> View | None:
        """A view of this workspace by key."""
        if key.startswith("author:"):
            return views.of_author(int(key.partition(":")[2]), self.tr("One author"))
        return views.every(self.context.workspace, self.context.me()).get(key)

    # -- going somewhere

    @Slot(str)
    def go(self, key: str) -> None:
        """Shows a page or a view by its key, or with ``incident:NUMBER`` the room of an incident."""
        if key.startswith("incident:"):
            self._show_incident(key)
            return
        if key in pages.PANES:
            self._show_page(key)
            return
        view = self.view(key)
        if view is not None:
            self.show_view(view)

    def show_view(self, view: View) -> None:
        """Shows a view in the queue."""
        self._shown = view.key
        self._whole.setCurrentWidget(self._body)
        self._stack.setCurrentWidget(self.page)
        self.rail.mark(view.key)
        self.page.queue.show_view(view)
        self.page.queue.take_focus()

    def _show_page(self, key: str) -> None:
        page = self._pages.get(key)
        if page is None:
            page = self._pages[key] = pages.make(key, self.context, self)
            (self._whole if key in pages.FULL else self._stack).addWidget(page)
        if key in pages.FULL:
            self._whole.setCurrentWidget(page)
        else:
            self._whole.setCurrentWidget(self._body)
            self._stack.setCurrentWidget(page)
        self._shown = key
        self.rail.mark(key)
        page.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_incident(self, key: str) -> None:
        self._show_page("incident")
        room = cast("RoomPage", self._pages["incident"])
        room.show_incident(IncidentId(int(key.partition(":")[2])))
        self._shown = key
        self.rail.mark(key)

    @property
    def shown(self) -> str:
        """The key of what is on screen."""
        return self._shown

    @Slot(object)
    def _open_thread(self, thread_id: ThreadId | None) -> None:
        """Shows a thread, wherever one is now."""
        self.fill()
        if self._stack.currentWidget() is not self.page or self._whole.currentWidget() is not self._body:
            self.go(FIRST_VIEW)
        self.context.set_thread(thread_id)
        if thread_id is not None:
            self.page.open_thread(thread_id)

    @Slot(object)
    def _show_author(self, author: object) -> None:
        """All threads of an author, given as (id, name) or as a row or author with both."""
        number, name = cast("tuple[int, str]", author)
        self.show_view(views.of_author(number, name))

    @Slot(str)
    def _person_chosen(self, name: str) -> None:
        self.desk.choose(name)
        if self._stack.currentWidget() is self.page:
            self.go(self._shown)

    def _next_pane(self) -> None:
        shown = self._stack.currentWidget()
        panes: list[QWidget] = [self.rail.search]
        if self.alarms.isVisible():
            panes.append(self.alarms)
        panes += self.page.panes() if shown is self.page or shown is None else [shown]
        focus = self.focusWidget()
        at = next((at for at, pane in enumerate(panes) if pane is focus or pane.isAncestorOf(focus)), -1)
        target = panes[(at + 1) % len(panes)]
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)
        now = self.focusWidget()
        # A pane may have handed the keyboard on to what is inside it.
        if now is not target and not target.isAncestorOf(now):
            target.focusNextChild()

    # -- layers

    def _open_palette(self) -> None:
        self.palette_layer.open_with()

    def _open_help(self) -> None:
        self.help_layer.open()

    @property
    def palette_layer(self) -> "Palette":
        """The palette, made when first wanted."""
        made = self.findChild(QWidget, "palette-layer")
        if made is None:
            from inbox.ui.palette import Palette

            layer = Palette(self.context, self, self.show_view)
            layer.setObjectName("palette-layer")
            layer.subject = self._subject
            layer.counts = self._counts
            return layer
        return cast("Palette", made)

    @property
    def help_layer(self) -> "HelpSheet":
        """The help sheet, made when first wanted."""
        made = self.findChild(QWidget, "help-layer")
        if made is None:
            from inbox.ui.help import HelpSheet

            layer = HelpSheet(self)
            layer.setObjectName("help-layer")
            return layer
        return cast("HelpSheet", made)

    def _subject(self) -> str:
        """The name of whom the thread commands act on."""
        ticked = len(self.decisions.ticked())
        if ticked:
            return self.tr("%1 threads").replace("%1", str(ticked))
        thread_id = self.context.thread_id
        found = self.decisions.row_of(thread_id) if thread_id is not None else None
        return (found.author_name or found.author_handle) if found else ""

    def _counts(self) -> dict[str, str]:
        return {key: item.count for key, item in self.rail.items.items()}

    # -- other commands

    def use_scheme(self, name: str) -> None:
        """Light, dark, contrast, or as the system says; remembered."""
        self.settings.setValue("look/scheme", name)
        self.context.theme.use(SCHEMES[name])

    def _pull(self) -> None:
        """Asks the collector to pull every account now."""
        actor, now = self.context.employee or "command", self.context.now()

        def work(store: "Store") -> None:
            from inbox.flow import requests
            from inbox.model.request import RequestKind

            requests.ask(store, RequestKind.PULL_NOW, None, actor=actor, now=now)

        self.context.lanes.write(work, lambda _done: self.context.toast(self.tr("Asked for new mentions.")))

    def _copy_link(self) -> None:
        QGuiApplication.clipboard().setText(f"inbox://thread/{self.context.thread_id}")
        self.context.toast(self.tr("Copied the link to this thread."))

    def _quit(self) -> None:
        self.window().close()

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: FBT001 - Qt's own signature
        """Tab goes as one reads: side bar, list, thread, composer, details."""
        return go_on(self, QApplication.focusWidget(), forward=forward) or super().focusNextPrevChild(forward)

    def event(self, event: QEvent) -> bool:
        """A letter typed at a list of choices chooses there, as in a field; it is no command then."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.ShortcutOverride:
            plain = event.modifiers() in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier}
            if plain and event.text().isprintable() and isinstance(QApplication.focusWidget(), QComboBox):
                event.accept()
                return True
        return super().event(event)

    # -- size and end

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Folds as the window narrows."""
        super().resizeEvent(event)
        self._fold()

    @Slot()
    def _rescale(self) -> None:
        """Another text size takes hold of every page at once; those with a mind of their own follow after."""
        before, self._scale = self._scale, self.context.theme.fonts.scale
        if before != self._scale:
            rescale(self, before, self._scale)

    @Slot()
    def _fold(self) -> None:
        compact = self.page.queue.density.value == "compact"
        scale = self.context.theme.fonts.scale
        folded = frame.fold(round(self.width() / scale), compact=compact)
        if folded.folded_rail is not self.rail.folded:
            self.rail.set_folded(folded=folded.folded_rail)
        self.page.arrange(folded)

    def _restore(self) -> None:
        restore_size(self, self.settings)
        self.page.remember_in(self.settings)
        self.rail.remember_in(self.settings)

    def changeEvent(self, event: QEvent) -> None:
        """The delegate draws the current row quietly while another window is in front."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.ActivationChange:
            self.page.queue.view.viewport().update()

    def closeEvent(self, event: QCloseEvent) -> None:
        """As a window of its own."""
        self.close_event(event)
        if event.isAccepted():
            self.settings.setValue("window/geometry", self.saveGeometry())

    def close_event(self, event: QCloseEvent) -> None:
        """Goes, unless replies on their way are to be waited for."""
        if not self.may_close():
            event.ignore()
            return
        self.page.keep_in(self.settings)
        self.rail.keep_in(self.settings)
        event.accept()
        QTimer.singleShot(0, self.closing.emit)


def _free_to_go() -> bool:
    """Nothing stands against closing."""
    return True
