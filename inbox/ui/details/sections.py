"""The sections of the panel, each filled anew from a scene."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLayout, QSizePolicy, QWidget

from inbox.model.thread import Reason, Thread, ThreadRow
from inbox.model.words import ReasonStep
from inbox.ui.details.clock_words import ClockLine, clock_lines, hours_words
from inbox.ui.details.languages import language_words
from inbox.ui.theme import current
from inbox.ui.thread.plain import clean, initials, line
from inbox.ui.thread.post import PostText
from inbox.ui.thread.scene import Scene
from inbox.ui.thread.steady import BAR
from inbox.ui.thread.times import since_words
from inbox.ui.widgets import Button, DeadlinePill, Disc, ElidedLabel, IconMark, Label, Pane, Tag, column, isolate, row
from inbox.ui.widgets.words import counted, number

KEY_WIDTH = 100
MOST_TAGS, MOST_EARLIER, MOST_REASONS = 12, 8, 12

ICONS = {
    ReasonStep.FACTS: "info", ReasonStep.RULE: "rule", ReasonStep.KEYWORD: "search", ReasonStep.AREA: "chart",
    ReasonStep.ASSIGNMENT: "user", ReasonStep.RETURN: "undo", ReasonStep.POLICY: "clock", ReasonStep.PERSON: "pencil",
}  # fmt: skip


class Section(Pane):
    """A heading with something beside it, and a body that is filled anew."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        """Pads 16, a line below."""
        super().__init__("sunken", "bottom", parent)
        box = column(self, gap=6)
        self.head = row(gap=8)
        self.head.addWidget(Label(title, "meta_strong", "text2"))
        self.head.addStretch(1)
        box.addLayout(self.head)
        self._holder = box
        self._body: QWidget | None = None
        self._lead()

    def changeEvent(self, event: QEvent) -> None:
        """The scroll bar's room changes side with the direction."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LayoutDirectionChange:
            self._lead()

    def _lead(self) -> None:
        wide, less = current().px(16), current().px(16 - BAR)
        mirror = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        left, right = (less, wide) if mirror else (wide, less)
        self._holder.setContentsMargins(left, current().px(12), right, current().px(12))

    def fill(self, body: QWidget) -> None:
        """Replaces the body."""
        if self._body is not None:
            self._holder.removeWidget(self._body)
            self._body.hide()
            self._body.deleteLater()
        self._body = body
        self._holder.addWidget(body)


class ClocksSection(Section):
    """Each metric with its state."""

    def __init__(self) -> None:
        """No clocks yet."""
        super().__init__(_tr("Clocks"))
        self.hours = ElidedLabel("", "meta", "text3")
        self.head.addWidget(self.hours)
        self._lines: list[ClockLine] = []

    def show_scene(self, scene: Scene, now: datetime) -> None:
        """The clocks as they stand ``now``."""
        self.hours.setText(line(hours_words(scene.thread.clocks), 40))
        lines = clock_lines(scene.thread.clocks, now)
        if lines == self._lines and self._body is not None:
            return
        self._lines = lines
        body = QWidget()
        grid = _grid(body)
        for at, each in enumerate(lines):
            grid.addWidget(Label(each.metric, "meta", "text3"), at, 0)
            if each.words:
                grid.addWidget(Label(each.words, "meta_control", "late" if each.late else "text2", wrap=True), at, 1)
            else:
                grid.addWidget(DeadlinePill(each.pill), at, 1, Qt.AlignmentFlag.AlignLeading)
        if not lines:
            grid.addWidget(Label(self.tr("No clock runs here."), "meta", "text3", wrap=True), 0, 0, 1, 2)
        self.fill(body)


class WhySection(Section):
    """Each step of the routing in a sentence, with what matched."""

    correct_wanted = Signal()

    def __init__(self) -> None:
        """No reasons yet."""
        super().__init__(_tr("Why it is here"))
        self.correct = Button(self.tr("Correct"), "", "link", font="meta_control")
        self.correct.clicked.connect(self.correct_wanted)
        self.head.addWidget(self.correct)

    def show_scene(self, scene: Scene) -> None:
        """The reasons, newest judgements last."""
        body = QWidget()
        box = column(body, gap=6)
        for reason in standing(scene.thread.why)[-MOST_REASONS:]:
            box.addLayout(_reason(reason))
        if not scene.thread.why:
            box.addWidget(Label(self.tr("The routing has not looked at it yet."), "meta", "text3", wrap=True))
        self.fill(body)


class AuthorSection(Section):
    """Who wrote: followers, language, threads before, tags."""

    def __init__(self) -> None:
        """Nobody yet."""
        super().__init__(_tr("Author"))

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
        grid = _grid(facts)
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


def standing(why: Sequence[Reason]) -> list[Reason]:
    """The reasons that hold: of a step that is taken anew for each mention, the last (of rules, of each rule)."""
    last: dict[object, Reason] = {}
    for at, reason in enumerate(why):
        again = reason.step not in {ReasonStep.PERSON, ReasonStep.RETURN}
        rule = (reason.details or {}).get("rule") if reason.step is ReasonStep.RULE else None
        key: object = (reason.step, str(rule)) if again else at
        last.pop(key, None)
        last[key] = reason
    return list(last.values())


def _reason(reason: Reason) -> QLayout:
    box = row(gap=8)
    box.addWidget(IconMark(ICONS[reason.step], "text3", 14), 0, Qt.AlignmentFlag.AlignTop)
    text = PostText(clean(reason.sentence[:600]), reason.matched, "", role="meta")
    text.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    box.addWidget(text, 1)
    return box


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


def _grid(owner: QWidget) -> QGridLayout:
    px = current().px
    grid = QGridLayout(owner)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(px(4))
    grid.setVerticalSpacing(px(4))
    grid.setColumnMinimumWidth(0, px(KEY_WIDTH - 4))
    grid.setColumnStretch(1, 1)
    return grid


def _tr(text: str) -> str:
    return QCoreApplication.translate("details", text)
