"""List and editor of the calendars' page."""

from typing import Final

from inbox.ui.calendars.editor import CalendarEditor
from inbox.ui.calendars.listing import CalendarsView
from inbox.ui.context import Context
from inbox.ui.entries.columns import MOST, EntryColumns, Fold
from inbox.ui.theme import current
from inbox.ui.widgets import Button, PageHead

LIST: Final = 264
LEAST: Final = 220
BOTH_FROM: Final = 760
NARROW: Final = 460


class Columns(EntryColumns):
    """Both beside each other, or one after the other."""

    list: CalendarsView
    editor: CalendarEditor

    def __init__(self, context: Context) -> None:
        """Both until it is arranged."""
        super().__init__(
            add=self.tr("New calendar"), back=self.tr("Back to the calendars"), remove=self.tr("Remove this calendar")
        )
        self.entries = self.list = CalendarsView()
        self.editor = CalendarEditor(context)
        self.duplicate = Button(self.tr("Duplicate"), "template", "ghost", "Ctrl D")
        self.fill(PageHead(self.tr("Calendars")), self.tr("Enter edits, Del removes, Ctrl N adds"), self.duplicate)
        self.stand(self.editor)

    def arrange(self, width: int) -> None:
        """Folds for a page of ``width`` pixels."""
        px = current().px
        found = Fold.TWO if round(width / current().fonts.scale) >= BOTH_FROM else Fold.ONE
        self.left.setMinimumWidth(px(LEAST))
        self.left.setMaximumWidth(MOST if found is Fold.ONE else px(400))
        self.duplicate.key = "Ctrl D" if width >= px(1000) else ""
        self.duplicate.set_words(shown=width >= px(NARROW))
        self.save.key = "Ctrl S" if width >= px(NARROW) else ""
        for button in (self.duplicate, self.save):
            button.updateGeometry()
        if found is not self.fold:
            self.fold = found
            self.setSizes([px(LIST), width - px(LIST)])
        self.show_side()
