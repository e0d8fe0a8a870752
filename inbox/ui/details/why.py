"""Why a thread is where it is: one sentence for each step, with the words of the text that mattered marked."""

import re
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QLayout, QWidget

from inbox.model.thread import Reason, Thread
from inbox.model.words import Priority, ReasonStep, Status
from inbox.ui.details.section import Section
from inbox.ui.thread.plain import clean
from inbox.ui.thread.post import PostText
from inbox.ui.thread.scene import Scene
from inbox.ui.widgets import Button, IconMark, Label, column, row

MOST_REASONS = 12
ICONS = {
    ReasonStep.FACTS: "info", ReasonStep.RULE: "rule", ReasonStep.KEYWORD: "search", ReasonStep.LEARNED: "chart",
    ReasonStep.AREA: "shuffle", ReasonStep.ASSIGNMENT: "user", ReasonStep.RETURN: "undo", ReasonStep.POLICY: "clock",
    ReasonStep.PERSON: "pencil",
}  # fmt: skip
_CHOSE_AN_AREA = {ReasonStep.KEYWORD, ReasonStep.LEARNED, ReasonStep.AREA}
_GAVE_IT = {ReasonStep.ASSIGNMENT, ReasonStep.RETURN}
_QUOTED = re.compile("“([^“”]*)”")
_PRIORITY = re.compile(r"\bpriority\b", re.IGNORECASE)
_LONGEST = 600


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
        """The reasons, newest judgements last; what no step speaks of is said too."""
        thread = scene.thread
        body = QWidget()
        box = column(body, gap=6)
        reasons = standing(thread.why)[-MOST_REASONS:]
        for reason in reasons:
            box.addLayout(_line(ICONS.get(reason.step, "info"), reason.sentence, reason.matched))
        for icon, sentence in unsaid(thread, reasons) if thread.why else ():
            box.addLayout(_line(icon, sentence))
        if not thread.why:
            box.addWidget(Label(self.tr("The routing has not looked at it yet."), "meta", "text3", wrap=True))
        self.fill(body)


def standing(why: Sequence[Reason]) -> list[Reason]:
    """The reasons that hold: of a step that is taken anew for each mention, the last (of rules, of each rule).

    What the facts are has a section of its own; only what could not be judged is told here.
    """
    last: dict[object, Reason] = {}
    for at, reason in enumerate(why):
        if reason.step is ReasonStep.FACTS and reason.details:
            continue
        news = "clock" in (reason.details or {})  # what happened to a clock, not what holds for it
        again = reason.step not in {ReasonStep.PERSON, ReasonStep.RETURN} and not news
        rule = (reason.details or {}).get("rule") if reason.step is ReasonStep.RULE else None
        step = ReasonStep.AREA if reason.step in _CHOSE_AN_AREA else reason.step
        key: object = (step, str(rule)) if again else at
        last.pop(key, None)
        last[key] = reason
    # Area, person and priority first; the deadlines that follow from them after.
    return sorted(last.values(), key=lambda reason: reason.step is ReasonStep.POLICY)


def unsaid(thread: Thread, reasons: Sequence[Reason]) -> list[tuple[str, str]]:
    """Who has it and how urgent it is, as an icon and a sentence each, where no step says so."""
    found = []
    live = thread.row.status in {Status.NEW, Status.OPEN}
    if thread.row.assignee is None and live and not any(each.step in _GAVE_IT for each in reasons):
        area = thread.row.area
        waits = (
            _tr("it waits in the queue of %1.").replace("%1", area) if area else _tr("it is sorted into an area first.")
        )
        found.append(("user", _tr("Nobody has it: %1").replace("%1", waits)))
    if thread.row.priority is Priority.NORMAL and not any(_PRIORITY.search(each.sentence) for each in reasons):
        found.append(("sort", _tr("Normal priority: no rule and nobody set another.")))
    return found


def marks(sentence: str, matched: Sequence[str]) -> list[tuple[int, int]]:
    """Where a sentence quotes what matched. The name of a rule or an area that reads the same is left alone:
    of equal quotes the last is the text's.
    """
    wanted = {word.strip().casefold() for word in matched}
    found: dict[str, tuple[int, int]] = {}
    for quote in _QUOTED.finditer(sentence):
        word = quote.group(1).strip().casefold()
        if word in wanted:
            found[word] = quote.span(1)
    return sorted(found.values())


def _line(icon: str, sentence: str, matched: Sequence[str] = ()) -> QLayout:
    box = row(gap=8)
    box.addWidget(IconMark(icon, "text3", 14), 0, Qt.AlignmentFlag.AlignTop)
    shown = clean(sentence[:_LONGEST])
    text = PostText(shown, role="meta", marks=marks(shown, matched))
    text.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    box.addWidget(text, 1)
    return box


def _tr(text: str) -> str:
    return QCoreApplication.translate("details", text)
