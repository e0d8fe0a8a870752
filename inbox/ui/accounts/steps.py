"""How a test goes: its steps with ticks, what is being done, and what went wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QProgressBar, QWidget

from inbox.model.request import Request, RequestState
from inbox.ui.theme import current
from inbox.ui.widgets import Card, IconMark, Label, column, row

EXPECTED = 4


@dataclass(frozen=True, slots=True)
class Step:
    """One line: ``state`` is done, working or failed."""

    state: str
    words: str


def steps_of(request: Request) -> list[Step]:
    """The steps that the collector has told so far, then what it is doing or why it stopped."""
    answer = request.answer
    told = answer.get("steps")
    found = [_step(each) for each in told] if isinstance(told, Sequence) and not isinstance(told, str) else []
    sentence = str(answer.get("error") or answer.get("sentence") or "")
    if request.state is RequestState.ASKED:
        return [*found, Step("working", _tr("Waiting for the collector"))]
    if request.state is RequestState.REFUSED:
        failed = any(each.state == "failed" for each in found)
        return found if failed and not sentence else [*found, Step("failed", sentence or _tr("It was refused."))]
    if request.state is RequestState.WORKING:
        working = any(each.state == "working" for each in found)
        return found if working else [*found, Step("working", _tr("Testing"))]
    return found or [Step("done", sentence or _tr("It works."))]


def is_over(request: Request) -> bool:
    """True once nothing more will be said."""
    return request.state in {RequestState.DONE, RequestState.REFUSED}


class StepsCard(Card):
    """A card with the steps, how many of how many, and a bar while it goes on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Hidden until something is shown."""
        super().__init__("sunken", parent)
        self.title = Label(self.tr("Testing the connection"), "name")
        self.count = Label("", "meta", "text3")
        head = row(gap=8)
        head.addWidget(self.title)
        head.addStretch(1)
        head.addWidget(self.count)
        self.body.addLayout(head)
        self._lines = column(gap=4)
        self.body.addLayout(self._lines)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Progress of the test"))
        self.body.addWidget(self.bar)
        self.steps: list[Step] = []
        self.hide()

    def show_request(self, request: Request) -> None:
        """How far a request has come."""
        self.show_steps(steps_of(request), over=is_over(request), total=_total(request.answer))

    def show_steps(self, steps: list[Step], *, over: bool, total: int = EXPECTED) -> None:
        """Shows the lines."""
        self.setVisible(True)
        if steps != self.steps:
            self.steps = steps
            self._rebuild()
        done = sum(1 for step in steps if step.state == "done")
        failed = any(step.state == "failed" for step in steps)
        total = max(total, len(steps))
        self.title.setText(self._title(over=over, failed=failed))
        self.count.setText("" if over else self.tr("%1 of %2").replace("%1", str(done)).replace("%2", str(total)))
        self.bar.setVisible(not over)
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def _title(self, *, over: bool, failed: bool) -> str:
        if failed:
            return self.tr("The test did not pass")
        return self.tr("The connection works") if over else self.tr("Testing the connection")

    def _rebuild(self) -> None:
        while self._lines.count():
            item = self._lines.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        looks = {"done": ("check", "ok", "text"), "failed": ("triangle", "late", "late")}
        for step in self.steps:
            icon, ink, tone = looks.get(step.state, ("refresh", "text3", "text2"))
            holder = QWidget()
            inside = row(holder, gap=8)
            inside.addWidget(IconMark(icon, ink, 14), 0, Qt.AlignmentFlag.AlignTop)
            inside.addWidget(Label(step.words, "base", tone, wrap=True), 1)
            self._lines.addWidget(holder)
        self.setMinimumWidth(current().px(280))


def _step(told: object) -> Step:
    if isinstance(told, Mapping):
        state = told.get("state")
        if state is None:
            state = "done" if told.get("ok", True) else "failed"
        return Step(str(state), str(told.get("words") or told.get("text") or told.get("sentence") or ""))
    return Step("done", str(told))


def _total(answer: Mapping[str, Any]) -> int:
    total = answer.get("total")
    return total if isinstance(total, int) and total > 0 else EXPECTED


def _tr(text: str) -> str:
    return QCoreApplication.translate("accounts", text)
