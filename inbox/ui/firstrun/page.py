"""The guide as a page that fills the window."""

import getpass
import sys

from PySide6.QtCore import QProcess, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from inbox.ui.accounts.connect import ConnectForm
from inbox.ui.context import Context
from inbox.ui.firstrun import deeds
from inbox.ui.firstrun.side import Side
from inbox.ui.firstrun.steps import AreasStep, HoursStep, NameStep, PeopleStep, Step, set_head
from inbox.ui.theme import current
from inbox.ui.widgets import Button, Label, Pane, column, row

CONNECT = 1
WIDEST, NARROW = 700, 1100


class ConnectStep(Step):
    """The form that connects an account; Continue tests first."""

    def __init__(self, context: Context) -> None:
        """The same form as on the accounts page."""
        super().__init__("", "")
        words = self.tr("Where do people talk to you? Start with one; add the others any time.")
        set_head(self, self.tr("Connect an account"), words)
        self.form = ConnectForm(context)
        self.box.addWidget(self.form)

    def said(self) -> str:
        """The handle."""
        return self.form.handle.text()


class FirstRunPage(Pane):
    """Five steps; each is written when one goes on, so that leaving in the middle loses nothing before it."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """At the first step."""
        super().__init__("surface", "", parent)
        self._context = context
        self.at = 0
        self._done: set[int] = set()
        self._working = False
        titles = (
            self.tr("Name the workspace"), self.tr("Connect an account"), self.tr("Name the areas"),
            self.tr("Set service hours"), self.tr("Invite people"),
        )  # fmt: skip
        self.side = Side(titles)
        self.connect_step = ConnectStep(context)
        self.steps: list[Step] = [NameStep(), self.connect_step, AreasStep(), HoursStep(), PeopleStep(_user())]
        self.stack = QStackedWidget()
        self.trouble = Label("", "base", "late", wrap=True)
        self.back = Button(self.tr("Back"), "chevron-left", "ghost", tall=True)
        self.skip = Button(self.tr("Skip for now"), "", "ghost", tall=True)
        self.go_on = Button(self.tr("Continue"), "", "primary", tall=True)
        self._build()
        self.side.demo_wanted.connect(self.open_demo)
        self.back.clicked.connect(self._back)
        self.skip.clicked.connect(self._skip)
        self.go_on.clicked.connect(self.proceed)
        self.connect_step.form.connected.connect(self._connected)
        self.connect_step.form.busy_changed.connect(self._show_buttons)
        context.people_changed.connect(self._fill)
        context.theme.changed.connect(self._fit)
        self._fill()
        self._show_step()

    def _build(self) -> None:
        right = QWidget()
        self._held: list[QVBoxLayout] = []
        box = column(right)
        for step in self.steps:
            inside = QWidget()
            held = column(inside, margins=(56, 40, 56, 24))
            self._held.append(held)
            step.setMaximumWidth(current().px(WIDEST))
            held.addWidget(step)
            held.addStretch(1)
            area = QScrollArea()
            area.setWidgetResizable(True)
            area.setWidget(inside)
            area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self.stack.addWidget(area)
        box.addWidget(self.stack, 1)
        foot = Pane("surface", "top")
        foot.setFixedHeight(current().px(64))
        buttons = self._foot = row(foot, margins=(56, 0, 56, 0), gap=12)
        buttons.addWidget(self.back)
        buttons.addWidget(self.trouble, 1)
        buttons.addWidget(self.skip)
        buttons.addWidget(self.go_on)
        box.addWidget(foot)
        across = row(self, gap=0)
        across.addWidget(self.side)
        across.addWidget(right, 1)
        self.setFocusProxy(self.go_on)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Margins and side get narrower with the window."""
        super().resizeEvent(event)
        self._fit()

    @Slot()
    def _fit(self) -> None:
        px = current().px
        narrow = self.width() < px(NARROW)
        edge = px(24 if narrow else 56)
        self.side.fit(narrow=narrow)
        for held in self._held:
            held.setContentsMargins(edge, px(24 if narrow else 40), edge, px(24))
        self._foot.setContentsMargins(edge, 0, edge, 0)

    @Slot()
    def proceed(self) -> None:
        """Writes this step and goes to the next; the connection is tested first."""
        if self._working:
            return
        form = self.connect_step.form
        if self.at == CONNECT and not form.done:
            form.start()
            return
        step = self.steps[self.at]
        wrong = step.wrong()
        self.trouble.setText(wrong)
        if wrong:
            return
        change = step.change()
        if change is None:
            self._next(done=True)
            return
        self._working = True
        self._show_buttons()
        actor = self._context.employee or "command"
        self._context.lanes.write(deeds.Apply(change, actor, self._context.now()), self._written, self._failed)

    @Slot()
    def open_demo(self) -> None:
        """The demonstration in a window and a process of its own."""
        if not QProcess.startDetached(sys.executable, ["-m", "inbox", "demo"])[0]:
            self.trouble.setText(self.tr("The demo could not be started."))

    def _written(self, _imported: object) -> None:
        self._working = False
        self._next(done=True)

    def _failed(self, error: Exception) -> None:
        self._working = False
        self.trouble.setText(str(error).strip() or type(error).__name__)
        self._show_buttons()

    def _next(self, *, done: bool) -> None:
        if done:
            self._done.add(self.at)
        if self.at == len(self.steps) - 1:
            self._context.go("areas")
            return
        self.at += 1
        self._show_step()

    @Slot()
    def _back(self) -> None:
        self.at = max(0, self.at - 1)
        self._show_step()

    @Slot()
    def _skip(self) -> None:
        self._next(done=False)

    @Slot(object)
    def _connected(self, _account: object) -> None:
        """The card says that it works; Continue goes on."""
        self._done.add(CONNECT)
        self._show_step()

    @Slot()
    def _fill(self) -> None:
        for step in self.steps:
            step.show_workspace(self._context.workspace)

    def _show_step(self) -> None:
        self.stack.setCurrentIndex(self.at)
        self.trouble.setText("")
        for at, (line, step) in enumerate(zip(self.side.lines, self.steps, strict=True)):
            state = "here" if at == self.at else "done" if at in self._done else "ahead"
            line.show_state(state, step.said())
        self._show_buttons()
        first = self.steps[self.at].nextInFocusChain()
        if self.isVisible() and first is not None:
            self.steps[self.at].focusNextChild()

    @Slot()
    def _show_buttons(self) -> None:
        form = self.connect_step.form
        busy = self._working or (self.at == CONNECT and form.busy)
        self.back.setEnabled(self.at > 0 and not busy)
        self.go_on.setEnabled(not busy)
        last = self.at == len(self.steps) - 1
        test = self.at == CONNECT and not form.done
        words = self.tr("Test and connect") if test else self.tr("Finish") if last else self.tr("Continue")
        self.go_on.setText(words)
        self.go_on.setAccessibleName(words)
        self.skip.setText(self.tr("Finish without this") if last else self.tr("Skip for now"))
        for button in (self.go_on, self.skip):
            button.updateGeometry()


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # no name for this user's number (OSError from Python 3.13 on)
        return ""
