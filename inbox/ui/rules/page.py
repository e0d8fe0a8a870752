"""The page that lists the workspace's rules in their order."""

from PySide6.QtCore import QStringListModel, Slot
from PySide6.QtWidgets import QListView, QWidget

from inbox.ui.context import Context
from inbox.ui.widgets import EmptyState, PageHead, Pane, column


class RulesPage(Pane):
    """Follows the workspace file: first match wins."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """Shows the rules as last read."""
        super().__init__("surface", "", parent)
        self._context = context
        self._names = QStringListModel(self)
        self.list = QListView()
        self.list.setUniformItemSizes(True)
        self.list.setModel(self._names)
        self.list.setAccessibleName(self.tr("Rules"))
        self.empty = EmptyState(self.tr("There are no rules yet."), icon="rule")
        box = column(self)
        box.addWidget(PageHead(self.tr("Rules"), self.tr("first match wins")))
        box.addWidget(self.empty)
        box.addWidget(self.list, 1)
        context.people_changed.connect(self._show)
        self.setFocusProxy(self.list)
        self._show()

    @Slot()
    def _show(self) -> None:
        rules = self._context.workspace.rules
        self._names.setStringList([rule.name for rule in rules])
        self.empty.setVisible(not rules)
        self.list.setVisible(bool(rules))
