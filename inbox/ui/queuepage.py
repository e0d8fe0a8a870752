"""The main page: queue, thread and details side by side, folding as the window narrows."""

from PySide6.QtCore import QEvent, QRect, QSettings, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QSplitter, QWidget

from inbox.ui import frame, pages
from inbox.ui.context import Context
from inbox.ui.decisions import Decisions
from inbox.ui.frame import Fold
from inbox.ui.queue import QueuePane
from inbox.ui.theme import current
from inbox.ui.widgets import Pane, column


class Splitter(QSplitter):
    """A splitter whose handle is a 1 px line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Panes side by side."""
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        self.setProperty("lined", "true")


class QueuePage(QWidget):
    """``arrange`` gives the panes their places; ``fill`` brings thread and details after the first paint."""

    pane_changed = Signal()

    def __init__(self, context: Context, decisions: Decisions, parent: QWidget | None = None) -> None:
        """The list alone; thread and details come with ``fill``, after the first paint."""
        super().__init__(parent)
        self._context = context
        self._fold = Fold(docked=True, folded_rail=False, single=False)
        self._reading = False
        self._details_wanted = True
        self._list_width = frame.LIST
        self.queue = QueuePane(context, decisions)
        self.thread_pane: QWidget = Pane("surface")
        self.details_pane: QWidget = Pane("sunken")
        self.splitter = Splitter()
        self.drawer = QFrame(self)
        self.drawer.setProperty("edge", ["left"])
        self.drawer.setProperty("ground", "sunken")
        self._drawer_box = column(self.drawer, margins=(1, 0, 0, 0))
        self.drawer.hide()
        column(self).addWidget(self.splitter)
        self.splitter.addWidget(self.queue)
        self._set_panes(self.thread_pane, self.details_pane)
        self.queue.opened.connect(self.open_thread)
        self.splitter.splitterMoved.connect(self._moved)
        context.thread_changed.connect(self._thread_changed)
        context.commands.on("details", self.toggle_details, self._has_thread)
        context.commands.on("back", self.back, self.can_go_back)

    def fill(self) -> None:
        """Makes the thread's and the details' panes."""
        old = (self.thread_pane, self.details_pane)
        details = pages.make("details", self._context, self)
        details.setProperty("edge", [])  # the splitter draws the line
        self._set_panes(pages.make("thread", self._context, self), details)
        for pane in old:
            pane.hide()
            pane.setParent(None)
            pane.deleteLater()
        self.arrange(self._fold)

    def _set_panes(self, thread: QWidget, details: QWidget) -> None:
        self.thread_pane, self.details_pane = thread, details
        if self.splitter.count() > 1:
            self.splitter.replaceWidget(1, thread)
            if self.splitter.count() > 2:  # noqa: PLR2004 - list, thread, details
                self.splitter.replaceWidget(2, details)
            else:
                self._drawer_box.addWidget(details)
        else:
            self.splitter.addWidget(thread)
            self.splitter.addWidget(details)
        for at, stretch in enumerate((0, 1, 0)):
            if at < self.splitter.count():
                self.splitter.setStretchFactor(at, stretch)

    # -- arranging

    def arrange(self, fold: Fold) -> None:
        """Gives each pane its place at this width."""
        px = current().px
        self._fold = fold
        self._dock(docked=fold.docked)
        self.queue.set_short(short=fold.folded_rail)
        least, most = (0, 16777215) if fold.single else (px(frame.LIST_LEAST), px(frame.LIST_MOST))
        self.queue.setMinimumWidth(least)
        self.queue.setMaximumWidth(most)
        self.thread_pane.setMinimumWidth(0 if fold.single else px(frame.THREAD_LEAST))
        self.details_pane.setFixedWidth(px(frame.DETAILS))
        self.queue.setVisible(not fold.single or not self._reading)
        self.thread_pane.setVisible(not fold.single or self._reading)
        self.details_pane.setVisible((fold.docked and self._details_wanted) or not fold.docked)
        self._share()
        self._place_drawer()
        self.pane_changed.emit()

    def _share(self) -> None:
        """The list keeps the width it was given, the thread takes the rest."""
        if self._fold.single:
            return
        list_width = current().px(frame.LIST_NARROW if self._fold.folded_rail else self._list_width)
        details = self.details_pane.width() if self._fold.docked and self._details_wanted else 0
        rest = max(1, self.width() - list_width - details)
        self.splitter.setSizes([list_width, rest, details][: self.splitter.count()])

    def _dock(self, *, docked: bool) -> None:
        """Details stand in the splitter, or in a drawer that slides over the thread."""
        inside = self.splitter.indexOf(self.details_pane) >= 0
        if docked and not inside:
            self.splitter.addWidget(self.details_pane)
            self.splitter.setStretchFactor(2, 0)
            self.drawer.hide()
        elif not docked and inside:
            self._drawer_box.addWidget(self.details_pane)
            self.details_pane.show()
            self.drawer.hide()

    def _place_drawer(self) -> None:
        width = current().px(frame.DETAILS) + 1
        mirror = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        self.drawer.setGeometry(QRect(0 if mirror else self.width() - width, 0, width, self.height()))
        self.drawer.raise_()

    def event(self, event: QEvent) -> bool:
        """The drawer keeps to its edge."""
        if event.type() is QEvent.Type.Resize:
            self._place_drawer()
            self._share()
        return super().event(event)

    @Slot(int, int)
    def _moved(self, position: int, handle: int) -> None:
        """Somebody gave the list another width."""
        del position
        if handle == 1 and not self._fold.single and not self._fold.folded_rail:
            self._list_width = round(self.queue.width() / self._context.theme.fonts.scale)

    # -- what the commands do

    @Slot()
    def toggle_details(self) -> None:
        """Shows or hides the details."""
        if self._fold.docked:
            self._details_wanted = not self._details_wanted
            self.details_pane.setVisible(self._details_wanted)
        else:
            self.drawer.setVisible(not self.drawer.isVisible())
            self._place_drawer()

    @Slot(object)
    def open_thread(self, thread_id: object) -> None:
        """From the list into the thread."""
        del thread_id
        if self._fold.single:
            self._reading = True
            self.arrange(self._fold)
        if not self.queue.view.hasFocus() or self._fold.single:
            self.thread_pane.setFocus(Qt.FocusReason.OtherFocusReason)

    def can_go_back(self) -> bool:
        """True where the thread took the list's place, or the drawer is open."""
        return self.isVisible() and (self.drawer.isVisible() or (self._fold.single and self._reading))

    @Slot()
    def back(self) -> None:
        """From the thread to the list."""
        if self.drawer.isVisible():
            self.drawer.hide()
            return
        self._reading = False
        self.arrange(self._fold)
        self.queue.take_focus()

    @Slot()
    def _thread_changed(self) -> None:
        if self._context.thread_id is None and self._fold.single and self._reading:
            self.back()

    def _has_thread(self) -> bool:
        return self.isVisible()

    def panes(self) -> list[QWidget]:
        """The panes in sight, in order, for F6."""
        found: list[QWidget] = [self.queue.view, self.thread_pane, self.details_pane]
        return [pane for pane in found if pane.isVisible()]

    # -- remembering

    def remember_in(self, settings: QSettings) -> None:
        """Takes up the widths kept in ``settings``."""
        self.queue.remember_in(settings)
        kept = settings.value("window/list")
        self._list_width = int(str(kept)) if kept is not None else frame.LIST
        self._share()

    def keep_in(self, settings: QSettings) -> None:
        """Keeps the widths."""
        settings.setValue("window/list", self._list_width)
