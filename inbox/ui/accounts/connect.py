"""The form that connects an account: network, server, account, secret, look back, and the test as it goes."""

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QSizePolicy, QWidget

from inbox.model.change import Change
from inbox.model.ids import AccountId, RequestId
from inbox.model.request import Request, RequestState
from inbox.ui.accounts import deeds
from inbox.ui.accounts.signin import BrowserSignIn
from inbox.ui.accounts.steps import Step, StepsCard, is_over
from inbox.ui.context import Context
from inbox.ui.theme import current
from inbox.ui.widgets import Button, Field, IconMark, Label, Segmented, column, row
from inbox.ui.widgets.paint import rounded

FIELD_WIDTH, LABEL_WIDTH = 380, 140


@dataclass(frozen=True, slots=True)
class Offer:
    """A network that can be connected: what its card says, and what its form asks for."""

    network: str
    title: str
    words: str
    server: bool
    browser: bool
    secret: str


class NetworkCard(QAbstractButton):
    """A radio button as a card: title and how one signs in."""

    def __init__(self, offer: Offer, parent: QWidget | None = None) -> None:
        """Checkable, one of its group."""
        super().__init__(parent)
        self.offer = offer
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setText(offer.title)
        self.setAccessibleName(offer.title)
        self.setAccessibleDescription(offer.words)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Two lines."""
        return QSize(current().px(200), current().px(60))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """The ring, the title, the quieter words; chosen is outlined and filled."""
        theme = current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked()
        strong = on or self.hasFocus()
        pen = QPen(theme.color("accent" if strong else "border"), 2 if strong else 1)
        fill = "accent_soft" if on else "hover" if self.underMouse() else "raised"
        rounded(painter, self.rect(), theme.px(8), theme.color(fill), pen)
        mirror = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        side, pad = theme.px(16), theme.px(17)
        left = self.width() - pad - side if mirror else pad
        ring = self.rect().adjusted(left, (self.height() - side) // 2, 0, 0)
        ring.setSize(QSize(side, side))
        edge = QPen(theme.color("accent" if on else "strong"), theme.px(5) if on else 1)
        rounded(painter, ring, side / 2, None, edge)
        inner = self.rect().adjusted(pad, theme.px(10), -pad, -theme.px(10))
        used = side + theme.px(11)
        inner = inner.adjusted(0, 0, -used, 0) if mirror else inner.adjusted(used, 0, 0, 0)
        painter.setPen(theme.color("text"))
        painter.setFont(theme.font("name"))
        painter.drawText(inner, Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop, self.offer.title)
        painter.setPen(theme.color("text3"))
        painter.setFont(theme.font("meta"))
        words = QFontMetrics(theme.font("meta")).elidedText(
            self.offer.words, Qt.TextElideMode.ElideRight, inner.width()
        )
        painter.drawText(inner, Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignBottom, words)
        painter.end()


class ConnectForm(QWidget):
    """Fills in, adds, tests. ``connected`` carries the account once its test has passed; ``busy_changed`` tells
    that something goes on.
    """

    connected = Signal(object)
    busy_changed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """Mastodon first."""
        super().__init__(parent)
        self._context = context
        self._account: AccountId | None = None
        self._request: RequestId | None = None
        self.busy = False
        self.done = False
        self.cards = [NetworkCard(offer) for offer in self._offers()]
        self.server = Field(self.tr("Server"), "", "social.example")
        self.handle = Field(self.tr("Account"), "", "@exampleair")
        self.secret = Field(self.tr("Token"), "", secret=True)
        self.searches = Field(self.tr("Also look for"), "", "example air, #exampleair")
        self.look_back = Segmented(
            [("none", self.tr("None"), ""), ("24 hours", self.tr("24 hours"), ""), ("7 days", self.tr("7 days"), "")],
            self.tr("Look back"),
        )
        self.look_back.set_value("24 hours")
        self.browser = Button(self.tr("Sign in in the browser"), "key", "plain")
        self.steps = StepsCard()
        self.signin = BrowserSignIn(self)
        self._build()
        for card in self.cards:
            card.toggled.connect(self._choose)
        self.browser.clicked.connect(self.sign_in)
        self.signin.told.connect(self._told)
        self.signin.ended.connect(self._signed_in)
        context.changed.connect(self._changed)
        self.cards[0].setChecked(True)

    @property
    def offer(self) -> Offer:
        """The network that is chosen."""
        return next((card.offer for card in self.cards if card.isChecked()), self.cards[0].offer)

    def wanted_searches(self) -> tuple[str, ...]:
        """Words and hashtags to look for besides: most people who talk about a brand do not name its account."""
        return tuple(words.strip() for words in self.searches.text().split(",") if words.strip())

    @Slot()
    def start(self) -> None:
        """Adds the account with what was filled in, and has it tested."""
        if self.busy or not self._filled(need_secret=not self.offer.browser or bool(self.secret.text())):
            return
        if self.offer.browser and not self.secret.text():
            self.sign_in()
            return
        self._add(self.secret.edit.text())

    @Slot()
    def sign_in(self) -> None:
        """Adds the account and opens its server's own page."""
        if not self.busy and self._filled(need_secret=False):
            self._add("")

    def _add(self, secret: str) -> None:
        offer, now = self.offer, self._context.now()
        look_back = deeds.LOOK_BACKS[self.look_back.value()]
        deed = deeds.AddAccount(
            offer.network,
            self.handle.text().lstrip("@"),
            _server(self.server.text()) if offer.server else "",
            look_back,
            self._context.employee or "command",
            now,
            secret.strip(),
            self.wanted_searches(),
        )
        self._set_busy(busy=True)
        self.steps.show_steps([Step("working", self.tr("Adding the account"))], over=False)
        self._context.lanes.write(deed, self._added, self._failed)

    def _added(self, added: deeds.Added) -> None:
        self._account, self._request = added.account_id, added.request_id
        self.secret.edit.clear()
        if added.request_id is None:
            self.steps.show_steps([Step("working", self.tr("Opening the sign-in in your browser"))], over=False)
            account = f"{self.offer.network}:{self.handle.text().lstrip('@')}"
            self.signin.start(self._context.address, account, deeds.LOOK_BACKS[self.look_back.value()])
        else:
            self._look()

    @Slot(str)
    def _told(self, said: str) -> None:
        self.steps.show_steps([Step("working", said)], over=False)

    @Slot(bool, str)
    def _signed_in(self, worked: bool, last: str) -> None:  # noqa: FBT001 - a signal's argument
        if not worked:
            self._stop([Step("failed", last or self.tr("The sign-in did not end well. Try again."))])
            return
        if self._account is not None:
            look_back = deeds.LOOK_BACKS[self.look_back.value()]
            actor, now = self._context.employee or "command", self._context.now()
            ask = deeds.AskTest(self._account, actor, now, look_back, self.wanted_searches())
            self._context.lanes.write(ask, self._asked, self._failed)

    def _asked(self, request: RequestId) -> None:
        self._request = request
        self._look()

    @Slot(Change)
    def _changed(self, change: Change) -> None:
        if self._request is not None and "requests" in change.topics:
            self._look()

    def _look(self) -> None:
        from inbox.store import requests

        wanted = self._request
        if wanted is not None:
            read = self._context.lanes.read
            read(lambda s: requests.get(s, wanted), self._show, self._failed, key=("request", id(self)))

    def _show(self, request: Request) -> None:
        if request.id != self._request:
            return
        self.steps.show_request(request)
        if is_over(request):
            self._request = None
            self.done = request.state is RequestState.DONE
            self._set_busy(busy=False)
            if self.done:
                self.connected.emit(self._account)

    def _failed(self, error: Exception) -> None:
        self._stop([Step("failed", str(error).strip() or type(error).__name__)])

    def _stop(self, steps: list[Step]) -> None:
        self._request = None
        self.steps.show_steps(steps, over=True)
        self._set_busy(busy=False)

    def _set_busy(self, *, busy: bool) -> None:
        self.busy = busy
        for part in (*self.cards, self.server, self.handle, self.secret, self.searches, self.look_back, self.browser):
            part.setEnabled(not busy)
        self.busy_changed.emit()

    def _filled(self, *, need_secret: bool) -> bool:
        """Says at each field what is missing."""
        offer = self.offer
        missing = self.tr("This is needed.")
        checks = [(self.handle, bool(self.handle.text().lstrip("@")))]
        checks.append((self.server, bool(self.server.text()) or not offer.server))
        checks.append((self.secret, bool(self.secret.text()) or not need_secret or not offer.secret))
        for field, fine in checks:
            field.set_error("" if fine else missing)
        wrong = [field for field, fine in checks if not fine]
        if wrong:
            wrong[0].edit.setFocus()
        return not wrong

    @Slot()
    def _choose(self) -> None:
        offer = self.offer
        self.done = False
        self._rows["server"].setVisible(offer.server)
        self._rows["secret"].setVisible(bool(offer.secret))
        self.browser.setVisible(offer.browser)
        self.secret.edit.setAccessibleName(offer.secret)
        self._labels["secret"].setText(offer.secret)
        self.handle.edit.setPlaceholderText("exampleair.bsky.social" if offer.network == "bluesky" else "@exampleair")

    def _offers(self) -> list[Offer]:
        return [
            Offer("mastodon", "Mastodon", self.tr("Sign in with your server"), server=True, browser=True,
                  secret=self.tr("Or a token")),
            Offer("bluesky", "Bluesky", self.tr("Handle and app password"), server=False, browser=False,
                  secret=self.tr("App password")),
            Offer("demo", self.tr("Demo network"), self.tr("Made up, needs no sign-in"), server=False, browser=False,
                  secret=""),
        ]  # fmt: skip

    def _build(self) -> None:
        px = current().px
        box = column(self, gap=12)
        cards = QGridLayout()
        cards.setSpacing(px(8))
        for at, card in enumerate(self.cards):
            cards.addWidget(card, at // 3, at % 3)
        box.addLayout(cards)
        box.addSpacing(px(8))
        self._rows: dict[str, QWidget] = {}
        self._labels: dict[str, Label] = {}
        for name, part in self._fields():
            part.label.hide()
            self._row(name, part.label.text(), part)
        self._row("look back", self.tr("Look back"), self.look_back)
        hint = self.tr("Older mentions are shown for reading. They start no clocks.")
        self._row("hint", "", Label(hint, "meta", "text3", wrap=True))
        self._row("browser", "", self.browser)
        self.steps.setMaximumWidth(px(FIELD_WIDTH + LABEL_WIDTH))
        for each in self._rows.values():
            box.addWidget(each)
        box.addWidget(self.steps)
        keyring = row(gap=6)
        keyring.addWidget(IconMark("key", "text3", 14))
        words = self.tr("The sign-in is kept in this computer's keyring, never in the workspace file.")
        keyring.addWidget(Label(words, "meta", "text2", wrap=True), 1)
        box.addLayout(keyring)

    def _fields(self) -> tuple[tuple[str, Field], ...]:
        return (
            ("server", self.server), ("account", self.handle), ("secret", self.secret), ("searches", self.searches),
        )  # fmt: skip

    def _row(self, name: str, words: str, part: QWidget) -> None:
        px = current().px
        holder = QWidget()
        inside = row(holder)
        label = Label(words, "control")
        label.setFixedWidth(px(LABEL_WIDTH))
        inside.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
        if isinstance(part, Field):
            part.setMaximumWidth(px(FIELD_WIDTH))
            label.setMinimumHeight(px(30))
            label.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        wide = isinstance(part, Label | Field)
        inside.addWidget(part, 100 if wide else 0)
        inside.addStretch(1)
        self._rows[name] = holder
        self._labels[name] = label


def _server(typed: str) -> str:
    """An address from what people type: a bare name is https."""
    bare = typed.strip().rstrip("/")
    return bare if "://" in bare or not bare else f"https://{bare}"


__all__ = ["ConnectForm", "NetworkCard", "Offer"]
