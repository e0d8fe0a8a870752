"""Calls into Qt that give nothing back keep Python's count of references to None and True."""

import sys

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

TIMES = 1000
SLACK = 50


class Bell(QObject):
    """Something that rings."""

    rung = Signal(int)


@pytest.mark.skipif(
    sys.version_info >= (3, 12), reason="None and True are immortal since 3.12 (PEP 683): nothing counts them"
)
def test_a_thousand_calls_lose_no_reference(qapp: QApplication) -> None:
    del qapp
    image = QImage(8, 8, QImage.Format.Format_ARGB32)
    painter, bell, color = QPainter(image), Bell(), QColor("#123456")
    heard: list[int] = []
    bell.rung.connect(heard.append)
    before = sys.getrefcount(None), sys.getrefcount(True)
    for number in range(TIMES):
        painter.setPen(color)
        painter.drawLine(0, 0, 8, 8)
        painter.fillRect(0, 0, 1, 1, color)
        bell.rung.emit(number)
        painter.isActive()
    after = sys.getrefcount(None), sys.getrefcount(True)
    painter.end()
    assert len(heard) == TIMES
    assert abs(after[0] - before[0]) < SLACK
    assert abs(after[1] - before[1]) < SLACK
