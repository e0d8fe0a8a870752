"""The card of an incident's statements: the newest with all that can be done about it, the older ones folded below."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from inbox.flow.hot import statements_checks as checks
from inbox.model.account import Account
from inbox.model.ids import IncidentId
from inbox.model.incident import OPEN_STATES, Statement, StatementState
from inbox.model.words import ReplyState
from inbox.ui.context import Context
from inbox.ui.incidents import statementwords as words
from inbox.ui.incidents.drafts import RoomDrafts
from inbox.ui.incidents.statementasking import StatementDialog
from inbox.ui.incidents.statementdeeds import StatementDeeds, Wanted
from inbox.ui.incidents.statementeditor import StatementEditor
from inbox.ui.incidents.statementoffers import SURE, offers
from inbox.ui.incidents.statementposts import PostRow
from inbox.ui.widgets import Button, Card, ElidedLabel, IconButton, Label, Tag, column, isolate, row
from inbox.ui.widgets.words import counted, number

if TYPE_CHECKING:
    from inbox.flow.hot.room import Room

KIND = "statement"
TICK_MS = 1_000
BUTTONS = 3
VERBS = {
    "ask": ("Ask for approval", "shield"),
    "approve": ("Approve", "check"),
    "send_back": ("Send back...", "undo"),
    "publish": ("Publish", "megaphone"),
    "withdraw": ("Take back", "undo"),
    "send_again": ("Send again", "refresh"),
    "edit": ("Edit", "pencil"),
    "discard": ("Discard", "trash"),
    "update": ("Write an update", "plus"),
}


class StatementCard(Card):
    """``wanted`` carries a ``Wanted``, carried out here too; ``settled`` that something was done, ``grown`` that it
    takes other room. ``any`` says whether there is something to show.
    """

    wanted = Signal(object)
    settled = Signal()
    grown = Signal()

    def __init__(self, context: Context, drafts: RoomDrafts, parent: QWidget | None = None) -> None:
        """Empty until ``show_room``."""
        super().__init__("true", parent)
        self._context, self._drafts = context, drafts
        self._room: Room | None = None
        self._accounts: Sequence[Account] = ()
        self._editing: tuple[IncidentId, Statement | None] | None = None
        self._incident: IncidentId | None = None
        self._posts: tuple[object, ...] = ()
        self._unfolded = False
        self.any = False
        self.named: list[str] = []
        self.rows: list[PostRow] = []
        self.dialog: StatementDialog | None = None
        self.menu: QMenu | None = None
        self.deeds = StatementDeeds(context, self)
        self.title = Label(self.tr("Holding statement"), "name")
        self.mark = Tag("")
        self.version = Label("", "meta", "text3")
        self.more = IconButton("more", self.tr("More to do with the statement"))
        self.text = Label("", "post", wrap=True)
        self.where = Label("", "meta", "text3", wrap=True)
        self.trouble = Label("", "meta", "late", wrap=True)
        self.editor = StatementEditor()
        self.buttons = [Button("", "", "primary" if place == 0 else "plain") for place in range(BUTTONS)]
        self.passes = ElidedLabel(self.tr("Not held: statements pass the hold"), "meta", "text3")
        self.older = Button("", "", "link")
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._build()
        self._connect()

    def _build(self) -> None:
        head = row(gap=8)
        head.addWidget(self.title)
        head.addWidget(self.mark)
        head.addStretch(1)
        head.addWidget(self.version)
        head.addWidget(self.more)
        self.body.addLayout(head)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._list = column(gap=4)
        self.past = column(gap=8)
        for part in (self.text, self.where, self.trouble, self.editor):
            self.body.addWidget(part)
        feet = row(gap=8)
        for button in self.buttons:
            feet.addWidget(button)
        feet.addStretch(1)
        feet.addWidget(self.passes)
        self.body.addLayout(feet)
        self.body.addLayout(self._list)
        self.body.addWidget(self.older, 0, Qt.AlignmentFlag.AlignLeading)
        self.body.addLayout(self.past)
        self.body.addStretch(1)

    def _connect(self) -> None:
        self.wanted.connect(self.deeds.perform)
        self.deeds.settled.connect(self.settled)
        self.deeds.written.connect(self._written)
        self.deeds.lost.connect(self.editor.give_back)
        self.editor.typed.connect(self._keep)
        self.editor.grown.connect(self.grown)
        self.editor.saved.connect(self._save)
        self.editor.left.connect(self.leave)
        self.more.clicked.connect(self.open_menu)
        self.older.clicked.connect(self._fold)
        self._tick.timeout.connect(self._second)
        for place, button in enumerate(self.buttons):
            button.clicked.connect(partial(self._press, place))

    # -- what is shown

    def show_room(self, room: "Room", accounts: Sequence[Account], now: datetime) -> None:
        """Another incident, or its statements as they are now. What is being written stays."""
        self._room, self._accounts = room, accounts
        if room.incident.id != self._incident:
            self._incident, self._editing, self._unfolded = room.incident.id, None, False
            self._take_up()
        going = room.incident.state in OPEN_STATES
        self.any = going or bool(room.statements)
        self.setVisible(self.any)
        self._show_head(now)
        self._show_text()
        self._show_posts(now)
        self._show_feet()
        self._show_older(now)

    @property
    def newest(self) -> Statement | None:
        """The one that is shown in full."""
        return self._room.statements[0] if self._room is not None and self._room.statements else None

    def _take_up(self) -> None:
        """What was being written before goes on."""
        room = self._room
        if room is None or room.incident.state not in OPEN_STATES:
            return
        kept = self._drafts.newest(room.incident.id, KIND, room.drafts)
        found = self.newest
        if kept and (found is None or found.state is StatementState.PUBLISHED):
            self._begin(None, kept)
        elif kept and found is not None:
            self._begin(found, kept)

    def _show_head(self, now: datetime) -> None:
        room, found = self._room, self.newest
        if room is None:
            return
        further = len(room.statements) > 1 or (self._editing is not None and self._editing[1] is None and found)
        self.title.setText(self.tr("Update of the statement") if further else self.tr("Holding statement"))
        shown = found is not None and not self._is_new()
        self.mark.setVisible(shown)
        self.version.setVisible(shown)
        if found is not None and shown:
            mark = words.state(found, room.names, now)
            self.mark.set_tag(mark.words, mark.kind, mark.icon)
            self.version.setText(self.tr("Version %1").replace("%1", number(found.version)))

    def _is_new(self) -> bool:
        return self._editing is not None and self._editing[1] is None

    def _show_text(self) -> None:
        room, found, editing = self._room, self.newest, self._editing is not None
        self.editor.setVisible(editing)
        self.text.setVisible(not editing)
        self.text.set_tone("text" if found is not None else "text2")
        self.text.setText(isolate(found.text) if found is not None else self.tr("No statement yet."))
        names = words.accounts(found.account_ids, self._accounts) if found is not None else []
        waits = found is not None and found.state is not StatementState.PUBLISHED and not editing
        self.where.setVisible(waits)
        self.where.setText(
            self.tr("To stand on %1").replace("%1", "; ".join(names)) if names else self.tr("No account is chosen.")
        )
        said = self._why(found) if room is not None and found is not None and waits else ""
        self.trouble.setText(said)
        self.trouble.setVisible(bool(said))

    def _why(self, found: Statement) -> str:
        """Why it was sent back, else what keeps it from going out."""
        room = self._room
        if room is None:
            return ""
        last = words.last_done(found, room.timeline)
        if last is not None and last.details["did"] == "return":
            return last.text
        return checks.why_not(found.text, found.account_ids, self._accounts)

    def _show_posts(self, now: datetime) -> None:
        found, room = self.newest, self._room
        posts = found.posts if found is not None and not self._is_new() else ()
        may = room is not None and room.incident.state in SURE
        if (posts, may) != self._posts:
            self._posts = (posts, may)
            known = {each.id: each for each in self._accounts}
            for old in self.rows:
                self._list.removeWidget(old)
                old.hide()
                old.deleteLater()
            self.rows = [PostRow(each, known.get(each.account_id), may=may, now=now) for each in posts]
            for made in self.rows:
                made.asked.connect(partial(self._ask_post, made.post.account_id))
                self._list.addWidget(made)
                # The room measures the card before Qt would show them by itself.
                made.show()
        for each in self.rows:
            each.tick(now)
        waits = any(each.state is ReplyState.QUEUED for each in posts)
        (self._tick.start if waits else self._tick.stop)()

    def _show_feet(self) -> None:
        room, found = self._room, self.newest
        if room is None:
            return
        me = self._context.employee or "command"
        self.named = []
        if found is None:
            self.named = ["write"] if room.incident.state in OPEN_STATES else []
        elif not self._is_new():
            last = words.last_done(found, room.timeline)
            returned = last is not None and last.details["did"] == "return"
            self.named = offers(room.incident, found, me, self._context.employees, returned=returned)
        shown = [] if self._editing is not None else self._shown()
        focused = next((each for each in self.buttons if each.hasFocus()), None)
        for place, button in enumerate(self.buttons):
            button.setVisible(place < len(shown))
            if place < len(shown):
                self._say(button, shown[place])
        if focused is not None and not focused.isVisibleTo(self) and shown:
            self.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)
        self.more.setVisible(len(self.named) > len(shown) and self._editing is None)
        waits = found is not None and found.state is not StatementState.PUBLISHED and room.incident.state in OPEN_STATES
        self.passes.setVisible(bool(room.holds) and waits and not self._is_new())

    def _shown(self) -> list[str]:
        return [each for each in self.named if each != "discard"][:BUTTONS]

    def _say(self, button: Button, name: str) -> None:
        text, icon = self._words(name)
        button.setText(text)
        button.setAccessibleName(text)
        button.set_icon(icon)
        primary = {"approve", "ask", "publish", "send_again", "write"}
        button.set_kind("primary" if name in primary else "plain")
        button.setEnabled(not (name in {"approve", "ask", "publish"} and self._stopped()))
        button.updateGeometry()

    def _words(self, name: str) -> tuple[str, str]:
        if name == "write":
            return self.tr("Write one"), "plus"
        found = self.newest
        if name == "publish" and found is not None:
            return counted("Publish on %n account(s)", len(found.account_ids), "statements"), "megaphone"
        text, icon = VERBS[name]
        return self.tr(text), icon

    def _stopped(self) -> bool:
        found = self.newest
        return found is None or bool(checks.why_not(found.text, found.account_ids, self._accounts))

    def _show_older(self, now: datetime) -> None:
        room = self._room
        past = room.statements[0 if self._is_new() else 1 :] if room is not None else ()
        self.older.setVisible(bool(past))
        self.older.setText(counted("%n earlier statement(s)", len(past), "statements"))
        self.older.setAccessibleName(self.older.text())
        while (item := self.past.takeAt(0)) is not None:
            gone = item.widget()
            if gone is not None:
                gone.hide()
                gone.deleteLater()
        names = room.names if room is not None else {}
        for each in past if self._unfolded else ():
            mark = words.state(each, names, now)
            said = [mark.words, isolate(each.text), words.outcome(each, self._accounts, now)]
            made = Label("\n".join(filter(None, said)), "base", "text2", wrap=True)
            self.past.addWidget(made)
            made.show()

    @Slot()
    def _fold(self) -> None:
        self._unfolded = not self._unfolded
        self._show_older(self._context.now())
        self.grown.emit()

    @Slot()
    def _second(self) -> None:
        now = self._context.now()
        for each in self.rows:
            each.tick(now)

    # -- what is done

    def _press(self, place: int) -> None:
        shown = self._shown()
        if place < len(shown):
            self.act(shown[place])

    @Slot()
    def open_menu(self) -> None:
        """What has no button of its own."""
        menu = QMenu(self)
        for name in self.named:
            if name not in self._shown():
                menu.addAction(self._words(name)[0]).triggered.connect(partial(self.act, name))
        menu.aboutToHide.connect(menu.deleteLater)
        self.menu = menu
        menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height())))

    def act(self, name: str) -> None:
        """Does what was pressed, or asks first."""
        if name not in self.named:
            return
        ask: dict[str, Callable[[], None]] = {
            "write": partial(self._open, None),
            "update": partial(self._open, None),
            "edit": partial(self._open, self.newest),
            "publish": self._ask_publish,
            "send_back": self._ask_back,
            "withdraw": partial(self._do, "withdraw"),
            "send_again": partial(self._do, "send_again"),
        }
        ask.get(name, partial(self._do_seen, name))()

    def _do(self, verb: str, *args: object) -> None:
        found = self.newest
        if found is not None:
            self.wanted.emit(Wanted(verb, found.incident_id, (found.id, *args)))

    def _do_seen(self, verb: str, *args: object) -> None:
        """On the version on screen: who was quicker is told."""
        found = self.newest
        if found is not None:
            self.wanted.emit(Wanted(verb, found.incident_id, (found.id, *args), {"expect": found.version}))

    def _ask_post(self, account: object, verb: str) -> None:
        self._do(verb, account)

    def _ask_publish(self) -> None:
        found = self.newest
        if found is None:
            return
        lines = [("globe", each) for each in words.accounts(found.account_ids, self._accounts)]
        chosen = [each for each in self._accounts if each.id in found.account_ids]
        lines += [("triangle", each.sentence) for each in checks.troubles(found.text, chosen)]
        title = self.tr("Publish the statement?")
        self.dialog = StatementDialog(title, lines, self._words("publish"), self.window())
        self.dialog.answered.connect(partial(self._publish, found))
        self.dialog.open()

    def _publish(self, seen: Statement, _said: str) -> None:
        """Only what was shown."""
        self.wanted.emit(Wanted("publish", seen.incident_id, (seen.id,), {"expect": seen.version}))

    def _ask_back(self) -> None:
        found = self.newest
        if found is None:
            return
        field = (self.tr("Why? Whoever wrote it will read it."), self.tr("Say why."))
        act = (self.tr("Send back"), "undo")
        self.dialog = StatementDialog(self.tr("Send the statement back"), (), act, self.window(), field=field)
        self.dialog.answered.connect(partial(self._send_back, found))
        self.dialog.open()

    def _send_back(self, seen: Statement, reason: str) -> None:
        self.wanted.emit(Wanted("send_back", seen.incident_id, (seen.id, reason), {"expect": seen.version}))

    # -- writing

    @property
    def writing(self) -> bool:
        """Whether words are being written in it."""
        return self._editing is not None

    def new(self) -> str:
        """What a new statement is to be asked for by; empty where none can be written now."""
        return "" if self.writing else next((each for each in ("write", "update") if each in self.named), "")

    def _open(self, found: Statement | None) -> None:
        self._begin(found, "" if found is None else found.text)
        self._again()
        self.editor.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _begin(self, found: Statement | None, text: str) -> None:
        room = self._room
        if room is None:
            return
        usual = checks.usual(room.incident, self._accounts)
        last = room.statements[0].account_ids if room.statements else usual
        self._editing = None
        self.editor.begin(text, last if found is None else found.account_ids, self._accounts)
        self._editing = (room.incident.id, found)

    @Slot(str)
    def _keep(self, text: str) -> None:
        if self._editing is not None:
            incident, found = self._editing
            self._drafts.keep(incident, KIND, "" if found is not None and text == found.text else text)

    @Slot(str, object)
    def _save(self, text: str, accounts: object) -> None:
        if self._editing is None:
            return
        incident, found = self._editing
        if found is None:
            self.wanted.emit(Wanted("draft", incident, (text, accounts)))
        else:
            self.wanted.emit(Wanted("edit", incident, (found.id, text, accounts), {"expect": found.version}))

    @Slot(object)
    def _written(self, incident: IncidentId) -> None:
        """The words are a statement: they are kept there."""
        self._drafts.drop(incident, KIND)
        if self._editing is not None and self._editing[0] == incident:
            self._close()

    @Slot()
    def leave(self) -> None:
        """Nothing is changed; what was typed is thrown away."""
        if self._editing is not None:
            self._drafts.drop(self._editing[0], KIND)
            self._close()

    def _close(self) -> None:
        focused = QApplication.focusWidget()
        inside = focused is not None and self.editor.isAncestorOf(focused)
        self._editing = None
        self._again()
        if inside:
            self.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _again(self) -> None:
        if self._room is not None:
            self.show_room(self._room, self._accounts, self._context.now())
            self.grown.emit()
