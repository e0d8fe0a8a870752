"""The head of a thread: whom it is with, what can be done with it, and under it who has it and where."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QMenu, QSizePolicy, QWidget

from inbox.model.people import Area
from inbox.model.thread import Thread
from inbox.model.words import Priority, Status
from inbox.model.workspace import UNSORTED
from inbox.ui.commands import BY_ID, Commands, cap, shown_text
from inbox.ui.theme import current
from inbox.ui.thread.plain import initials, line
from inbox.ui.thread.scene import Scene
from inbox.ui.thread.times import since_words
from inbox.ui.thread.words import full_name, network_title, status_words
from inbox.ui.widgets import Button, DeadlinePill, IconButton, Label, PageHead, Pane, Tag, isolate, row
from inbox.ui.widgets.deadline import row_deadline
from inbox.ui.widgets.paint import LEADING, draw_disc, rounded

ONE_PANE, FOLDED, OVERLAY = 900, 1100, 1280
GAPS = 40
MORE = (
    "reply", "note", "", "assign-me", "unassign", "wait", "close-as", "reopen", "", "tag", "priority", "correct",
    "", "open-link", "copy-link",
)  # fmt: skip


class ThreadHead(PageHead):
    """Author, Snooze, Close and the menu of the rest; every button runs a command of the table."""

    def __init__(self, commands: Commands, parent: QWidget | None = None) -> None:
        """Empty until ``show_scene``."""
        super().__init__("", "", parent)
        self._commands = commands
        self.beside.hide()
        self.back = IconButton("chevron-left", self.tr("Back to the list"), key="Alt Left")
        self.tools.insertWidget(0, self.back)
        self.snooze = Button(self.tr("Snooze"), "moon")
        self.close_button = Button(self.tr("Close"), "check", "plain", cap("close"))
        self.reopen = Button(self.tr("Reopen"), "reopen", "plain", cap("reopen"))
        self.details = IconButton("panel", self.tr("Details"), key=cap("details"))
        self.more = IconButton("more", self.tr("More"))
        for button in (self.snooze, self.close_button, self.reopen, self.details, self.more):
            self.tools.addWidget(button)
        acts = (
            (self.back, "back"), (self.snooze, "snooze"), (self.close_button, "close"), (self.reopen, "reopen"),
            (self.details, "details"),
        )  # fmt: skip
        for button, command in acts:
            button.clicked.connect(Runner(commands, command, self))
        self.more.clicked.connect(self.show_menu)
        self.fit(OVERLAY)

    def show_scene(self, scene: Scene) -> None:
        """Whom the thread is with; a closed one offers to be reopened."""
        self.title.setText(isolate(line(scene.thread.author.shown)))
        closed = scene.thread.row.status is Status.CLOSED
        self.close_button.setVisible(not closed)
        self.snooze.setVisible(not closed)
        self.reopen.setVisible(closed)

    def fit(self, window_width: int) -> None:
        """Drops words and shows ways back as the window gets narrow."""
        px = current().px
        self.tools.setContentsMargins(px(24 if window_width >= FOLDED else 16), 0, px(12), 0)
        self.back.setVisible(window_width < ONE_PANE)
        self.details.setVisible(window_width < OVERLAY)
        self.snooze.set_words(shown=window_width >= FOLDED)
        self.snooze.set_kind("plain" if window_width >= FOLDED else "ghost")
        self.close_button.key = cap("close") if window_width >= FOLDED else ""
        self.close_button.updateGeometry()

    def menu(self) -> QMenu:
        """The menu of what has no button."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for command in MORE:
            if not command:
                menu.addSeparator()
                continue
            known = BY_ID[command]
            words = f"{shown_text(known)}\t{cap(command)}"
            action = menu.addAction(current().icon(known.icon), words, Runner(self._commands, command, menu))
            action.setEnabled(self._commands.can(command))
        return menu

    def show_menu(self) -> None:
        """Opens it under its button."""
        corner = self.more.mapToGlobal(self.more.rect().bottomLeft())
        self.menu().popup(corner)


class Runner:
    """Runs one command of the table when called."""

    def __init__(self, commands: Commands, command: str, _owner: QWidget) -> None:
        """``command`` is its id."""
        self._commands, self._command = commands, command

    def __call__(self, *_: object) -> None:
        """Does it, if it can be done now."""
        self._commands.run(self._command)


class Picker(QAbstractButton):
    """A disc or an area's square, a name, and a chevron: opens a choice."""

    def __init__(self, what: str, parent: QWidget | None = None, *, square: bool = False) -> None:
        """``what`` is chosen, for screen readers; ``square`` shows an area's colour."""
        super().__init__(parent)
        self._what, self._square = what, square
        self._color = -1
        self._letters = ""
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def show_value(self, text: str, letters: str = "", color: int = -1) -> None:
        """What is chosen now."""
        self._letters, self._color = letters, color
        self.setText(text)
        self.setAccessibleName(f"{self._what}: {text}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as name and marks."""
        theme = current()
        mark = theme.px(8 if self._square else 18)
        words = QFontMetrics(theme.font("control")).horizontalAdvance(self.text())
        return QSize(mark + words + theme.px(8 + 6 + 16), theme.px(28))

    def minimumSizeHint(self) -> QSize:
        """May be squeezed to the mark and some letters."""
        return QSize(current().px(60), current().px(28))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Draws mark, name and chevron, from the leading side."""
        theme = current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse():
            rounded(painter, self.rect(), theme.px(6), theme.color("hover"), None)
        mirror = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        side = theme.px(8 if self._square else 18)
        inner = self.rect().adjusted(theme.px(4), 0, -theme.px(4), 0)
        box = QRect(inner.right() - side + 1 if mirror else inner.left(), (self.height() - side) // 2, side, side)
        if self._square:
            rounded(painter, box, 2, theme.area_color(max(self._color, 0)), None)
        else:
            draw_disc(painter, box, self._letters, self.text())
        used = side + theme.px(6)
        inner = inner.adjusted(0, 0, -used, 0) if mirror else inner.adjusted(used, 0, 0, 0)
        arrow = theme.px(12)
        place = inner.left() if mirror else inner.right() - arrow + 1
        painter.drawPixmap(place, (self.height() - arrow) // 2, theme.pixmap("chevron-down", "text3", 12))
        inner = inner.adjusted(arrow, 0, 0, 0) if mirror else inner.adjusted(0, 0, -arrow, 0)
        painter.setFont(theme.font("control"))
        painter.setPen(theme.color("text"))
        room = QFontMetrics(theme.font("control")).elidedText(self.text(), Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, LEADING, room)
        painter.end()


class SubBar(Pane):
    """Assignee, area, state tags; network and since when, or the deadline where details are hidden."""

    def __init__(self, commands: Commands, parent: QWidget | None = None) -> None:
        """36 high."""
        super().__init__("surface", "bottom", parent)
        self.setFixedHeight(current().px(36))
        self.assignee = Picker(self.tr("Assignee"))
        self.area = Picker(self.tr("Area"), square=True)
        self.assignee.clicked.connect(Runner(commands, "assign", self))
        self.area.clicked.connect(Runner(commands, "move", self))
        box = self._box = row(self, margins=(20, 0, 24, 0), gap=4)
        box.addWidget(self.assignee)
        box.addWidget(Label("·", "base", "text3"))
        box.addWidget(self.area)
        self._tag_holder = QWidget()
        held = row(self._tag_holder, gap=6)
        held.addWidget(Label("·", "base", "text3"))
        self.tags = row(gap=6)
        held.addLayout(self.tags)
        box.addWidget(self._tag_holder)
        box.addStretch(1)
        self._wide = True
        self.where = Label("", "meta", "text3")
        self.pill = DeadlinePill()
        box.addWidget(self.where)
        box.addWidget(self.pill)

    def show_scene(self, scene: Scene, now: datetime) -> None:
        """Who has it, where it is, what state it is in."""
        thread = scene.thread.row
        name = full_name(thread.assignee, scene.employees) if thread.assignee else ""
        self.assignee.show_value(name or self.tr("Nobody"), initials(name) if name else "")
        self.area.show_value(thread.area or UNSORTED, color=_area_color(thread.area, scene.areas))
        self._show_tags(scene.thread)
        words = self.tr("%1, since %2").replace("%1", network_title(thread.network))
        self.where.setText(words.replace("%2", since_words(thread.first_mention_at, now)))
        self.pill.show_deadline(row_deadline(thread, now))
        self._cut()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What has no room goes: tags first, then the network; never the deadline."""
        super().resizeEvent(event)
        self._cut()

    def _cut(self) -> None:
        edges = self._box.contentsMargins()
        room = self.width() - edges.left() - edges.right() - current().px(GAPS)
        parts = (self.assignee, self.area, self.where if self._wide else self.pill)
        wanted = sum(part.sizeHint().width() for part in parts)
        tags = self._tag_holder.sizeHint().width()
        fits = wanted <= room
        for part, shown in (
            (self._tag_holder, wanted + tags <= room), (self.where, self._wide and fits), (self.pill, not self._wide),
        ):  # fmt: skip
            if part.isHidden() is shown:
                part.setVisible(shown)

    def fit(self, window_width: int) -> None:
        """The deadline takes the network's place where details are hidden."""
        px = current().px
        edge = 24 if window_width >= FOLDED else 16
        self._box.setContentsMargins(px(edge - 4), 0, px(edge), 0)
        self._wide = window_width >= OVERLAY
        self._cut()

    def _show_tags(self, thread: Thread) -> None:
        while self.tags.count():
            item = self.tags.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for tag in state_tags(thread):
            self.tags.addWidget(tag)


def state_tags(thread: Thread) -> list[Tag]:
    """Escalated and incident first, then status and a priority that is not normal."""
    head = thread.row
    tags = []
    if head.escalated:
        tags.append(Tag(_tr("Escalated"), "escalated", "double-chevron"))
    if head.incident:
        tags.append(Tag(line(head.incident, 40), "hot", "flame"))
    tags.append(Tag(status_words(head.status, thread.close_reason)))
    if head.priority in {Priority.HIGH, Priority.URGENT}:
        tags.append(Tag(priority_words(head.priority), "late" if head.priority is Priority.URGENT else "soon"))
    return tags


def priority_words(priority: Priority) -> str:
    """A priority as a word."""
    return {
        Priority.LOW: _tr("Low"),
        Priority.NORMAL: _tr("Normal"),
        Priority.HIGH: _tr("High"),
        Priority.URGENT: _tr("Urgent"),
    }[priority]


def _area_color(name: str | None, areas: tuple[Area, ...]) -> int:
    return next((area.color or at for at, area in enumerate(areas) if area.name == name), 0)


def _tr(text: str) -> str:
    return QCoreApplication.translate("thread", text)
