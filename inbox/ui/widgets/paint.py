"""Painting of pills, tags, discs and key caps; the queue's delegate and the widgets draw by the same hand."""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen

from inbox.ui.theme import current
from inbox.ui.widgets.bidi import isolate
from inbox.ui.widgets.deadline import ICONS, Deadline, DeadlineState

CENTER = Qt.AlignmentFlag.AlignCenter
LEADING = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
NO_PEN = Qt.PenStyle.NoPen
NO_BRUSH = Qt.BrushStyle.NoBrush
PILL = 22
TAG = 18

# state: (fill, edge, text, dashed)
_PILLS: dict[DeadlineState, tuple[str, str, str, bool]] = {
    DeadlineState.OK: ("", "", "text2", False),
    DeadlineState.SOON: ("soon_soft", "soon", "soon", False),
    DeadlineState.LATE: ("late_fill", "late_fill", "on_late", False),
    DeadlineState.PAUSED: ("", "strong", "text2", True),
    DeadlineState.MET: ("", "", "ok", False),
}
_TAG_EDGES = {"hot": ("hot_soft", "hot"), "escalated": ("escalated_soft", "escalated"), "late": ("late_soft", "late")}
_TAG_EDGES |= {"soon": ("soon_soft", "soon"), "ok": ("ok_soft", "ok"), "accent": ("accent_soft", "accent")}


def rounded(painter: QPainter, rect: QRect, radius: float, fill: QColor | None, edge: QPen | None) -> None:
    """A rounded box whose 1 px outline lies inside ``rect``."""
    painter.setPen(edge if edge is not None else NO_PEN)
    if fill is None:
        painter.setBrush(NO_BRUSH)
    else:
        painter.setBrush(fill)
    inset = edge.widthF() / 2 if edge is not None else 0.0
    painter.drawRoundedRect(QRectF(rect).adjusted(inset, inset, -inset, -inset), radius, radius)


def pill_width(shown: Deadline, *, short: bool = False) -> int:
    """Width of a deadline pill in pixels."""
    if shown.state is DeadlineState.NONE:
        return 0
    theme = current()
    text = QFontMetrics(_pill_font(shown)).horizontalAdvance(shown.short if short else shown.text)
    outlined = bool(_PILLS[shown.state][1])
    return text + theme.px(13 + 4) + (theme.px(9) * 2 if outlined else 0)


def draw_pill(painter: QPainter, rect: QRect, shown: Deadline, *, short: bool = False) -> None:
    """The pill, filling ``rect``; mirrored by the painter's layout direction."""
    if shown.state is DeadlineState.NONE:
        return
    theme = current()
    fill, edge, ink, dashed = _PILLS[shown.state]
    if edge:
        pen = QPen(theme.color(edge), 1, Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine)
        rounded(painter, rect, rect.height() / 2, theme.color(fill) if fill else None, pen)
    inner = rect.adjusted(theme.px(9), 0, -theme.px(9), 0) if edge else rect
    mirror = painter.layoutDirection() is Qt.LayoutDirection.RightToLeft
    icon = theme.px(13)
    left = inner.right() - icon + 1 if mirror else inner.left()
    painter.drawPixmap(left, inner.center().y() - icon // 2, theme.pixmap(ICONS[shown.state], ink, 13, _ratio(painter)))
    gap = icon + theme.px(4)
    inner = inner.adjusted(0, 0, -gap, 0) if mirror else inner.adjusted(gap, 0, 0, 0)
    painter.setFont(_pill_font(shown))
    painter.setPen(theme.color(ink))
    painter.drawText(inner, LEADING | Qt.TextFlag.TextDontClip, isolate(shown.short if short else shown.text))


def tag_width(text: str, *, icon: bool, square: bool = False) -> int:
    """Width of a tag in pixels."""
    theme = current()
    text_width = QFontMetrics(theme.font("caption")).horizontalAdvance(text)
    return text_width + 2 * theme.px(6) + (theme.px(11 + 4) if icon else theme.px(7 + 4) if square else 0)


def draw_tag(painter: QPainter, rect: QRect, text: str, kind: str = "", icon: str = "", *, square: int = -1) -> None:
    """A tag 18 high: ``kind`` is hot, escalated, late, soon, ok, accent or plain; ``square`` an area's colour."""
    theme = current()
    fill, edge = _TAG_EDGES.get(kind, ("window", "border"))
    rounded(painter, rect, theme.px(4), theme.color(fill), QPen(theme.color(edge), 1))
    ink = "text2" if not kind else edge
    inner = rect.adjusted(theme.px(6), 0, -theme.px(6), 0)
    mirror = painter.layoutDirection() is Qt.LayoutDirection.RightToLeft
    side = theme.px(11 if icon else 7)
    left = inner.right() - side + 1 if mirror else inner.left()
    if icon:
        pixmap = theme.pixmap(icon, ink, 11, _ratio(painter))
        painter.drawPixmap(left, rect.center().y() - side // 2, pixmap)
    elif square >= 0:
        box = QRect(left, rect.center().y() - side // 2 + (1 - side % 2), side, side)
        rounded(painter, box, 2, theme.area_color(square), None)
    gap = side + theme.px(4) if icon or square >= 0 else 0
    inner = inner.adjusted(0, 0, -gap, 0) if mirror else inner.adjusted(gap, 0, 0, 0)
    painter.setFont(theme.font("caption"))
    painter.setPen(theme.color(ink))
    room = QFontMetrics(theme.font("caption")).elidedText(text, Qt.TextElideMode.ElideRight, inner.width() + 2)
    painter.drawText(inner, LEADING | Qt.TextFlag.TextDontClip, isolate(room))


def draw_disc(painter: QPainter, rect: QRect, initials: str, name: str, *, square: bool = False) -> None:
    """A disc with white initials; a dashed ring where there is nobody; ``square`` for the workspace."""
    theme = current()
    if not initials:
        rounded(painter, rect, rect.height() / 2, None, QPen(theme.color("strong"), 1, Qt.PenStyle.DashLine))
        return
    ground = theme.color("accent_fill") if square else theme.disc_color(name)
    rounded(painter, rect, theme.px(6) if square else rect.height() / 2, ground, None)
    font = theme.font("meta_strong")
    font = QFont(font)
    font.setPixelSize(max(round(rect.height() * 0.4), theme.px(8)))
    painter.setFont(font)
    painter.setPen(theme.color("on_accent") if square else QColor("#FFFFFF"))
    painter.drawText(rect, CENTER | Qt.TextFlag.TextDontClip, initials)


def cap_width(text: str) -> int:
    """Width of a key cap in pixels."""
    theme = current()
    return max(theme.px(18), QFontMetrics(theme.font("caption")).horizontalAdvance(text) + theme.px(10))


def draw_cap(painter: QPainter, rect: QRect, text: str, ink: str = "text2", edge: str = "border") -> None:
    """A key cap 18 high."""
    theme = current()
    rounded(painter, rect, theme.px(4), None, QPen(theme.color(edge), 1))
    painter.setFont(theme.font("caption"))
    painter.setPen(theme.color(ink))
    painter.drawText(rect, CENTER, text)


def _pill_font(shown: Deadline) -> QFont:
    return current().font("meta_strong" if shown.state is DeadlineState.LATE else "meta_control")


def _ratio(painter: QPainter) -> float:
    return painter.device().devicePixelRatioF()
