"""The services that calls reach: whether their address is kept here, a test, and a form to enter one."""

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from inbox.model.change import Change
from inbox.model.ids import RequestId
from inbox.model.request import Request, RequestKind, RequestState
from inbox.ui.context import Context
from inbox.ui.ladders.words import SERVICES, tr
from inbox.ui.rules.options import Option
from inbox.ui.rules.values import Combo
from inbox.ui.theme import current
from inbox.ui.widgets import Button, ElidedLabel, Field, IconButton, Label, column, row

if TYPE_CHECKING:
    from inbox.store.engine import Session, Store

_OPEN = frozenset((RequestState.ASKED, RequestState.WORKING))


class ServiceRow(QWidget):
    """One service: its name, what is known of it, and what can be done."""

    def __init__(self, name: str) -> None:
        """Nothing is known of it yet."""
        super().__init__()
        self.name = name
        self.state = Label("", "meta", "text3", wrap=True)
        self.test = Button(tr("Send a test"), "send")
        self.test.setAccessibleName(tr("Send a test to %1").replace("%1", name))
        self.enter = Button(tr("Enter address"), "key")
        self.enter.setAccessibleName(tr("Enter the address of %1").replace("%1", name))
        self.remove = IconButton("trash", tr("Forget the address of %1").replace("%1", name), kind="quiet")
        line = row(gap=8)
        line.addWidget(ElidedLabel(name, "name"), 1)
        for button in (self.enter, self.test, self.remove):
            line.addWidget(button)
        box = column(self, gap=2)
        box.addLayout(line)
        box.addWidget(self.state)

    def show_kept(self, kept: bool | None) -> None:  # noqa: FBT001 - None: not known
        """Whether its address is kept on this machine."""
        words = {True: tr("Address kept on this computer"), False: tr("No address on this computer")}
        self.state.setText(words.get(bool(kept), "") if kept is not None else "")
        self.state.set_tone("text3" if kept else "soon")
        self.enter.setVisible(kept is False)
        self.test.setVisible(bool(kept))
        self.remove.setVisible(bool(kept))

    def say(self, sentence: str, tone: str) -> None:
        """What came of a test."""
        self.state.setText(sentence)
        self.state.set_tone(tone)


class ServicesCard(QWidget):
    """Addresses go to the keyring alone. ``named`` tells of a service whose address was entered."""

    named = Signal(str)

    def __init__(self, context: Context) -> None:
        """Nothing is listed before ``show_services``."""
        super().__init__()
        self._context = context
        self._names: tuple[str, ...] = ()
        self._more: set[str] = set()
        self._asked: dict[RequestId, str] = {}
        self.rows: dict[str, ServiceRow] = {}
        self.none = Label(tr("No policy calls a service yet."), "meta", "text3", wrap=True)
        self.add = Button(tr("Service"), "plus", "link")
        self.add.setAccessibleName(tr("Add a service"))
        self.kind = Combo(tr("Kind of service"), [Option(each, each.removesuffix(":")) for each in SERVICES])
        self.kind.choose(SERVICES[0])
        self.name = Field(tr("Name"), tr("As steps name it: apprise:slack, webhook:pager"), "slack")
        address = tr("apprise: as its wiki writes it (tgram://…, ntfys://…). webhook: address, space, key.")
        self.address = Field(tr("Address"), address, secret=True)
        self.keep, self.cancel = Button(tr("Keep"), kind="primary"), Button(tr("Cancel"), kind="ghost")
        self._list = column(gap=10)
        self.form = QWidget()
        self._build()
        self.add.clicked.connect(lambda: self.enter(""))
        self.keep.clicked.connect(self._keep)
        self.cancel.clicked.connect(self._close)
        self.address.edit.returnPressed.connect(self._keep)
        context.changed.connect(self._changed)

    def _build(self) -> None:
        box = column(self, gap=8)
        box.addWidget(Label(tr("Services"), "meta_strong", "text2"))
        box.addWidget(self.none)
        box.addLayout(self._list)
        line = row()
        line.addWidget(self.add)
        line.addStretch(1)
        box.addLayout(line)
        inside = column(self.form, margins=(0, 8, 0, 0), gap=8)
        kind = row(gap=8)
        self.kind.setFixedWidth(current().px(104))
        kind.addWidget(self.kind, 0, Qt.AlignmentFlag.AlignTop)
        inside.addWidget(Label(tr("Kind"), "control"))
        inside.addLayout(kind)
        kind.addStretch(1)
        inside.addWidget(self.name)
        inside.addWidget(self.address)
        where = tr("It is kept in this computer's keyring and nowhere else. The collector must run here to use it.")
        inside.addWidget(Label(where, "meta", "text3", wrap=True))
        feet = row(gap=8)
        feet.addWidget(self.keep)
        feet.addWidget(self.cancel)
        feet.addStretch(1)
        inside.addLayout(feet)
        box.addWidget(self.form)
        self.form.hide()

    @property
    def names(self) -> tuple[str, ...]:
        """The services that are listed."""
        return tuple(sorted({*self._names, *self._more}))

    def show_services(self, names: tuple[str, ...]) -> None:
        """Those that policies name, stored or as they stand on screen."""
        if names != self._names or not self.rows:
            self._names = names
            self.read()

    @Slot()
    def read(self) -> None:
        """Looks which addresses are kept on this machine."""
        names = self.names
        self._lay(names)
        store = self._context.store
        if store is None or not names:
            return

        def work() -> dict[str, bool]:
            from inbox.flow.escalate import addresses

            return addresses.kept(store, names)

        self._context.lanes.run(work, self._kept, self._context.tell)

    def _kept(self, found: Mapping[str, bool]) -> None:
        for name, each in self.rows.items():
            if name in found and name not in self._asked.values():
                each.show_kept(found[name])

    def _lay(self, names: tuple[str, ...]) -> None:
        for gone in self.rows.keys() - set(names):
            old = self.rows.pop(gone)
            self._list.removeWidget(old)
            old.hide()
            old.deleteLater()
        for at, name in enumerate(names):
            if name not in self.rows:
                made = self.rows[name] = ServiceRow(name)
                made.show_kept(None)
                made.test.clicked.connect(partial(self._test, name, send=True))
                made.enter.clicked.connect(partial(self.enter, name))
                made.remove.clicked.connect(partial(self._forget, name))
                self._list.insertWidget(at, made)
        self.none.setVisible(not names)

    # -- entering an address

    def enter(self, name: str) -> None:
        """Opens the form; ``name`` is the service, empty for a new one."""
        kind, colon, rest = name.partition(":")
        self.kind.choose(f"{kind}{colon}" or SERVICES[0])
        self.name.set_text(rest)
        self.address.set_text("")
        for field in (self.name, self.address):
            field.set_error("")
        self.form.show()
        self.add.hide()
        (self.address if rest else self.name).edit.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _close(self) -> None:
        self.address.set_text("")
        self.form.hide()
        self.add.show()
        self.add.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _keep(self) -> None:
        name, address = f"{self.kind.chosen()}{self.name.text()}", self.address.text()
        self.name.set_error("" if self.name.text() else tr("Give it a name."))
        self.address.set_error("" if address else tr("Enter its address."))
        if not self.name.text() or not address:
            (self.address if self.name.text() else self.name).edit.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        actor, now = self._context.employee or "command", self._context.now()

        def work(store: "Store") -> str:
            from inbox.flow.escalate import addresses

            return addresses.keep(store, name, address, actor=actor, now=now)

        def done(sentence: str) -> None:
            self._more.add(name)
            self._close()
            self.read()
            self._context.toast(sentence)
            self.named.emit(name)
            self._test(name, send=False)

        self._context.lanes.write(work, done, lambda error: self.address.set_error(str(error)))

    def _forget(self, name: str) -> None:
        actor, now = self._context.employee or "command", self._context.now()

        def work(store: "Store") -> str:
            from inbox.flow.escalate import addresses

            return addresses.drop(store, name, actor=actor, now=now)

        def done(sentence: str) -> None:
            self._more.discard(name)
            self._context.toast(sentence)
            self.read()
            if name not in self.rows:
                self.add.setFocus(Qt.FocusReason.OtherFocusReason)

        self._context.lanes.write(work, done, self._context.tell)

    # -- trying it, which the collector does

    def _test(self, name: str, *, send: bool) -> None:
        actor, now = self._context.employee or "command", self._context.now()

        def work(store: "Store") -> RequestId:
            from inbox.flow import requests

            return requests.ask(store, RequestKind.SERVICE, None, actor=actor, now=now, service=name, send=send)

        def asked(number: RequestId) -> None:
            self._asked[number] = name
            if name in self.rows:
                self.rows[name].say(tr("The collector looks at it …"), "text3")
            self._look()

        self._context.lanes.write(work, asked, self._context.tell)

    @Slot(Change)
    def _changed(self, change: Change) -> None:
        if "requests" in change.topics and self._asked:
            self._look()

    def _look(self) -> None:
        wanted = tuple(self._asked)

        def work(session: "Session") -> list[Request]:
            from inbox.store import requests

            return [requests.get(session, each) for each in wanted]

        self._context.lanes.read(work, self._answered, self._context.tell, key=(id(self), "services"))

    def _answered(self, found: list[Request]) -> None:
        for each in found:
            name = self._asked.get(each.id)
            if name is None or each.state in _OPEN:
                continue
            del self._asked[each.id]
            if name in self.rows:
                self.rows[name].show_kept(kept=True)
                tone = "ok" if each.state is RequestState.DONE else "late"
                self.rows[name].say(str(each.answer.get("sentence", "")), tone)
