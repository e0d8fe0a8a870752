"""Fonts by role: the system's interface font (Inter where it is installed), sized in pixels."""

from dataclasses import dataclass

from PySide6.QtGui import QFont, QGuiApplication


@dataclass(frozen=True, slots=True)
class FontRole:
    """Pixel size, line height and weight of a text role at 100%."""

    size: int
    line: int
    weight: int


FONT_ROLES: dict[str, FontRole] = {
    "caption": FontRole(11, 16, 500),
    "caption_strong": FontRole(11, 16, 600),
    "meta": FontRole(12, 18, 400),
    "meta_control": FontRole(12, 18, 500),
    "meta_strong": FontRole(12, 18, 600),
    "base": FontRole(13, 20, 400),
    "control": FontRole(13, 20, 500),
    "name": FontRole(13, 20, 600),
    "new": FontRole(13, 20, 650),
    "post": FontRole(14, 22, 400),
    "field": FontRole(15, 22, 400),
    "pane": FontRole(15, 22, 600),
    "page": FontRole(17, 24, 600),
    "reading": FontRole(17, 27, 400),
    "figure": FontRole(22, 28, 600),
}


class Fonts:
    """Makes each role's font once; ``scale`` is 1.0 to 1.6."""

    def __init__(self, scale: float = 1.0) -> None:
        """Fonts at ``scale``."""
        self.scale = scale
        self._made: dict[str, QFont] = {}

    def get(self, role: str) -> QFont:
        """The font of ``role``, with figures of one width where the font has them."""
        made = self._made.get(role)
        if made is None:
            made = self._made[role] = self._make(FONT_ROLES[role])
        return made

    def line(self, role: str) -> int:
        """Line height of ``role`` in pixels."""
        return round(FONT_ROLES[role].line * self.scale)

    def _make(self, role: FontRole) -> QFont:
        font = QFont(QGuiApplication.font())
        font.setFamilies(["Inter", *system_families()])
        font.setPixelSize(round(role.size * self.scale))
        font.setWeight(QFont.Weight(role.weight))
        # Deadlines count down in place: figures of one width keep them from dancing.
        font.setFeature(QFont.Tag("tnum"), 1)
        return font


def system_families() -> list[str]:
    """The families the system would use by itself."""
    return [name for name in QGuiApplication.font().families() if name != "Inter"]
