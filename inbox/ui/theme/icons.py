"""Our own outline icons, tinted to a colour role and mirrored where a direction is drawn."""

import re

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPixmap, QTransform
from PySide6.QtSvg import QSvgRenderer

from inbox.resources import resources

MIRRORED = frozenset({"send", "reply", "undo", "chevron-left", "chevron-right", "panel", "move", "enter", "reopen"})
STROKE = 1.5  # pixels on the screen, at every size
_WIDTH = re.compile(r'stroke-width="([\d.]+)"')
_sources: dict[str, str] = {}
_pixmaps: dict[tuple[str, int, int, float, bool], QPixmap] = {}


def names() -> tuple[str, ...]:
    """Every icon there is."""
    return tuple(sorted(path.stem for path in (resources() / "icons").glob("*.svg")))


def pixmap(name: str, color: QColor, size: int, ratio: float) -> QPixmap:
    """Icon ``name`` in ``color``, ``size`` pixels square on a screen of device pixel ``ratio``."""
    mirror = name in MIRRORED and QGuiApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft
    key = (name, color.rgba(), size, ratio, mirror)
    made = _pixmaps.get(key)
    if made is None:
        made = _pixmaps[key] = _draw(name, color, size, ratio, mirror=mirror)
    return made


def _draw(name: str, color: QColor, size: int, ratio: float, *, mirror: bool) -> QPixmap:
    """Renders one icon; the stroke keeps its width on the screen whatever the size."""
    side = round(size * ratio)
    made = QPixmap(side, side)
    made.fill(Qt.GlobalColor.transparent)
    scale = 24 / size
    text = _WIDTH.sub(lambda found: f'stroke-width="{float(found[1]) * scale:.3f}"', _source(name))
    renderer = QSvgRenderer(QByteArray(text.replace("currentColor", color.name()).encode()))
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if mirror:
        painter.setTransform(QTransform(-1, 0, 0, 1, side, 0))
    renderer.render(painter, QRectF(0, 0, side, side))
    painter.end()
    made.setDevicePixelRatio(ratio)
    return made


def _source(name: str) -> str:
    """The icon's SVG text."""
    text = _sources.get(name)
    if text is None:
        text = _sources[name] = (resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    return text
