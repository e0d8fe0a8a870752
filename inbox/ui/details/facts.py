"""What is held to be so of the author's newest mention: each fact, how sure it is and who says so, and its reach."""

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QWidget

from inbox.model.mention import Mention
from inbox.model.thread import Thread
from inbox.ui.commands import cap
from inbox.ui.details.fact_words import FactWords, facts_of, in_words, judged
from inbox.ui.details.section import Section, pairs
from inbox.ui.thread.plain import clean
from inbox.ui.thread.scene import Scene
from inbox.ui.widgets import Button, Label, column
from inbox.ui.widgets.words import counted, number

_LONGEST = 160


class FactsSection(Section):
    """Language, reply, sentiment, noise, reach."""

    correct_wanted = Signal()

    def __init__(self) -> None:
        """Nothing known yet."""
        super().__init__(_tr("Facts"))
        self.correct = Button(self.tr("Correct"), "", "link", cap("correct"), font="meta_control")
        self.correct.setAccessibleName(self.tr("Correct the facts"))
        self.correct.clicked.connect(self.correct_wanted)
        self.head.addWidget(self.correct)

    def show_scene(self, scene: Scene) -> None:
        """The facts of the thread's newest mention from outside."""
        mention = judged(scene.thread)
        lines = in_words(facts_of(mention))
        body = QWidget()
        grid = pairs(body)
        for at, each in enumerate(lines):
            grid.addWidget(Label(each.name, "meta", "text3"), at, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(_value(each), at, 1)
        reach = reach_words(scene.thread, mention)
        if reach:
            at = grid.rowCount()
            grid.addWidget(Label(self.tr("Reach"), "meta", "text3"), at, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(Label(reach, "meta", "text", wrap=True), at, 1)
        if not lines:
            words = self.tr("Nobody from outside has written here.") if mention is None else self.tr("Not judged yet.")
            grid.addWidget(Label(words, "meta", "text3", wrap=True), grid.rowCount(), 0, 1, 2)
        self.correct.setVisible(mention is not None)
        self.fill(body)


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
