"""The rows of a report in a card, with the choice of what they stand for."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from inbox.model.report import By, ReportTable
from inbox.ui.reports import words
from inbox.ui.reports.choice import Choice
from inbox.ui.reports.grouptable import GroupTable
from inbox.ui.widgets import Card, ElidedLabel, Label, row


class TableCard(Card):
    """``by_chosen`` carries another grouping; ``table.opened`` a figure whose threads are wanted."""

    by_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until ``show_table``."""
        super().__init__("true", parent)
        self.title = Label(self.tr("By group"), "name")
        self.about = ElidedLabel("", "meta", "text3")
        self.by = Choice(self.tr("Rows stand for"))
        self.table = GroupTable(self.tr("Figures by group"))
        head = row(gap=8)
        for part in (self.title, self.by):
            head.addWidget(part)
        head.addWidget(self.about, 1)
        self.body.addLayout(head)
        self.body.addWidget(self.table)
        self.by.chosen.connect(self.by_chosen)

    def show_table(self, table: ReportTable, by: By, *, grouped: bool) -> None:
        """Other rows; without ``grouped`` the report decides what they stand for."""
        self.title.setText(self.tr("By") if grouped else words.report(table.question.report))
        self.by.setVisible(grouped)
        self.by.offer([(str(each), words.group(each)) for each in By], str(by))
        self.about.setText(self.tr("Enter opens the threads behind a figure, S sorts by the column"))
        self.table.show_table(table, words.group(by) if grouped else self.tr("Name"))
