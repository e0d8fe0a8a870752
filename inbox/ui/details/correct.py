"""The box in which a person corrects what the routing judged."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QFrame, QWidget

from inbox.model.fact import FactKind
from inbox.model.mention import Mention
from inbox.model.people import Area
from inbox.model.thread import Thread
from inbox.model.workspace import UNSORTED
from inbox.ui.details.fact_words import facts_of, judged, sentiment_words
from inbox.ui.details.languages import language_words
from inbox.ui.theme import current
from inbox.ui.thread.linkbox import inside_screen
from inbox.ui.widgets import Button, Label, Segmented, column, row
from inbox.ui.widgets.dialog import ENTER, press

YES, NO = "yes", "no"
SENTIMENTS = ("positive", "neutral", "negative", "mixed")


class CorrectBox(QFrame):
    """The facts of the newest mention and the area, or of another mention alone. ``corrected`` carries what was
    changed as ``flow.decide.correct`` takes it (``needs_reply, sentiment, language, hidden``), ``moved`` an area.
    """

    corrected = Signal(object)
    moved = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        """Hidden until ``ask``."""
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("card", "raised")
        self.setFixedWidth(current().px(340))
        self.setAccessibleName(self.tr("Correct the routing"))
        answers = [(YES, self.tr("Yes"), ""), (NO, self.tr("No"), "")]
        self.needs = Segmented(answers, self.tr("Needs a reply"))
        self.noise = Segmented(answers, self.tr("Noise"))
        self.language = self._choice(self.tr("Language"))
        self.sentiment = self._choice(self.tr("Sentiment"))
        self.area = self._choice(self.tr("Area"))
        self.save = Button(self.tr("Correct"), "check", "primary")
        self.cancel = Button(self.tr("Cancel"))
        self._before: dict[str, Any] = {}
        self._area_name = Label(self.tr("Area"), "control")
        self.save.clicked.connect(self._save)
        self.cancel.clicked.connect(self.close)
        self._build()

    def ask(self, thread: Thread, areas: Sequence[Area], at: QPoint, mention: Mention | None = None) -> None:
        """Shows what is judged now, under the point ``at`` of the screen; of ``mention`` where one is named."""
        facts = facts_of(mention or judged(thread))
        held = {kind: fact.value for kind, fact in facts.items()}
        self.needs.set_value(YES if held.get(FactKind.NEEDS_REPLY) is True else NO)
        self.noise.set_value(YES if held.get(FactKind.NOISE) is True else NO)
        self._languages(str(held.get(FactKind.LANGUAGE) or ""))
        self._sentiments(str(held.get(FactKind.SENTIMENT) or ""))
        self._areas(thread.row.area or UNSORTED, areas)
        for part in (self.area, self._area_name):
            part.setVisible(mention is None)
        self._before = self._now()
        self.adjustSize()
        self.move(inside_screen(at, self))
        self.show()
        self.needs.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves it as it is, Enter corrects, or presses the button that has the keyboard."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        elif event.key() in ENTER:
            press(self, event, self.save)
        else:
            super().keyPressEvent(event)

    @staticmethod
    def _choice(name: str) -> QComboBox:
        made = QComboBox()
        made.setAccessibleName(name)
        made.setMaxVisibleItems(12)
        return made

    def _languages(self, held: str) -> None:
        # Imported when it is asked for: the desktop paints its window first.
        from inbox.text.language import LANGUAGES

        codes = dict.fromkeys([*LANGUAGES, *([held] if held else [])])
        self._fill(self.language, sorted((language_words(code), code) for code in codes), held)

    def _sentiments(self, held: str) -> None:
        known = [*SENTIMENTS, *([held] if held and held not in SENTIMENTS else [])]
        self._fill(self.sentiment, [(sentiment_words(each), each) for each in known], held)

    def _areas(self, held: str, areas: Sequence[Area]) -> None:
        names = dict.fromkeys([*(each.name for each in areas), held, UNSORTED])
        self._fill(self.area, [(each, each) for each in names], held)

    def _fill(self, box: QComboBox, choices: Sequence[tuple[str, str]], held: str) -> None:
        """What is not clear stands first, and can be left so."""
        box.clear()
        if not held:
            box.addItem(self.tr("Not clear"), "")
        for words, value in choices:
            box.addItem(words, value)
        box.setCurrentIndex(max(box.findData(held), 0))

    def _build(self) -> None:
        box = column(self, margins=(16, 12, 16, 12), gap=8)
        box.addWidget(Label(self.tr("Correct the routing"), "name"))
        words = self.tr("What you correct is kept with your name, and the routing learns from it.")
        box.addWidget(Label(words, "meta", "text3", wrap=True))
        for name, field in (
            (Label(self.tr("Needs a reply"), "control"), self.needs),
            (Label(self.tr("Language"), "control"), self.language),
            (Label(self.tr("Sentiment"), "control"), self.sentiment),
            (Label(self.tr("Noise"), "control"), self.noise),
            (self._area_name, self.area),
        ):
            line = row(gap=8)
            line.addWidget(name)
            line.addStretch(1)
            if isinstance(field, QComboBox):
                field.setFixedWidth(current().px(176))
            line.addWidget(field)
            box.addLayout(line)
        foot = row(gap=8)
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.save)
        box.addLayout(foot)

    def _now(self) -> dict[str, Any]:
        """What the box says, by the names of ``flow.decide.correct``; ``area`` beside them."""
        return {
            "needs_reply": self.needs.value() == YES,
            "hidden": self.noise.value() == YES,
            "language": self.language.currentData(),
            "sentiment": self.sentiment.currentData(),
            "area": self.area.currentData(),
        }

    @Slot()
    def _save(self) -> None:
        changed = {name: value for name, value in self._now().items() if value != self._before[name]}
        self.close()
        area = changed.pop("area", None)
        if changed:
            self.corrected.emit(changed)
        if area is not None:
            self.moved.emit(area)
