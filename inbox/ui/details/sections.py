"""The sections of the panel, each filled anew from a scene."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from inbox.model.thread import Thread, ThreadRow
from inbox.ui.details.languages import language_words
from inbox.ui.details.section import KEY_WIDTH, Section, pairs
from inbox.ui.theme import current
from inbox.ui.thread.plain import initials, line
from inbox.ui.thread.scene import Scene
from inbox.ui.thread.times import since_words
from inbox.ui.widgets import Button, Disc, ElidedLabel, Label, Tag, column, isolate, row
from inbox.ui.widgets.words import counted, number

MOST_TAGS, MOST_EARLIER = 12, 8


class AuthorSection(Section):
    """Who wrote: followers, languages, threads before, tags; ``tags_wanted`` asks to change the author's tags."""

    tags_wanted = Signal()

    def __init__(self) -> None:
        """Nobody yet."""
        super().__init__(_tr("Author"))
        self.edit = Button(self.tr("Tags"), "tag", "link", font="meta_control")
        self.edit.setAccessibleName(self.tr("Change the author's tags"))
        self.edit.clicked.connect(self.tags_wanted)
        self.head.addWidget(self.edit)

    def show_scene(self, scene: Scene, now: datetime) -> None:
        """The author of the thread."""
        author = scene.thread.author
        body = QWidget()
        box = column(body, gap=6)
        head = row(gap=8)
        name = line(author.shown)
        head.addWidget(Disc(initials(name), name, 32))
        words = column()
        words.addWidget(ElidedLabel(isolate(name), "name"))
        if author.handle:
            words.addWidget(ElidedLabel(isolate(f"@{line(author.handle)}"), "meta", "text3"))
        head.addLayout(words, 1)
        box.addLayout(head)
        facts = QWidget()
        grid = pairs(facts)
        for at, (key, value) in enumerate(self._facts(scene.thread, now)):
            grid.addWidget(Label(key, "meta", "text3"), at, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(Label(value, "meta", "text", wrap=True), at, 1)
        tags = [*dict.fromkeys([*author.tags, *scene.thread.row.tags])][:MOST_TAGS]
        if tags:
            at = grid.rowCount()
            grid.addWidget(Label(self.tr("Tags"), "meta", "text3"), at, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(_tags(tags), at, 1)
        box.addWidget(facts)
        self.fill(body)

    def _facts(self, thread: Thread, now: datetime) -> list[tuple[str, str]]:
        author = thread.author
        facts = []
        if author.followers is not None:
            facts.append((self.tr("Followers"), number(author.followers)))
        languages = list(dict.fromkeys(each.language for each in thread.mentions if each.language))
        if languages:
            facts.append((self.tr("Language"), ", ".join(language_words(each) for each in languages[:4])))
        before = [each for each in thread.earlier if each.first_mention_at < thread.row.first_mention_at]
        if before:
            last = max(each.last_mention_at for each in before)
            words = self.tr("%1, last %2").replace("%1", counted("%n before", len(before)))
            facts.append((self.tr("Threads"), words.replace("%2", since_words(last, now))))
        else:
            facts.append((self.tr("Threads"), self.tr("None before")))
        if thread.outcome is not None:
            facts.append((self.tr("Outcome"), _tr(str(thread.outcome).capitalize())))
        if author.verified:
            facts.append((self.tr("Verified"), self.tr("Yes, says the network")))
        if thread.also_accounts:
            names = ", ".join(f"@{line(each)}" for each in thread.also_accounts[:4])
            facts.append((self.tr("Also named"), names))
        return facts


class EarlierSection(Section):
    """The author's other threads; a click opens one."""

    chosen = Signal(object)

    def __init__(self) -> None:
        """None yet."""
        super().__init__(_tr("Earlier threads"))

    def show_scene(self, scene: Scene, now: datetime) -> None:
        """The newest of them."""
        earlier = scene.thread.earlier[:MOST_EARLIER]
        self.setVisible(bool(earlier))
        body = QWidget()
        box = column(body)
        for each in earlier:
            box.addWidget(self._line(each, now))
        self.fill(body)

    def _line(self, earlier: ThreadRow, now: datetime) -> QWidget:
        words = line(earlier.text, 60) or self.tr("(no words)")
        made = EarlierLine(words, since_words(earlier.last_mention_at, now))
        made.clicked.connect(_Chosen(self, earlier))
        return made


class EarlierLine(Button):
    """The beginning of a thread and its day."""

    def __init__(self, words: str, day: str) -> None:
        """Reads as one sentence."""
        super().__init__("", "", "ghost", font="meta")
        self.setAccessibleName(f"{words}, {day}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        box = row(self, margins=(4, 0, 4, 0), gap=12)
        for label in (ElidedLabel(words, "meta", "text"), Label(day, "meta", "text3")):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            box.addWidget(label, 1 if isinstance(label, ElidedLabel) else 0)


class _Chosen:
    def __init__(self, section: EarlierSection, row_: ThreadRow) -> None:
        self._section, self._row = section, row_

    def __call__(self, *_: object) -> None:
        self._section.chosen.emit(self._row.id)


def _tags(tags: list[str]) -> QWidget:
    holder = QWidget()
    box = column(holder, gap=4)
    line_, used = row(gap=4), 0
    box.addLayout(line_)
    for each in tags:
        tag = Tag(line(each, 24), "", "tag")
        width = tag.sizeHint().width()
        if used and used + width > current().px(276 - 32 - KEY_WIDTH):
            line_.addStretch(1)
            line_, used = row(gap=4), 0
            box.addLayout(line_)
        line_.addWidget(tag)
        used += width + current().px(4)
    line_.addStretch(1)
    return holder


def _tr(text: str) -> str:
    return QCoreApplication.translate("details", text)
