"""The list of policies: Ctrl+D makes a copy, and what else a list does whose order people choose."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from inbox.ui.entries.moving import MovingView
from inbox.ui.policies.delegate import PoliciesDelegate
from inbox.ui.policies.model import PoliciesModel


class PoliciesView(MovingView):
    """``copied`` carries the key of a policy."""

    copied = Signal(str)

    def __init__(self) -> None:
        """Empty until policies come."""
        super().__init__(self.tr("Policies"))
        self.policies = PoliciesModel(self)
        self.delegate = PoliciesDelegate(self)
        self.furnish(self.policies, self.delegate)
        self.policies.dataChanged.connect(self._relaid)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+D makes a copy."""
        entry, held = self.entry(), event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if entry is not None and held and Qt.Key(event.key()) is Qt.Key.Key_D:
            self.copied.emit(entry.key)
        else:
            super().keyPressEvent(event)
