"""Rubbish that hangs together in circles is looked for on the window's own thread alone."""

import gc
import threading
import weakref

from PySide6.QtCore import QObject, QThread
from pytestqt.qtbot import QtBot

from inbox.ui.tidying import Tidying, tidy


class Circle(QObject):
    """Part of a screen that holds itself; it tells on which thread it was taken apart."""

    def __init__(self) -> None:
        super().__init__()
        self.itself = self


def _made(ended: list[int]) -> "weakref.ref[Circle]":
    circle = Circle()
    weakref.finalize(circle, lambda: ended.append(threading.get_ident())).atexit = False
    return weakref.ref(circle)


def test_what_other_threads_make_never_takes_a_screen_apart_there(qtbot: QtBot) -> None:
    ended: list[int] = []
    gc.enable()
    owner = QObject()
    Tidying(owner)
    gone = _made(ended)

    kept: list[list[int]] = []
    lane = threading.Thread(target=lambda: kept.extend([number] for number in range(200_000)))
    lane.start()
    lane.join()
    assert len(kept) == 200_000
    assert gone() is not None
    qtbot.waitUntil(lambda: gone() is None, timeout=10_000)
    assert ended == [threading.get_ident()]
    assert QThread.currentThread() is owner.thread()


def test_tidying_finds_rubbish_when_enough_was_made() -> None:
    gc.collect()
    gone = _made([])
    tidy()
    kept = [[number] for number in range(gc.get_threshold()[0] + 10)]
    tidy()
    assert gone() is None
    assert len(kept) > 0
