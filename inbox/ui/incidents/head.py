"""The head of a room: the incident's name, its path, how bad it is, whose it is, and what may become of it."""

from functools import partial

from PySide6.QtCore import QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QMenu, QWidget

from inbox.model.incident import OPEN_STATES, Incident, IncidentState
from inbox.ui.incidents import words
from inbox.ui.incidents.steps import Steps
from inbox.ui.theme import current
from inbox.ui.widgets import Button, ElidedLabel, IconButton, Label, LineEdit, Pane, column, isolate, row
from inbox.ui.widgets.marks import Mark
from inbox.ui.widgets.paint import rounded

HEIGHT, WORDS_FROM, SECOND_FROM, SIGN = 64, 1000, 720, 40


class Flame(Mark):
    """The sign of an incident: filled while it is open, an outline when it is over."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Open until it is said otherwise."""
        super().__init__(parent)
        self._icon, self._open = "flame", True

    def show_state(self, icon: str, *, is_open: bool) -> None:
        """Another sign."""
        self._icon, self._open = icon, is_open
        self.update()

    def sizeHint(self) -> QSize:
        """40 square."""
        side = current().px(SIGN)
        return QSize(side, side)

    def draw(self, painter: QPainter) -> None:
        """The sign on its ground."""
        theme = current()
        ground, edge, ink = ("hot_fill", None, "on_hot") if self._open else ("sunken", "border", "text2")
        pen = None if edge is None else QPen(theme.color(edge), 1)
        rounded(painter, self.rect(), theme.px(8), theme.color(ground), pen)
        inset = (self.width() - theme.px(20)) // 2
        painter.drawPixmap(inset, inset, theme.pixmap(self._icon, ink, 20, self.devicePixelRatioF()))


class RoomHead(Pane):
    """Asks for what was pressed: ``verb`` carries a name of ``flow.hot.deciding`` or ``hold``, ``release``, ``call``,
    ``severity``, ``owner``, ``report``, ``authors``; ``renamed`` the new name; ``left`` that one goes back.
    """

    verb = Signal(str)
    renamed = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until ``show_incident``."""
        super().__init__("surface", "bottom", parent)
        self.setFixedHeight(current().px(HEIGHT))
        self._found: Incident | None = None
        self._held = False
        self.back = IconButton("chevron-left", self.tr("All incidents"), key="Esc")
        self.mark = Flame()
        self.title = ElidedLabel("", "page")
        self.rename = IconButton("pencil", self.tr("Rename"), key="F2")
        self.edit = LineEdit(self.tr("The incident's name"))
        self.edit.setMaxLength(120)
        self.edit.hide()
        self.steps = Steps()
        self.age = Label("", "meta", "text3")
        self.severity = Button("", "", "ghost")
        self.owner = Button("", "user", "ghost")
        self.second = Button("")
        self.first = Button("", "", "primary")
        self.menu_button = IconButton("more", self.tr("More to do"))
        for each in (self.severity, self.owner):
            each.menu_arrow = True
        self._build()
        self._connect()

    def _build(self) -> None:
        across = row(self, margins=(12, 0, 16, 1), gap=8)
        names = row(gap=4)
        names.addWidget(self.title)
        names.addWidget(self.rename)
        names.addWidget(self.edit, 1)
        names.addStretch(1)
        state = row(gap=12)
        state.addWidget(self.steps, 1)
        beside = column(gap=2)
        beside.addStretch(1)
        beside.addLayout(names)
        beside.addLayout(state)
        beside.addStretch(1)
        across.addWidget(self.back)
        across.addWidget(self.mark)
        across.addLayout(beside, 1)
        for part in (self.age, self.severity, self.owner, self.second, self.first, self.menu_button):
            across.addWidget(part)

    def _connect(self) -> None:
        self.back.clicked.connect(self.left)
        self.rename.clicked.connect(self.begin_rename)
        self.edit.returnPressed.connect(self._end_rename)
        self.severity.clicked.connect(partial(self.verb.emit, "severity"))
        self.owner.clicked.connect(partial(self.verb.emit, "owner"))
        self.first.clicked.connect(partial(self._act, 0))
        self.second.clicked.connect(partial(self._act, 1))
        self.menu_button.clicked.connect(self.open_menu)

    def show_incident(self, found: Incident, age: str, owner: str, *, held: bool) -> None:
        """Another incident, or the same as it is now; ``held``: posts are held for it."""
        self._found, self._held = found, held
        is_open = found.state in OPEN_STATES
        self.mark.show_state("flame" if is_open else words.STATES[found.state][1], is_open=is_open)
        self.title.setText(found.title)
        self.title.setAccessibleName(found.title)
        self.steps.show_incident(found)
        self.age.setText(age)
        self.severity.setText(words.severity(found.severity))
        self.severity.set_icon(words.SEVERITIES[found.severity][1])
        self.severity.setAccessibleName(self.tr("Severity: %1").replace("%1", words.severity(found.severity)))
        self.owner.setText(isolate(owner) if owner else self.tr("Own it"))
        said = self.tr("Owner: %1") if owner else self.tr("Nobody owns it. Choose an owner")
        self.owner.setAccessibleName(said.replace("%1", owner))
        for each in (self.severity, self.owner, self.rename):
            each.setEnabled(is_open)
        verbs = words.NEXT[found.state]
        for place, button in enumerate((self.first, self.second)):
            if place < len(verbs):
                button.setText(words.verb(verbs[place]))
                button.setAccessibleName(words.verb(verbs[place]))
                button.set_icon(words.VERBS[verbs[place]][1])
        self.arrange()

    def arrange(self) -> None:
        """What does not fit stands in the menu."""
        if self._found is None:
            return
        verbs, px = words.NEXT[self._found.state], current().px
        wide, middle = self.width() >= px(WORDS_FROM), self.width() >= px(SECOND_FROM)
        self.first.setVisible(bool(verbs))
        self.second.setVisible(len(verbs) > 1 and middle)
        self.age.setVisible(wide)
        self.owner.setVisible(middle)
        self.severity.setVisible(middle)
        self.mark.setVisible(middle)

    # -- the menu

    def deeds(self) -> list[tuple[str, str, str]]:
        """What can be done now: name, words, icon."""
        if self._found is None:
            return []
        found = [(each, words.verb(each), words.VERBS[each][1]) for each in words.NEXT[self._found.state]]
        if self._found.state in OPEN_STATES:
            found += [("rename", self.tr("Rename"), "pencil"), ("severity", self.tr("Severity..."), "triangle")]
            found += [("owner", self.tr("Owner..."), "user"), ("call", self.tr("Escalate..."), "double-chevron")]
            if not self._held and self._found.state is not IncidentState.SUSPECTED:
                found.append(("hold", self.tr("Hold all outgoing posts..."), "octagon"))
        if self._found.state in OPEN_STATES:
            found.append(("merge", self.tr("Merge into..."), "link"))
        if self._held:
            found.append(("release", self.tr("Let posts go again"), "play"))
        found.append(("report", self.tr("Export the report..."), "download"))
        found.append(("authors", self.tr("Export the affected authors..."), "download"))
        return found

    @Slot()
    def open_menu(self) -> None:
        """Shows everything that can be done."""
        menu = QMenu(self)
        for name, text, _icon in self.deeds():
            action = menu.addAction(text)
            action.triggered.connect(self.begin_rename if name == "rename" else partial(self.verb.emit, name))
        menu.aboutToHide.connect(menu.deleteLater)
        button = self.menu_button
        corner = button.mapToGlobal(QPoint(button.width() - menu.sizeHint().width(), button.height() + 4))
        menu.popup(corner)

    def _act(self, place: int) -> None:
        if self._found is not None and place < len(words.NEXT[self._found.state]):
            self.verb.emit(words.NEXT[self._found.state][place])

    # -- the name

    @Slot()
    def begin_rename(self) -> None:
        """The name becomes a field."""
        if self._found is None or self._found.state not in OPEN_STATES:
            return
        self.edit.setText(self._found.title)
        self._show_field(shown=True)
        self.edit.selectAll()
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _end_rename(self) -> None:
        name = " ".join(self.edit.text().split())
        self._show_field(shown=False)
        if self._found is not None and name and name != self._found.title:
            self.renamed.emit(name)

    def _show_field(self, *, shown: bool) -> None:
        self.edit.setVisible(shown)
        self.title.setVisible(not shown)
        self.rename.setVisible(not shown)
        if not shown:
            self.rename.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves the field as it was."""
        if event.key() == Qt.Key.Key_Escape and self.edit.isVisible():
            self._show_field(shown=False)
        else:
            super().keyPressEvent(event)
