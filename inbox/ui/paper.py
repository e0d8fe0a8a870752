"""Prints a page of HTML to PDF, without a screen: A4, a head with its title, a foot with its page.

What the page shows comes from inside it: pictures only as ``data:`` addresses, nothing is loaded from a file or a
network, and text stays text because the templates escape it.
"""

import os
import platform
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, QSizeF, Qt, QUrl
from PySide6.QtGui import (
    QFont,
    QGuiApplication,
    QImage,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QTextBlock,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)
from PySide6.QtSvg import QSvgRenderer

DPI: Final = 96
"""Dots of the page's own measures; the writer is told to use the same, so that sizes are those of a screen."""
_SHARP: Final = 3
"""Dots of a picture for each of the page's."""
_FOOT: Final = 30
_MARGIN: Final = 14.0
_SVG: Final = "data:image/svg+xml;base64,"
_INK: Final = "#63656C"


def application() -> QGuiApplication:
    """The running application, else one that needs no screen."""
    running = QGuiApplication.instance()
    if isinstance(running, QGuiApplication):
        return running
    if platform.system() == "Linux":
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    return QGuiApplication(["inbox"])


def print_pdf(html: str, path: Path) -> None:
    """Write the page as PDF. Raises ``OSError``."""
    path.write_bytes(pdf(html))


def pdf(html: str) -> bytes:
    """The page as PDF."""
    kept = application()
    made = QByteArray()
    device = QBuffer(made)
    device.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(device)
    writer.setResolution(DPI)
    writer.setCreator("Social Inbox")
    margins = QMarginsF(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
    writer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, margins, QPageLayout.Unit.Millimeter
        )
    )
    _paint(writer, html)
    device.close()
    del kept
    return bytes(made.data())


class Page(QTextDocument):
    """A document that loads nothing but the pictures inside it."""

    def loadResource(self, kind: int, name: QUrl | str) -> Any:  # noqa: ANN401 - Qt wants whatever it is
        """A picture that the page itself holds; of anything else nothing."""
        address = name.toString() if isinstance(name, QUrl) else name
        if kind != QTextDocument.ResourceType.ImageResource.value or not address.startswith(_SVG):
            return QImage()
        renderer = QSvgRenderer(QByteArray.fromBase64(address[len(_SVG) :].encode()))
        if not renderer.isValid():
            return QImage()
        image = QImage(renderer.defaultSize() * _SHARP, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        renderer.render(painter)
        painter.end()
        return image


def _paint(writer: QPdfWriter, html: str) -> None:
    document = Page()
    document.setDefaultFont(QFont("sans-serif", 10))
    document.documentLayout().setPaintDevice(writer)
    document.setMetaInformation(QTextDocument.MetaInformation.CssMedia, "print")
    document.setHtml(html)
    turn_each(document)
    document.setDocumentMargin(0)
    whole = QRectF(0, 0, writer.width(), writer.height())
    body = QSizeF(whole.width(), whole.height() - 2 * _FOOT)
    document.setPageSize(body)
    keep_headings(document, body.height())
    title = document.metaInformation(QTextDocument.MetaInformation.DocumentTitle)
    writer.setTitle(title)
    pages = document.pageCount()
    painter = QPainter(writer)
    for number in range(pages):
        if number:
            writer.newPage()
        painter.save()
        painter.translate(0, _FOOT - number * body.height())
        document.drawContents(painter, QRectF(0, number * body.height(), body.width(), body.height()))
        painter.restore()
        _around(painter, whole, title, number + 1, pages)
    painter.end()


def turn_each(document: QTextDocument) -> None:
    """Lets each paragraph run as its own letters do: a whole page of HTML makes all of them run from left to right."""
    cursor, own = QTextCursor(document), QTextBlockFormat()
    own.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    cursor.select(QTextCursor.SelectionType.Document)
    cursor.mergeBlockFormat(own)


def keep_headings(document: QTextDocument, height: float) -> None:
    """Moves headings to the next page that would stand at the foot of one, away from what they head: one after the
    other, since each moves all that follow.
    """
    place = 0
    while (block := _lonely(document, height, place)) is not None:
        place = block.position() + 1
        cursor, broken = QTextCursor(block), block.blockFormat()
        broken.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
        cursor.setBlockFormat(broken)
        document.markContentsDirty(0, document.characterCount())


def _lonely(document: QTextDocument, height: float, place: int) -> QTextBlock | None:
    """The first heading from ``place`` on whose page ends before what follows it."""
    layout = document.documentLayout()
    block = document.findBlock(place)
    while block.isValid():
        following = block.next()
        if block.position() >= place and block.blockFormat().headingLevel() and following.isValid():
            page = layout.blockBoundingRect(block).top() // height
            if layout.blockBoundingRect(following).bottom() > height * (page + 1):
                return block
        block = following
    return None


def _around(painter: QPainter, whole: QRectF, title: str, number: int, pages: int) -> None:
    """The head from the second page on, since the first begins with its title; the foot on each."""
    painter.setFont(QFont("sans-serif", 8))
    painter.setPen(_INK)
    foot = QRectF(0, whole.height() - _FOOT, whole.width(), _FOOT)
    painter.drawText(foot, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom, f"Page {number} of {pages}")
    painter.drawText(foot, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, "Social Inbox")
    if number > 1:
        head = QRectF(0, 0, whole.width(), _FOOT)
        painter.drawText(head, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, title)
