"""What is held to be so of a mention of the author: each fact, how sure it is and who says so, and its reach."""

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from inbox.model.mention import Mention
from inbox.model.thread import Thread
from inbox.ui.commands import cap
from inbox.ui.details.fact_words import FactWords, facts_of, in_words, inbound
from inbox.ui.details.section import Section, pairs
from inbox.ui.thread.plain import clean, line
from inbox.ui.thread.scene import Scene
from inbox.ui.widgets import Button, ElidedLabel, IconButton, Label, column
from inbox.ui.widgets.words import counted, number

_LONGEST = 160


class FactsSection(Section):
    """Language, reply, sentiment, noise, reach; of the newest mention, or of one before it."""

    correct_wanted = Signal()

    def __init__(self) -> None:
        """Nothing known yet."""
        super().__init__(_tr("Facts"))
        self.older = IconButton("chevron-up", self.tr("Facts of the mention before"))
        self.newer = IconButton("chevron-down", self.tr("Facts of the mention after"))
        self.correct = Button(self.tr("Correct"), "", "link", cap("correct"), font="meta_control")
        self.correct.setAccessibleName(self.tr("Correct the facts"))
        self.older.clicked.connect(self._older)
        self.newer.clicked.connect(self._newer)
        self.correct.clicked.connect(self.correct_wanted)
        for each in (self.older, self.newer, self.correct):
            self.head.addWidget(each)
        self._scene: Scene | None = None
        self._back = 0

    def show_scene(self, scene: Scene) -> None:
        """The facts of the thread's newest mention from outside; of the one chosen while it is the same thread."""
        if self._scene is None or self._scene.thread.row.id != scene.thread.row.id:
            self._back = 0
        self._scene = scene
        self._show()

    def chosen(self) -> Mention | None:
        """The mention whose facts are shown, None where it is the newest."""
        mentions = inbound(self._scene.thread) if self._scene is not None else []
        return mentions[-1 - self._back] if 0 < self._back < len(mentions) else None

    @Slot()
    def _older(self) -> None:
        self._back += 1
        self._show()

    @Slot()
    def _newer(self) -> None:
        self._back -= 1
        self._show()

    def _show(self) -> None:
        if self._scene is None:
            return
        thread = self._scene.thread
        mentions = inbound(thread)
        self._back = max(0, min(self._back, len(mentions) - 1))
        mention = mentions[-1 - self._back] if mentions else None
        for button, able in ((self.older, self._back + 1 < len(mentions)), (self.newer, self._back > 0)):
            button.setVisible(len(mentions) > 1)
            button.setEnabled(able)
        self.correct.setVisible(mention is not None)
        self.correct.key = "" if self._back else cap("correct")
        self.correct.updateGeometry()
        body = QWidget()
        box = column(body, gap=6)
        if len(mentions) > 1 and mention is not None:
            place = self.tr("Mention %1 of %2: %3").replace("%1", str(len(mentions) - self._back))
            words = place.replace("%2", str(len(mentions))).replace("%3", line(mention.text, 80))
            box.addWidget(ElidedLabel(words, "meta", "text3"))
        box.addWidget(_facts(thread, mention))
        self.fill(body)


def _facts(thread: Thread, mention: Mention | None) -> QWidget:
    lines = in_words(facts_of(mention))
    body = QWidget()
    grid = pairs(body)
    for at, each in enumerate(lines):
        grid.addWidget(Label(each.name, "meta", "text3"), at, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(_value(each), at, 1)
    reach = reach_words(thread, mention)
    if reach:
        at = grid.rowCount()
        grid.addWidget(Label(_tr("Reach"), "meta", "text3"), at, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(Label(reach, "meta", "text", wrap=True), at, 1)
    if not lines:
        words = _tr("Nobody from outside has written here.") if mention is None else _tr("Not judged yet.")
        grid.addWidget(Label(words, "meta", "text3", wrap=True), grid.rowCount(), 0, 1, 2)
    return body


def reach_words(thread: Thread, mention: Mention | None) -> str:
    """How far the newest mention goes: followers, and what others did with it; empty where nothing is known."""
    parts = []
    if thread.author.followers is not None:
        parts.append(_many("%n follower(s)", thread.author.followers))
    if mention is not None:
        for count, words in (
            (mention.likes, "%n like(s)"), (mention.shares, "%n share(s)"), (mention.replies, "%n answer(s)"),
        ):  # fmt: skip
            if count:
                parts.append(_many(words, count))
    return ", ".join(parts)


def _many(words: str, n: int) -> str:
    return counted(words, n, "details").replace(str(n), number(n), 1)


def _value(fact: FactWords) -> QWidget:
    holder = QWidget()
    box = column(holder, gap=0)
    value = Label(fact.value, "meta", "text", wrap=True)
    value.setAccessibleName(fact.spoken)
    box.addWidget(value)
    if fact.beneath:
        box.addWidget(Label(clean(fact.beneath[:_LONGEST]), "meta", "text3", wrap=True))
    return holder


def _tr(text: str) -> str:
    return QCoreApplication.translate("details", text)
