"""Where a statement is written: its words, where it is to stand, and what each account leaves of its length."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QMenu, QWidget

from inbox.flow.findings import used_length
from inbox.flow.hot import statements_checks as checks
from inbox.model.account import Account
from inbox.model.ids import AccountId
from inbox.ui.composer.editor import Editor
from inbox.ui.incidents import statementwords as words
from inbox.ui.widgets import Button, Label, column, isolate, row
from inbox.ui.widgets.words import counted, number


class AccountsButton(Button):
    """Shows how many accounts are chosen; its menu has a check mark for each. ``chose`` carries them."""

    chose = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        """No account yet."""
        super().__init__("", "globe", "plain", "", parent)
        self.menu_arrow = True
        self.chosen: tuple[AccountId, ...] = ()
        self._known: Sequence[Account] = ()
        self.menu: QMenu | None = None
        self.clicked.connect(self.open_menu)

    def show_accounts(self, chosen: Sequence[AccountId], known: Sequence[Account]) -> None:
        """Those chosen, of all there are."""
        self._known = known
        self.chosen = tuple(each.id for each in known if each.id in chosen)
        n = len(self.chosen)
        self.setText(counted("On %n account(s)", n, "statements") if n else self.tr("Choose accounts"))
        names = "; ".join(words.accounts(self.chosen, known)) or self.tr("none")
        self.setAccessibleName(self.tr("Accounts: %1").replace("%1", names))
        self.setToolTip(names)
        self.updateGeometry()
        self.update()

    @Slot()
    def open_menu(self) -> None:
        """A check mark for each account; the menu closes with each choice, as menus do."""
        menu = QMenu(self)
        for each in self._known:
            action = menu.addAction(words.account(each))
            action.setCheckable(True)
            action.setChecked(each.id in self.chosen)
            action.toggled.connect(partial(self._toggle, each.id))
        menu.aboutToHide.connect(menu.deleteLater)
        self.menu = menu
        menu.popup(self.mapToGlobal(QPoint(0, self.height() + 4)))

    def _toggle(self, account: AccountId, on: bool) -> None:  # noqa: FBT001 - the signal's own
        chosen = {*self.chosen, account} if on else set(self.chosen) - {account}
        self.show_accounts(tuple(chosen), self._known)
        self.chose.emit(self.chosen)


class StatementEditor(QFrame):
    """``typed`` carries the words, ``saved`` the words and the accounts; ``left`` that nothing is to be changed,
    ``grown`` that it takes other room.
    """

    typed = Signal(str)
    grown = Signal()
    saved = Signal(str, object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until ``begin``."""
        super().__init__(parent)
        self.setProperty("card", "raised")
        self._known: Sequence[Account] = ()
        self.editor = Editor(self.tr("The statement"))
        self.editor.setPlaceholderText(self.tr("What do you know, what do you do, when do you write again?"))
        self.accounts = AccountsButton()
        self.said = Label("", "meta", "text3", wrap=True)
        self.save = Button(self.tr("Save"), "check", "primary")
        self.cancel = Button(self.tr("Cancel"), "", "ghost")
        inside = column(self, margins=(8, 8, 8, 8), gap=8)
        inside.addWidget(self.editor)
        inside.addWidget(self.said)
        feet = row(gap=8)
        feet.addWidget(self.accounts)
        feet.addStretch(1)
        feet.addWidget(self.cancel)
        feet.addWidget(self.save)
        inside.addLayout(feet)
        self.editor.textChanged.connect(self._typed)
        self.editor.left.connect(self.left)
        self.editor.document().documentLayout().documentSizeChanged.connect(self.grown)
        self.accounts.chose.connect(self._judge)
        self.save.clicked.connect(self._save)
        self.cancel.clicked.connect(self.left)

    def begin(self, text: str, chosen: Sequence[AccountId], known: Sequence[Account]) -> None:
        """These words, to stand there."""
        self._known = known
        self.accounts.show_accounts(chosen, known)
        self.editor.set_text(text)
        self._judge()

    def text(self) -> str:
        """What is written."""
        return self.editor.text()

    @Slot()
    def _typed(self) -> None:
        self._judge()
        self.typed.emit(self.text())

    @Slot()
    def _judge(self) -> None:
        """The length as each network counts it, then what stops the statement there."""
        text = self.text()
        chosen = [each for each in self._known if each.id in self.accounts.chosen]
        found = [each for each in checks.troubles(text, chosen) if each.finding.check != "empty"]
        self.said.setText("\n".join([self._lengths(text, chosen), *_sentences(found, chosen)]).strip())
        self.said.set_tone("late" if any(each.finding.level == "block" for each in found) else "text3")
        self.said.setVisible(bool(chosen))
        self.save.setEnabled(bool(text.strip()))

    @staticmethod
    def _lengths(text: str, chosen: Sequence[Account]) -> str:
        """How much of each network's limit is used; accounts that say the same are said once."""
        same: dict[str, list[Account]] = {}
        for each in chosen:
            used, limit = used_length(text, each), each.limits.length
            shown = number(used) if limit is None else f"{number(used)} / {number(limit)}"
            same.setdefault(shown, []).append(each)
        return " · ".join(isolate(f"{_who(those)} {shown}") for shown, those in same.items())

    @Slot()
    def _save(self) -> None:
        if self.text().strip():
            if self.save.hasFocus():
                # A button that is switched off would pass the keyboard on to another card.
                self.editor.setFocus(Qt.FocusReason.OtherFocusReason)
            self.save.setEnabled(False)
            self.saved.emit(self.text().strip(), self.accounts.chosen)

    def give_back(self) -> None:
        """It could not be written: the words are still there to be saved."""
        self.save.setEnabled(bool(self.text().strip()))


def _sentences(found: Sequence[checks.Trouble], chosen: Sequence[Account]) -> list[str]:
    """What is to be said, once for all accounts that it is said of."""
    there = {each.id: each for each in chosen}
    same: dict[str, list[checks.Trouble]] = {}
    for each in found:
        same.setdefault(each.finding.message, []).append(each)
    return [
        message
        if message.startswith(those[0].account)
        else isolate(f"{_who([there[each.account_id] for each in those])}: {message}")
        for message, those in same.items()
    ]


def _who(those: Sequence[Account]) -> str:
    """One account by its name, several by how many they are."""
    return words.account(those[0]) if len(those) == 1 else counted("%n account(s)", len(those), "statements")
