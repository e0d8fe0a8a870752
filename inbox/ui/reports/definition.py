"""What the figures mean, in one line that opens to the whole, beside what they are kept to."""

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from inbox.model.report import By
from inbox.model.words import Priority
from inbox.ui.reports import words
from inbox.ui.reports.asked import FILTERED, Asked
from inbox.ui.reports.choice import Choice
from inbox.ui.theme import current
from inbox.ui.widgets import Button, ElidedLabel, IconMark, Label, Pane, column, row

NARROW, BESIDE_FROM = 620, 540
"""From which widths on the definition begins in the line, and the filters stand in it."""


class DefinitionBar(Pane):
    """``kept`` carries the choices with another filter."""

    kept = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Says nothing until ``say``."""
        super().__init__("sunken", "bottom", parent)
        self._asked = Asked()
        self.lead = Label("", "meta_strong", "text2")
        self.rest = ElidedLabel("", "meta", "text2")
        self.whole = Label("", "meta", "text2", wrap=True)
        self.more = Button(self.tr("More"), "", "link", font="meta_control")
        self.more.setCheckable(False)
        self.filters = {by: Choice(words.group(by), "ghost", font="meta_control") for by in FILTERED}
        self._line = row(gap=8)
        self._line.setContentsMargins(current().px(16), 0, current().px(8), 0)
        self._line.addStrut(current().px(36))
        self._line.addWidget(IconMark("help", "text3", 16))
        self._line.addWidget(self.lead)
        self._line.addWidget(self.rest, 1)
        self._line.addWidget(self.more)
        self._filters = QWidget()
        self._filters.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        kept = row(self._filters, gap=4)
        for choice in self.filters.values():
            kept.addWidget(choice)
        self._line.addWidget(self._filters)
        self._second = row()
        self._second.setContentsMargins(current().px(12), 0, current().px(8), 0)
        self._second.addStretch(1)
        box = column(self)
        box.addLayout(self._line)
        box.addLayout(self._second)
        below = row()
        below.setContentsMargins(current().px(40), 0, current().px(20), current().px(10))
        below.addWidget(self.whole)
        self._below = QWidget()
        self._below.setLayout(below)
        self._below.hide()
        box.addWidget(self._below)
        self.more.clicked.connect(self._turn)
        for by, choice in self.filters.items():
            choice.chosen.connect(partial(self._keep, by))

    def say(self, name: str, definition: str) -> None:
        """Another definition, led by the name of what it defines."""
        rest = definition.removeprefix(f"{name}: ")
        self.lead.setText(f"{name}.")
        self.rest.setText(rest[:1].upper() + rest[1:])
        self.whole.setText(self.rest.text())
        self.setAccessibleDescription(definition)
        self.more.setVisible(bool(definition))
        self._fit()

    def offer(self, asked: Asked, areas: tuple[str, ...], accounts: tuple[str, ...]) -> None:
        """What the figures can be kept to, and are."""
        self._asked = asked
        priorities = tuple(str(each) for each in Priority)
        for by, names in zip(FILTERED, (areas, accounts, priorities), strict=True):
            everything = ("", words.everything(by))
            said = [(name, name.capitalize() if by is By.PRIORITY else name) for name in names]
            self.filters[by].offer([everything, *said], asked.chosen(by) or "")
            self.filters[by].setVisible(len(names) > 1 or asked.chosen(by) is not None)

    def _keep(self, by: By, key: str) -> None:
        self.kept.emit(self._asked.keep(by, key or None))

    @Slot()
    def _turn(self) -> None:
        shown = self._below.isHidden()
        self._below.setVisible(shown)
        self.more.setText(self.tr("Less") if shown else self.tr("More"))
        self.more.setAccessibleName(self.tr("Less of the definition") if shown else self.tr("The whole definition"))
        self.more.updateGeometry()
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room only the name of the figure stays; More has the words."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        beside = self.width() >= current().px(BESIDE_FROM)
        if beside is not (self._line.indexOf(self._filters) >= 0):
            (self._second if beside else self._line).removeWidget(self._filters)
            if beside:
                self._line.addWidget(self._filters)
            else:
                self._second.insertWidget(0, self._filters)
            self._second.setContentsMargins(current().px(12), 0, 0, 0 if beside else current().px(6))
        wide = self.width() >= current().px(NARROW if beside else BESIDE_FROM // 2)
        self.rest.setVisible(wide and self._below.isHidden())
        spread = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        self._line.setAlignment(self.lead, Qt.AlignmentFlag(0) if self.rest.isVisibleTo(self) else spread)
        self._line.setStretchFactor(self.lead, 0 if self.rest.isVisibleTo(self) else 1)
