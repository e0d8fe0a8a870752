"""The thread pane: head, what was said, who else is here, and the composer under it."""

from datetime import timedelta
from functools import partial

from PySide6.QtCore import QPoint, Qt, QTimer, Slot
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from inbox.model.change import Change
from inbox.model.ids import ThreadId
from inbox.model.mention import Mention
from inbox.model.outbox import Reply
from inbox.model.words import Direction
from inbox.store.errors import NotFound
from inbox.ui.composer import Composer, deeds
from inbox.ui.context import Context
from inbox.ui.thread.head import SubBar, ThreadHead
from inbox.ui.thread.linkbox import LinkBox
from inbox.ui.thread.presence import PresenceLine
from inbox.ui.thread.scene import Scene, load
from inbox.ui.thread.scroll import ThreadScroll
from inbox.ui.widgets import EmptyState, ErrorState, LoadingBars, Pane, column

FIRST_READ = 200
RENEW_MS = 20_000
CLAIM_EVERY = timedelta(seconds=15)
LONG_AGO = timedelta(days=1)
TICK_MS = 1_000
_TOPICS = frozenset({"outbox", "collector", "people", "config"})


class ThreadPane(Pane):
    """Follows ``context.thread_changed``; reads on the read lane, writes through flows."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """No thread is chosen yet."""
        super().__init__("surface", "", parent)
        self._context = context
        self._scene: Scene | None = None
        self._thread_id: ThreadId | None = None
        self._newest = FIRST_READ
        self._claimed_at = context.now() - LONG_AGO
        self.head = ThreadHead(context.commands)
        self.bar = SubBar(context.commands)
        self.said = ThreadScroll(context)
        self.presence = PresenceLine()
        self.composer = Composer(context)
        self.links = LinkBox(self)
        self.nothing = EmptyState(self.tr("Choose a thread from the list."), "", "inbox")
        self.loading = LoadingBars(96)
        self.trouble = ErrorState()
        self.stack = QStackedWidget()
        self._build()
        self._connect()
        self._renew = _timer(self, RENEW_MS, self._look)
        self._tick = _timer(self, TICK_MS, self._second)
        self._follow()

    @property
    def scene(self) -> Scene | None:
        """What is on screen."""
        return self._scene

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words go as the window gets narrow."""
        super().resizeEvent(event)
        width = round(self.window().width() / self._context.theme.fonts.scale)
        self.head.fit(width)
        self.bar.fit(width)

    def hideEvent(self, event: QHideEvent) -> None:
        """Leaving keeps what is written."""
        super().hideEvent(event)
        self.composer.leave()

    def showEvent(self, event: QShowEvent) -> None:
        """Back again."""
        super().showEvent(event)
        self._look()
        if self._scene is not None:
            self._mark_read(self._scene)

    def _build(self) -> None:
        page = QWidget()
        inside = column(page)
        inside.addWidget(self.head)
        inside.addWidget(self.bar)
        inside.addWidget(self.said, 1)
        low = column(margins=(16, 0, 16, 16), gap=8)
        low.addWidget(self.presence)
        low.addWidget(self.composer)
        inside.addLayout(low)
        self._page = page
        for each in (self.nothing, self.loading, self.trouble, page):
            self.stack.addWidget(each)
        column(self).addWidget(self.stack)
        self.setFocusProxy(self.said)

    def _connect(self) -> None:
        context = self._context
        context.thread_changed.connect(self._follow)
        context.changed.connect(self._changed)
        context.people_changed.connect(self._read_again)
        context.theme.changed.connect(self._redraw)
        self.trouble.acted.connect(self._read_again)
        self.said.link_wanted.connect(self._ask_link)
        self.said.undo_wanted.connect(self.composer.take_back)
        self.said.retry_wanted.connect(self._send_again)
        self.said.earlier_wanted.connect(self._read_earlier)
        self.composer.claim_wanted.connect(self._claim)
        self.composer.sent.connect(self._read_again)
        self.composer.look_wanted.connect(self.said.scroll_to_end)
        self.composer.left.connect(self.said.setFocus)
        context.commands.on("correct", self._correct, lambda: self._scene is not None)
        context.commands.on("open-link", self._open_newest, lambda: self._newest_link() is not None)

    @Slot()
    def _follow(self) -> None:
        """Another thread is on screen, or none."""
        wanted = self._context.thread_id
        if wanted == self._thread_id and self._scene is not None:
            return
        self._leave()
        self._thread_id, self._newest = wanted, FIRST_READ
        self._scene = None
        if wanted is None:
            self.composer.clear()
            self.stack.setCurrentWidget(self.nothing)
            return
        self.stack.setCurrentWidget(self.loading)
        self.loading.start()
        self._read(wanted)

    def _read(self, thread_id: ThreadId) -> None:
        employee, newest = self._context.employee, self._newest
        now = self._context.now()
        self._context.lanes.read(
            lambda session: load(session, thread_id, employee, now=now, newest=newest),
            self._show,
            self._failed,
            key=("thread", id(self)),
        )

    @Slot()
    def _read_again(self) -> None:
        if self._thread_id is not None:
            self._read(self._thread_id)

    @Slot(Change)
    def _changed(self, change: Change) -> None:
        """Reads again what concerns this thread only."""
        if self._thread_id is None:
            return
        account = self._scene.thread.row.account_id if self._scene is not None else None
        concerns = change.many or self._thread_id in change.threads or account in change.accounts
        if concerns or change.topics & _TOPICS:
            self._read_again()

    def _show(self, scene: Scene) -> None:
        if scene.thread.row.id != self._thread_id:
            return
        fresh = self._scene is None
        self._scene = scene
        self.loading.stop()
        now = self._context.now()
        self.head.show_scene(scene)
        self.bar.show_scene(scene, now)
        self.said.show_scene(scene, now, fresh=fresh)
        self.presence.show_people(scene.thread.presence, self._context.employee)
        self.composer.show_scene(scene)
        self.stack.setCurrentWidget(self._page)
        if fresh:
            self._look()
            self._mark_read(scene)

    def _failed(self, error: Exception) -> None:
        self.loading.stop()
        self.composer.leave()
        self._scene = None
        gone = isinstance(error, NotFound)
        words = self.tr("This thread is no more.") if gone else str(error)
        self.trouble.explain(words, "" if gone else self.tr("Try again"))
        self.stack.setCurrentWidget(self.trouble)

    def _mark_read(self, scene: Scene) -> None:
        from inbox.flow import decide

        thread, me = scene.thread.row, self._context.employee
        if thread.unread and me and self.isVisible():  # what nobody can see, nobody has read
            self._context.lanes.write(lambda store: decide.mark_read(store, thread.id, me))

    @Slot()
    def _look(self) -> None:
        """Tells colleagues that the thread is on this screen."""
        thread, me = self._thread_id, self._context.employee
        if thread is not None and me and self._scene is not None and self.isVisible():
            now = self._context.now()
            writing = now - self._claimed_at < timedelta(milliseconds=RENEW_MS)
            deed = deeds.Claim(thread, me, now) if writing else deeds.Look(thread, me, now)
            self._context.lanes.write(deed)

    @Slot()
    def _claim(self) -> None:
        """Writing claims the reply; said once in a while, not with every key."""
        thread, me, now = self._thread_id, self._context.employee, self._context.now()
        if thread is not None and me and now - self._claimed_at >= CLAIM_EVERY:
            self._claimed_at = now
            self._context.lanes.write(deeds.Claim(thread, me, now))

    def _leave(self) -> None:
        self.composer.leave()
        self._claimed_at = self._context.now() - LONG_AGO
        if self._thread_id is not None and self._context.employee and self._scene is not None:
            self._context.lanes.write(deeds.Leave(self._thread_id, self._context.employee))

    @Slot()
    def _second(self) -> None:
        """What runs down is told each second while it can be seen."""
        if self._scene is not None and self.isVisible():
            now = self._context.now()
            self.said.tick(now)
            self.bar.show_scene(self._scene, now)

    @Slot()
    def _redraw(self) -> None:
        """Another scheme or text size."""
        px = self._context.theme.px
        self.head.setFixedHeight(px(48))
        self.bar.setFixedHeight(px(36))
        self.composer.rescale()
        if self._scene is not None:
            self.said.clear()
            self._show(self._scene)

    @Slot(object)
    def _send_again(self, reply: Reply) -> None:
        deed = deeds.SendAgain(reply, self._context.employee, self._context.now())
        self._context.lanes.write(deed, lambda _reply: self._read_again(), self._context.tell)

    @Slot()
    def _read_earlier(self) -> None:
        """Mentions before those that were read."""
        self._newest *= 5
        self._read_again()

    @Slot(str, QPoint)
    def _ask_link(self, address: str, at: QPoint) -> None:
        self.links.ask(address, at)

    def _correct(self) -> None:
        """Opens the box to correct the facts."""
        from inbox.ui.details.correct import CorrectBox
        from inbox.ui.details.deeds import Deeds

        if self._scene is None:
            return
        deeds_, thread_id = Deeds(self._context), self._scene.thread.row.id
        box = CorrectBox(self)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.corrected.connect(partial(deeds_.correct, thread_id))
        box.moved.connect(partial(deeds_.move, thread_id))
        box.ask(self._scene.thread, self._scene.areas, self.bar.mapToGlobal(self.bar.area.geometry().bottomLeft()))

    def _newest_link(self) -> Mention | None:
        mentions = self._scene.thread.mentions if self._scene is not None else ()
        return next((each for each in reversed(mentions) if each.direction is Direction.INBOUND and each.url), None)

    def _open_newest(self) -> None:
        mention = self._newest_link()
        if mention is not None:
            self.links.ask(mention.url, self.head.mapToGlobal(self.head.rect().bottomLeft()))


def _timer(owner: ThreadPane, every: int, act: object) -> QTimer:
    timer = QTimer(owner)
    timer.setInterval(every)
    timer.timeout.connect(act)
    timer.start()
    return timer
