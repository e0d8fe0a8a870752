"""One answer to everybody whom an incident gathered: written once, and before it goes said to whom, and to whom not."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QWidget

from inbox.model.ids import IncidentId, ThreadId
from inbox.ui.composer.editor import Editor
from inbox.ui.context import Context
from inbox.ui.thread.plain import line
from inbox.ui.widgets import Button, Dialog, ElidedLabel, Label, column, isolate, row
from inbox.ui.widgets.deadline import span
from inbox.ui.widgets.words import counted

if TYPE_CHECKING:
    from inbox.flow.hot.bulk import Bulk, Plan
    from inbox.store.engine import Session, Store

SOON_MS, WIDTH, REASONS = 350, 520, 3


class ReplyDialog(Dialog):
    """``sent`` says that answers are on their way, ``typed`` that other words are to be kept until they are."""

    sent = Signal()
    typed = Signal(str)

    def __init__(
        self, context: Context, incident: IncidentId, threads: Sequence[ThreadId], text: str, parent: QWidget
    ) -> None:
        """To the authors of some threads, or of all without any; ``text`` was written before."""
        super().__init__(parent)
        self._context, self._incident, self._threads = context, incident, tuple(threads)
        self._plan: Plan | None = None
        self.setWindowTitle(self.tr("Reply to all"))
        title = (
            counted("Reply in %n thread(s)", len(threads), "incidents") if threads else self.tr("Reply to everybody")
        )
        self.editor = Editor(self.tr("The answer"))
        self.editor.setPlaceholderText(self.tr("The answer. {name} becomes each author's name."))
        self.to = Label("", "name", wrap=True)
        self.first = ElidedLabel("", "meta", "text2")
        self.left_out = Label("", "meta", "text2", wrap=True)
        self.send = self.default = Button(self.tr("Send"), "send", "primary", tall=True)
        self.cancel = Button(self.tr("Cancel"), "", "ghost", tall=True)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON_MS)
        self._build(title)
        self.editor.textChanged.connect(self._typed)
        self.editor.left.connect(self.reject)
        self._soon.timeout.connect(self.look)
        self.send.clicked.connect(self._send)
        self.cancel.clicked.connect(self.reject)
        self.editor.set_text(text)
        self._typed()
        self.editor.setFocus()

    def _build(self, title: str) -> None:
        box = column(self, margins=(24, 24, 24, 16), gap=12)
        self.to.setMinimumWidth(WIDTH)
        field = QFrame()
        field.setProperty("card", "raised")
        column(field, margins=(8, 8, 8, 8)).addWidget(self.editor)
        box.addWidget(Label(title, "pane"))
        box.addWidget(field)
        for part in (self.to, self.first, self.left_out):
            box.addWidget(part)
        feet = row(gap=8)
        feet.addStretch(1)
        feet.addWidget(self.cancel)
        feet.addWidget(self.send)
        box.addLayout(feet)

    @property
    def text(self) -> str:
        """What was written."""
        return self.editor.text()

    @Slot()
    def _typed(self) -> None:
        """What is said below holds for other words: nothing is sent on it."""
        self._plan = None
        self.typed.emit(self.text)
        self.send.setEnabled(False)
        self.to.setText("")
        self.first.setText("")
        self.left_out.setText(self.tr("Each answer goes to its author, through the checks of every reply."))
        if self.text.strip():
            self._soon.start()

    @Slot()
    def look(self) -> None:
        """Asks whom these words would reach."""
        text, me, now = self.text, self._context.employee or "command", self._context.now()

        def work(session: "Session") -> "Plan":
            from inbox.flow.hot import bulk

            return bulk.plan(session, self._incident, text, me=me, now=now, threads=self._threads)

        def show(found: "Plan") -> None:
            if text == self.text:
                self._show(found)

        self._context.lanes.read(work, show, self._refused, key=(id(self), "plan"))

    def _show(self, found: "Plan") -> None:
        self._plan = found
        n = len(found.answers)
        people = counted("%n people", n, "incidents") if n != 1 else self.tr("1 person")
        to = self.tr("Goes to %1, over %2.").replace("%1", people).replace("%2", span(found.lasts))
        self.to.setText(to if n else self.tr("There is nobody to answer."))
        first = f"{found.answers[0].author}: {line(found.answers[0].text, 200)}" if n else ""
        self.first.setText(isolate(first))
        why = "; ".join(f"{why} ({count})" for why, count in found.reasons()[:REASONS])
        left = counted("%n thread(s) left out", len(found.left_out), "incidents")
        self.left_out.setText(f"{left}: {why}." if found.left_out else "")
        self.send.setText(self.tr("Reply to %1").replace("%1", str(n)))
        self.send.setAccessibleName(self.send.text())
        self.send.setEnabled(bool(n))

    def _refused(self, error: Exception) -> None:
        self.to.setText(str(error))

    @Slot()
    def _send(self) -> None:
        """Only to those who were shown."""
        if self._plan is None:
            return
        text, actor, now = self.text, self._context.employee or "command", self._context.now()
        threads = [each.thread_id for each in self._plan.answers]
        self.send.setEnabled(False)

        def work(store: "Store") -> "Bulk":
            from inbox.flow.hot import bulk

            return bulk.send(store, self._incident, text, actor=actor, now=now, threads=threads)

        self._context.lanes.write(work, self._done, self._failed)

    def _done(self, done: "Bulk") -> None:
        self._context.toast(done.sentence, partial(take_back, self._context, self._incident))
        self._context.changed.emit(done.change)
        self.sent.emit()
        self.accept()

    def _failed(self, error: Exception) -> None:
        self.to.setText(str(error))
        self.send.setEnabled(True)


def take_back(context: Context, incident: IncidentId) -> None:
    """Takes back what has not gone out."""
    actor, now = context.employee or "command", context.now()

    def work(store: "Store") -> "Bulk":
        from inbox.flow.hot import bulk

        return bulk.cancel(store, incident, actor=actor, now=now)

    def done(found: "Bulk") -> None:
        context.toast(found.sentence)
        context.changed.emit(found.change)

    context.lanes.write(work, done, context.tell)
