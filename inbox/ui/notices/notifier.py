"""Tells of new notices while the desktop runs: by the system's tray where there is one, else in the undo bar."""

from collections import deque
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QSystemTrayIcon

from inbox.model.change import Change
from inbox.model.ids import EmployeeId, ThreadId
from inbox.model.notice import Notice, NoticeKind
from inbox.ui.context import Context
from inbox.ui.widgets import Toast
from inbox.ui.widgets.words import counted

if TYPE_CHECKING:
    from inbox.store.engine import Session

ONE_BY_ONE = 3
READ = 50
Say = Callable[[str, ThreadId | None], None]


class Notifier(QObject):
    """Follows the change feed for whoever is at the desk. What stood there when they sat down is not told again."""

    def __init__(
        self, context: Context, toast: Toast, parent: QObject | None = None, *, say: Say | None = None
    ) -> None:
        """``say`` takes the place of the tray, if there is one."""
        super().__init__(parent)
        self._context = context
        self._toast = toast
        self._told: dict[EmployeeId, int] = {}
        self._waiting: deque[str] = deque()
        self._tray: QSystemTrayIcon | None = None
        self._about: ThreadId | None = None
        self._say = say or (self._by_tray if QSystemTrayIcon.isSystemTrayAvailable() else self._in_bar)
        context.changed.connect(self._changed)
        context.people_changed.connect(self.read)
        toast.gone.connect(self._next)
        self.read()

    @Slot(Change)
    def _changed(self, change: Change) -> None:
        if "notices" in change.topics:
            self.read()

    @Slot()
    def read(self) -> None:
        """Reads what whoever is at the desk has not seen."""
        me = self._context.me()
        if self._context.store is None or me is None:
            return
        number = me.id

        def work(session: "Session") -> tuple[EmployeeId, list[Notice]]:
            from inbox.store import notices

            return number, notices.unseen(session, number, READ)

        self._context.lanes.read(work, self._found, key=(id(self), "unseen"))

    def _found(self, found: tuple[EmployeeId, list[Notice]]) -> None:
        employee, unseen = found
        newest = max((each.id for each in unseen), default=0)
        told = self._told.get(employee)
        self._told[employee] = max(newest, told or 0)
        if told is not None:
            for sentence, about in summed([each for each in unseen if each.id > told and not is_call(each)]):
                self._say(sentence, about)

    # -- in the undo bar

    def _in_bar(self, sentence: str, _about: ThreadId | None) -> None:
        self._waiting.append(sentence)
        self._next()

    @Slot()
    def _next(self) -> None:
        """One after the other, and never in the place of a way back."""
        if self._waiting and not self._toast.isVisible():
            self._toast.show_text(self._waiting.popleft(), icon="bell")

    # -- in the tray

    def _by_tray(self, sentence: str, about: ThreadId | None) -> None:
        if self._tray is None:
            icon = QIcon(self._context.theme.pixmap("bell", "accent", 20))
            self._tray = QSystemTrayIcon(icon, self)
            self._tray.setToolTip(self.tr("Social Inbox"))
            self._tray.messageClicked.connect(self._clicked)
            self._tray.show()
        self._about = about
        self._tray.showMessage(self.tr("Social Inbox"), sentence, QSystemTrayIcon.MessageIcon.NoIcon)

    @Slot()
    def _clicked(self) -> None:
        window = self._toast.window()
        window.showNormal() if window.isMinimized() else window.show()
        window.activateWindow()
        if self._about is None:
            self._context.go("notices")
        else:
            self._context.open_thread(self._about)


def is_call(notice: Notice) -> bool:
    """Whether it is one of a call that waits for an answer: that is said with its buttons, see ``ui.calls``."""
    return notice.kind is NoticeKind.ESCALATION and ":" in notice.key


def summed(new: Sequence[Notice]) -> list[tuple[str, ThreadId | None]]:
    """One sentence for each thread, the oldest first, with the thread it leads to; over three become one."""
    newest_first = sorted(new, key=lambda each: each.id, reverse=True)
    by_thread: dict[object, Notice] = {}
    for each in newest_first:
        by_thread.setdefault(each.thread_id if each.thread_id is not None else each.key, each)
    told = list(by_thread.values())
    if len(told) > ONE_BY_ONE:
        words = counted("%n new notice(s). The newest: %1", len(told), "notices")
        return [(words.replace("%1", told[0].sentence), None)]
    return [(each.sentence, each.thread_id) for each in reversed(told)]
