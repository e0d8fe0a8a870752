"""One account: what it needs, today's bar, gaps, sources, what it may do."""

from datetime import datetime

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QMenu, QScrollArea, QVBoxLayout, QWidget

from inbox.model.account import Gap
from inbox.model.request import Request
from inbox.model.words import HealthState
from inbox.ui.accounts.scene import AccountFacts
from inbox.ui.accounts.steps import StepsCard
from inbox.ui.accounts.today import TodayBar, stretches
from inbox.ui.accounts.words import ago, last_pull, may_words, seconds_words, source_words
from inbox.ui.theme import current
from inbox.ui.thread.plain import line
from inbox.ui.thread.times import clock_time, moment
from inbox.ui.thread.words import network_title
from inbox.ui.widgets import (
    Button,
    Card,
    Divider,
    ElidedLabel,
    Field,
    IconButton,
    IconMark,
    Label,
    PageHead,
    Pane,
    column,
    isolate,
    row,
)
from inbox.ui.widgets.words import number

MOST_GAPS = 8


class SignInCard(Card):
    """Says what is wrong and takes the way on. ``secret_given`` carries a new secret, ``browser_wanted`` asks
    for the network's own page.
    """

    secret_given = Signal(str)
    browser_wanted = Signal()
    pause_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Hidden while all is well."""
        super().__init__("late", parent)
        self.title = Label("", "name", "late", wrap=True)
        self.words = Label("", "base", "text", wrap=True)
        self.secret = Field("", secret=True)
        self.secret.label.hide()
        self.sign_in = Button(self.tr("Sign in again"), "key", "primary")
        self.browser = Button(self.tr("Sign in in the browser"), "open")
        self.pause = Button(self.tr("Pause this account"))
        inside = row(gap=10)
        self.mark = IconMark("key", "late", 16)
        inside.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignTop)
        words = column(gap=4)
        for part in (self.title, self.words, self.secret):
            words.addWidget(part)
        buttons = row(gap=8)
        for button in (self.sign_in, self.browser, self.pause):
            buttons.addWidget(button)
        buttons.addStretch(1)
        words.addSpacing(4)
        words.addLayout(buttons)
        inside.addLayout(words, 1)
        self.body.addLayout(inside)
        self.sign_in.clicked.connect(self._give)
        self.secret.edit.returnPressed.connect(self._give)
        self.browser.clicked.connect(self.browser_wanted)
        self.pause.clicked.connect(self.pause_wanted)

    def show_facts(self, facts: AccountFacts, now: datetime) -> None:
        """Shown when the sign-in ran out, or was never made, or the network does not answer."""
        account = facts.account
        lost = account.health is HealthState.SIGN_IN or account.connected_at is None
        trouble = account.health is HealthState.TROUBLE
        self.setVisible(lost or trouble)
        self.mark.set_icon("key" if lost else "triangle", "late")
        for part in (self.secret, self.sign_in):
            part.setVisible(lost and account.network != "demo")
        self.browser.setVisible(lost and account.network == "mastodon")
        self.pause.setVisible(account.connected_at is not None and not account.paused)
        asks = self.tr("New app password") if account.network == "bluesky" else self.tr("New token")
        self.secret.edit.setPlaceholderText(asks)
        self.secret.edit.setAccessibleName(asks)
        self.title.setText(self._title(facts, now))
        self.words.setText(self._words(facts))

    def _title(self, facts: AccountFacts, now: datetime) -> str:
        account = facts.account
        if account.connected_at is None:
            return self.tr("This account is not connected")
        if account.health is HealthState.SIGN_IN:
            if account.error_at is None:
                return self.tr("The sign-in ran out")
            return self.tr("The sign-in ran out at %1").replace("%1", moment(account.error_at, now))
        return account.error or self.tr("The network does not answer")

    def _words(self, facts: AccountFacts) -> str:
        account = facts.account
        if account.connected_at is None:
            return account.error or self.tr("Its history can be read. Sign in to pull and to reply.")
        if account.health is HealthState.SIGN_IN:
            first = self.tr("Nothing new comes in and no reply goes out on this account until somebody signs in again.")
            rest = self.tr("History is safe.")
            waiting = self.tr("1 reply waits in the outbox.") if facts.waiting == 1 else ""
            if facts.waiting > 1:
                waiting = self.tr("%1 replies wait in the outbox.").replace("%1", number(facts.waiting))
            return " ".join(part for part in (first, rest, waiting) if part)
        return self.tr("It is tried again by itself. Nothing is lost: it is pulled back to the last mention we hold.")

    @Slot()
    def _give(self) -> None:
        secret = self.secret.edit.text().strip()
        if not secret:
            self.secret.set_error(self.tr("This is needed."))
            self.secret.edit.setFocus()
            return
        self.secret.set_error("")
        self.secret.edit.clear()
        self.secret_given.emit(secret)


class AccountDetail(Pane):
    """Head with Test and the menu, then the cards."""

    test_wanted = Signal()
    pause_wanted = Signal(bool)
    remove_wanted = Signal()
    fill_wanted = Signal(object)
    back_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """No account is chosen."""
        super().__init__("sunken", "", parent)  # the splitter draws the line
        self._facts: AccountFacts | None = None
        self.head = PageHead("", inset=24)
        self.back = IconButton("chevron-left", self.tr("Back to the accounts"))
        self.head.tools.insertWidget(0, self.back)
        self.test = Button(self.tr("Test"), "", "ghost")
        self.more = IconButton("more", self.tr("More"))
        self.head.tools.addWidget(self.test)
        self.head.tools.addWidget(self.more)
        self.sign_in = SignInCard()
        self.steps = StepsCard()
        self.today, self.sources, self.rights = Card(), Card(), Card()
        self.bar = TodayBar()
        self._build()
        self.back.clicked.connect(self.back_wanted)
        self.test.clicked.connect(self.test_wanted)
        self.more.clicked.connect(self._show_menu)
        self.sign_in.pause_wanted.connect(self._pause)

    def show_facts(self, facts: AccountFacts, now: datetime) -> None:
        """Shows an account."""
        before = self._facts.account.id if self._facts is not None else None
        self._facts = facts
        account = facts.account
        if before != account.id:
            self.steps.hide()
        self.head.title.setText(network_title(account.network))
        self.head.beside.setText(isolate(f"@{line(account.handle, 48)}"))
        self.sign_in.show_facts(facts, now)
        self._show_today(facts, now)
        self._show_sources(facts, now)
        self._show_rights(facts)

    def show_request(self, request: Request) -> None:
        """A test as it goes."""
        self.steps.show_request(request)

    def _build(self) -> None:
        inside = QWidget()
        box = column(inside, margins=(24, 16, 24, 24), gap=12)
        for card in (self.sign_in, self.steps, self.today, self.sources, self.rights):
            box.addWidget(card)
        box.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inside)
        area.setAccessibleName(self.tr("Account"))
        area.viewport().setAutoFillBackground(False)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside.setAutoFillBackground(False)
        outer = column(self, margins=(1, 0, 0, 0))
        outer.addWidget(self.head)
        outer.addWidget(area, 1)
        self._gaps = column(gap=8)
        head = row(gap=8)
        head.addWidget(Label(self.tr("Today"), "name"))
        head.addWidget(Label(self.tr("mentions and replies"), "meta", "text3"))
        head.addStretch(1)
        self.today.body.addLayout(head)
        self.today.body.addWidget(self.bar)
        self.today.body.addLayout(self._gaps)
        self._table: QWidget | None = None
        self._may: QWidget | None = None

    def _show_today(self, facts: AccountFacts, now: datetime) -> None:
        account = facts.account
        self.today.setVisible(account.connected_at is not None)
        local = now.astimezone()
        day = local.replace(hour=0, minute=0, second=0, microsecond=0)
        pulled = last_pull(facts)
        self.bar.show_day(stretches(day, now, since=account.connected_at, pulled_to=pulled, gaps=facts.gaps))
        _empty(self._gaps)
        if facts.gaps:
            self._gaps.addWidget(Divider())
        for gap in facts.gaps[:MOST_GAPS]:
            self._gaps.addWidget(self._gap(gap, now))
        if account.health is HealthState.SIGN_IN and pulled is not None:
            title = self.tr("From %1 on is not lost").replace("%1", clock_time(pulled))
            words = self.tr("After signing in, it is pulled back to the last mention we hold.")
            self._gaps.addWidget(_fact("refresh", "text2", title, words))

    def _gap(self, gap: Gap, now: datetime) -> QWidget:
        title = self.tr("Gap from %1 to %2").replace("%1", moment(gap.from_at, now))
        words = f"{gap.why} {self.tr('It stays listed until it is proven filled.')}"
        fill = Button(self.tr("Try to fill it"))
        fill.clicked.connect(_Fill(self, gap))
        return _fact("gap", "late", title.replace("%2", moment(gap.to_at, now)), words, fill)

    def _show_sources(self, facts: AccountFacts, now: datetime) -> None:
        self.sources.setVisible(bool(facts.sources))
        body = QWidget()
        grid = QGridLayout(body)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(current().px(6))
        grid.setHorizontalSpacing(current().px(16))
        grid.setColumnStretch(0, 1)
        grid.addWidget(Label(self.tr("Sources"), "name"), 0, 0)
        heads = (self.tr("Source"), self.tr("Last mention"), self.tr("Last pull"), self.tr("Lag"))
        for at, words in enumerate(heads):
            grid.addWidget(Label(words, "meta", "text3"), 1, at)
        for number_, source in enumerate(facts.sources):
            at = 2 + number_ * 3
            grid.addWidget(Divider(), at, 0, 1, 4)
            grid.addWidget(ElidedLabel(source_words(source)), at + 1, 0)
            lag = "" if source.lag_seconds is None else seconds_words(source.lag_seconds)
            cells = (ago(source.last_mention_at, now), ago(source.last_success_at, now), lag or "-")
            for place, words in enumerate(cells, 1):
                grid.addWidget(Label(words, "meta", "text2"), at + 1, place)
            if source.error:
                grid.addWidget(Label(source.error, "meta", "late", wrap=True), at + 2, 0, 1, 4)
        self._table = _swap(self.sources, self._table, body)

    def _show_rights(self, facts: AccountFacts) -> None:
        account = facts.account
        may, cannot = may_words(account)
        lines = [(self.tr("May do"), may), (self.tr("Cannot do"), cannot or self.tr("Nothing is missing"))]
        if account.network != "demo":
            lines.append((self.tr("Secret kept in"), self.tr("System keyring of the collector's computer")))
        if account.server:
            lines.append((self.tr("Server"), line(account.server)))
        self.rights.setVisible(account.connected_at is not None)
        body = QWidget()
        grid = QGridLayout(body)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(current().px(8))
        grid.setColumnMinimumWidth(0, current().px(132))
        grid.setColumnStretch(1, 1)
        for at, (key, words) in enumerate(lines):
            grid.addWidget(Label(key, "base", "text3"), at, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(Label(words, "base", "text", wrap=True), at, 1)
        self._may = _swap(self.rights, self._may, body)

    def menu(self) -> QMenu:
        """Pause or go on, and remove."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        paused = self._facts is not None and self._facts.account.paused
        connected = self._facts is not None and self._facts.account.connected_at is not None
        words = self.tr("Go on with this account") if paused else self.tr("Pause this account")
        pause = menu.addAction(current().icon("play" if paused else "pause"), words, self._pause)
        pause.setEnabled(connected)
        menu.addAction(current().icon("trash"), self.tr("Remove this account"), self.remove_wanted.emit)
        return menu

    @Slot()
    def _show_menu(self) -> None:
        self.menu().popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    @Slot()
    def _pause(self) -> None:
        if self._facts is not None:
            self.pause_wanted.emit(not self._facts.account.paused)


class _Fill:
    def __init__(self, detail: AccountDetail, gap: Gap) -> None:
        self._detail, self._gap = detail, gap

    def __call__(self, *_: object) -> None:
        self._detail.fill_wanted.emit(self._gap)


def _fact(icon: str, ink: str, title: str, words: str, button: Button | None = None) -> QWidget:
    holder = QWidget()
    box = row(holder, gap=10)
    box.addWidget(IconMark(icon, ink, 16), 0, Qt.AlignmentFlag.AlignTop)
    text = column()
    text.addWidget(Label(title, "control", wrap=True))
    text.addWidget(Label(words, "meta", "text2", wrap=True))
    box.addLayout(text, 1)
    if button is not None:
        box.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
    return holder


def _swap(card: Card, old: QWidget | None, new: QWidget) -> QWidget:
    if old is not None:
        card.body.removeWidget(old)
        old.hide()
        old.deleteLater()
    card.body.addWidget(new)
    return new


def _empty(box: QVBoxLayout) -> None:
    while box.count():
        item = box.takeAt(0)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()
