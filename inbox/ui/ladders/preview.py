"""Beside the editor: the ladder as it would go now, and the services."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from inbox.ui.context import Context
from inbox.ui.entries.editing import MARGIN, Area
from inbox.ui.ladders.picture import LadderPicture
from inbox.ui.ladders.servicescard import ServicesCard
from inbox.ui.ladders.words import tr
from inbox.ui.theme import current
from inbox.ui.widgets import Divider, Label, PageHead, Pane, column

if TYPE_CHECKING:
    from inbox.flow.escalate.asking import WouldCall


class Preview(QWidget):
    """The drawing over the services."""

    def __init__(self, context: Context) -> None:
        """Nothing is drawn yet."""
        super().__init__()
        self.picture, self.services = LadderPicture(), ServicesCard(context)
        self.hint = Label(
            tr("By today's shifts and who is away. Nobody is called by looking."), "meta", "text3", wrap=True
        )
        box = column(self, gap=0)
        box.addWidget(self.hint)
        box.addSpacing(current().px(12))
        box.addWidget(self.picture)
        box.addSpacing(current().px(18))
        box.addWidget(Divider())
        box.addSpacing(current().px(14))
        box.addWidget(self.services)

    def show_would(self, would: "WouldCall | None") -> None:
        """Who would be called now."""
        self.picture.show_ladder(would)


class PreviewPane(Pane):
    """A pane of its own for the preview, which is lent to the editor's foot where there is less room."""

    def __init__(self, context: Context) -> None:
        """With the preview in it."""
        super().__init__("sunken")
        self.body = Preview(context)
        self._inside = Pane("sunken")
        self._box: QVBoxLayout = column(self._inside, margins=(MARGIN, 16, MARGIN, 24))
        self._box.addWidget(self.body)
        self._box.addStretch(1)
        area = Area()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(self._inside)
        area.setAccessibleName(tr("Who would be called now"))
        box = column(self)
        box.addWidget(PageHead(tr("Who would be called now"), inset=MARGIN))
        box.addWidget(area, 1)

    def lend(self) -> Preview:
        """The preview, for another place."""
        self._box.removeWidget(self.body)
        return self.body

    def take(self) -> None:
        """The preview is back."""
        self._box.insertWidget(0, self.body)
        self.body.show()
