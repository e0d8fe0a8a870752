"""The accounts page: the table and cards on one side, the chosen account on the other."""

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QMessageBox, QScrollArea, QSplitter, QStackedWidget, QWidget

from inbox.model.account import Account, Gap
from inbox.model.change import Change
from inbox.model.ids import AccountId, RequestId
from inbox.model.request import Request, RequestKind
from inbox.ui.accounts import deeds
from inbox.ui.accounts.cards import OutboxCard, QuarantineCard
from inbox.ui.accounts.connect import ConnectForm
from inbox.ui.accounts.detail import AccountDetail
from inbox.ui.accounts.scene import AccountsScene, load
from inbox.ui.accounts.signin import BrowserSignIn
from inbox.ui.accounts.steps import is_over
from inbox.ui.accounts.table import AccountsTable
from inbox.ui.context import Context
from inbox.ui.theme import current
from inbox.ui.widgets import Button, EmptyState, ErrorState, IconButton, LoadingBars, PageHead, Pane, column, row
from inbox.ui.widgets.words import counted

TICK_MS = 5_000
ONE_PANE = 860
_TOPICS = frozenset({"outbox", "quarantine", "collector", "requests"})


class AccountsPage(Pane):
    """Refreshes by the change feed; asks the collector for whatever needs a network."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """Reads when it is first shown."""
        super().__init__("surface", "", parent)
        self._context = context
        self._scene: AccountsScene | None = None
        self._chosen: AccountId | None = None
        self._request: RequestId | None = None
        self.head = PageHead(self.tr("Accounts"))
        self.add = Button(self.tr("Connect an account"), "plus")
        self.head.tools.addWidget(self.add)
        self.table = AccountsTable(context.now)
        self.quarantine, self.outbox = QuarantineCard(), OutboxCard()
        self.detail = AccountDetail()
        self.form = ConnectForm(context)
        self.nothing = EmptyState(
            self.tr("No account is connected yet. Connect one and its mentions come in here."),
            self.tr("Connect an account"),
            "plug",
        )
        self.loading, self.trouble = LoadingBars(52), ErrorState()
        self.signin = BrowserSignIn(self)
        self.sides, self.stack = QSplitter(), QStackedWidget()
        self._build()
        self._connect()

    def showEvent(self, event: QShowEvent) -> None:
        """What was missed while hidden is read now."""
        super().showEvent(event)
        self._read()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One side at a time where there is no room for two."""
        super().resizeEvent(event)
        self._fit()

    def open_form(self) -> None:
        """Shows the form to connect an account."""
        self.stack.setCurrentWidget(self._form_page)
        self.form.cards[0].setFocus()

    def _build(self) -> None:
        left = Pane("surface")
        box = column(left)
        box.addWidget(self.head)
        inside = QWidget()
        listed = column(inside)
        for part in (self.table, self.quarantine, self.outbox):
            listed.addWidget(part)
        listed.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inside)
        area.setAccessibleName(self.tr("Accounts"))
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        box.addWidget(area, 1)
        self._left = left
        self.sides.addWidget(left)
        self.sides.addWidget(self.detail)
        self.sides.setStretchFactor(0, 1)
        self.sides.setStretchFactor(1, 1)
        self.sides.setSizes([1000, 1000])
        self.sides.setChildrenCollapsible(False)
        self.sides.setHandleWidth(1)
        self._form_page = self._make_form_page()
        for page in (self.loading, self.sides, self.nothing, self.trouble, self._form_page):
            self.stack.addWidget(page)
        column(self).addWidget(self.stack)
        self.setFocusProxy(self.table)

    def _make_form_page(self) -> QWidget:
        page = Pane("surface")
        head = PageHead(self.tr("Connect an account"), inset=24)
        back = IconButton("chevron-left", self.tr("Back to the accounts"))
        head.tools.insertWidget(0, back)
        self.test_button = Button(self.tr("Test and connect"), "check", "primary", tall=True)
        inside = QWidget()
        box = column(inside, margins=(24, 24, 24, 24), gap=16)
        box.addWidget(self.form)
        foot = row(gap=8)
        foot.addWidget(self.test_button)
        foot.addStretch(1)
        box.addLayout(foot)
        box.addStretch(1)
        inside.setMaximumWidth(current().px(760))
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inside)
        outer = column(page)
        outer.addWidget(head)
        outer.addWidget(area, 1)
        back.clicked.connect(self._close_form)
        self.test_button.clicked.connect(self._test_or_close)
        return page

    def _connect(self) -> None:
        context = self._context
        context.changed.connect(self._changed)
        context.theme.changed.connect(self._redraw)
        self.add.clicked.connect(self.open_form)
        self.nothing.acted.connect(self.open_form)
        self.trouble.acted.connect(self._read)
        self.table.chosen.connect(self._choose)
        self.table.clicked.connect(self._open_detail)
        self.table.activated.connect(self._open_detail)
        self.quarantine.retry_wanted.connect(self._retry_quarantine)
        self.outbox.show_wanted.connect(self._show_outbox)
        self.form.connected.connect(self._connected)
        self.form.busy_changed.connect(self._form_busy)
        detail = self.detail
        detail.test_wanted.connect(self._test)
        detail.pause_wanted.connect(self._pause)
        detail.remove_wanted.connect(self._ask_remove)
        detail.fill_wanted.connect(self._fill)
        detail.back_wanted.connect(self._back)
        detail.sign_in.secret_given.connect(self._new_secret)
        detail.sign_in.browser_wanted.connect(self._browser)
        self.signin.ended.connect(self._browser_ended)
        self.signin.told.connect(context.toast)
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self._redraw)
        self._tick.start()
        self.loading.start()

    @Slot()
    def _read(self) -> None:
        now = self._context.now()
        self._context.lanes.read(lambda s: load(s, now), self._show, self._failed, key=("accounts", id(self)))

    @Slot(Change)
    def _changed(self, change: Change) -> None:
        if not self.isVisible():
            return
        if change.accounts or change.topics & _TOPICS:
            self._read()
        if self._request is not None and "requests" in change.topics:
            self._look()

    def _show(self, scene: AccountsScene) -> None:
        self._scene = scene
        self.loading.stop()
        connected = sum(1 for facts in scene.accounts if facts.account.connected_at is not None)
        self.head.beside.setText(counted("%n connected", connected, "accounts"))
        self.table.show_rows(scene.accounts)
        self.quarantine.show_bad(scene.bad, scene.quarantine)
        self.outbox.show_replies(scene.replies)
        if scene.of(self._chosen) is None:
            self._chosen = scene.accounts[0].account.id if scene.accounts else None
            self.table.choose(self._chosen)
        self._show_detail()
        if self.stack.currentWidget() is not self._form_page:
            self.stack.setCurrentWidget(self.sides if scene.accounts else self.nothing)
        self._fit()

    def _show_detail(self) -> None:
        facts = self._scene.of(self._chosen) if self._scene is not None else None
        if facts is not None:
            self.detail.show_facts(facts, self._context.now())

    def _failed(self, error: Exception) -> None:
        self.loading.stop()
        self.trouble.explain(str(error), self.tr("Try again"))
        self.stack.setCurrentWidget(self.trouble)

    @Slot()
    def _redraw(self) -> None:
        """Times pass, and text sizes change."""
        if self._scene is not None and self.isVisible():
            self._show(self._scene)

    def _fit(self) -> None:
        narrow = self.width() < current().px(ONE_PANE)
        self.detail.back.setVisible(narrow)
        if not narrow:
            self._left.show()
            self.detail.show()
        elif not self._left.isHidden() and not self.detail.isHidden():
            self.detail.hide()

    @Slot(object)
    def _choose(self, account_id: AccountId) -> None:
        self._chosen = account_id
        self._show_detail()

    @Slot()
    def _open_detail(self) -> None:
        """A click or Enter goes to the account where there is room for one side only."""
        if self.detail.isHidden():
            self._left.hide()
            self.detail.show()
            self.detail.back.setFocus()

    @Slot()
    def _back(self) -> None:
        self.detail.hide()
        self._left.show()
        self.table.setFocus()

    @Slot()
    def _close_form(self) -> None:
        self.stack.setCurrentWidget(self.sides if self._scene and self._scene.accounts else self.nothing)
        self._read()

    @Slot()
    def _test_or_close(self) -> None:
        if self.form.done:
            self.form.done = False
            self.form.steps.hide()
            self._form_busy()
            self._close_form()
        else:
            self.form.start()

    @Slot(object)
    def _connected(self, account_id: AccountId | None) -> None:
        self._chosen = account_id
        self._form_busy()

    @Slot()
    def _form_busy(self) -> None:
        self.test_button.setEnabled(not self.form.busy)
        self.test_button.setText(self.tr("Done") if self.form.done else self.tr("Test and connect"))

    def _actor(self) -> str:
        return self._context.employee or "command"

    @Slot()
    def _test(self) -> None:
        if self._chosen is not None:
            self._ask(deeds.AskTest(self._chosen, self._actor(), self._context.now()))

    @Slot(str)
    def _new_secret(self, secret: str) -> None:
        if self._chosen is not None:
            self._ask(deeds.NewSecret(self._chosen, self._actor(), self._context.now(), secret))

    @Slot()
    def _browser(self) -> None:
        account = self._account()
        if account is not None:
            self._context.toast(self.tr("Opening the sign-in in your browser"))
            self.signin.start(self._context.address, f"{account.network}:{account.handle}")

    @Slot(bool, str)
    def _browser_ended(self, worked: bool, last: str) -> None:  # noqa: FBT001 - a signal's argument
        if worked:
            self._test()
        else:
            self._context.toast(last or self.tr("The sign-in did not end well. Try again."))

    def _ask(self, deed: deeds.AskTest | deeds.NewSecret) -> None:
        self._context.lanes.write(deed, self._asked, self._context.tell)

    def _asked(self, request: RequestId) -> None:
        self._request = request
        self._look()

    def _look(self) -> None:
        from inbox.store import requests

        wanted = self._request
        if wanted is not None:
            self._context.lanes.read(lambda s: requests.get(s, wanted), self._show_request, self._context.tell)

    def _show_request(self, request: Request) -> None:
        if request.kind is not RequestKind.TEST:
            if is_over(request):
                self._context.toast(str(request.answer.get("sentence", "")) or self.tr("Done."))
        elif request.account_id == self._chosen:
            self.detail.show_request(request)
        if is_over(request):
            self._request = None

    @Slot(bool)
    def _pause(self, paused: bool) -> None:  # noqa: FBT001 - a signal's argument
        if self._chosen is not None:
            deed = deeds.Pause(self._chosen, paused, self._actor(), self._context.now())
            self._context.lanes.write(deed, self._done, self._context.tell)

    @Slot()
    def _ask_remove(self) -> None:
        """The one thing here that undo cannot bring back: the secret is forgotten. So it is asked."""
        account = self._account()
        if account is None:
            return
        words = self.tr("Remove @%1? Its threads stay. Its sign-in is forgotten and cannot be brought back.")
        asked = words.replace("%1", account.handle)
        box = QMessageBox(QMessageBox.Icon.Question, self.tr("Remove"), asked, parent=self)
        box.setTextFormat(Qt.TextFormat.PlainText)
        remove = box.addButton(self.tr("Remove"), QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(box.addButton(self.tr("Keep it"), QMessageBox.ButtonRole.RejectRole))
        box.finished.connect(lambda _code: self._remove(account.id) if box.clickedButton() is remove else None)
        box.open()

    def _remove(self, account_id: AccountId) -> None:
        deed = deeds.Remove(account_id, self._actor(), self._context.now())
        self._context.lanes.write(deed, self._done, self._context.tell)

    @Slot(object)
    def _fill(self, gap: Gap) -> None:
        ask = deeds.Ask(RequestKind.FILL_GAP, self._chosen, self._actor(), self._context.now(), {"gap": gap.id})
        self._context.lanes.write(ask, self._asked, self._context.tell)

    @Slot()
    def _retry_quarantine(self) -> None:
        ask = deeds.Ask(RequestKind.RETRY_QUARANTINE, None, self._actor(), self._context.now())
        self._context.lanes.write(ask, self._asked, self._context.tell)

    @Slot()
    def _show_outbox(self) -> None:
        self._context.go("outbox")

    def _done(self, _nothing: object) -> None:
        self._read()

    def _account(self) -> Account | None:
        facts = self._scene.of(self._chosen) if self._scene is not None else None
        return facts.account if facts is not None else None
