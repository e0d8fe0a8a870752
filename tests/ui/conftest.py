"""Every desktop test draws offscreen, and a Qt warning fails it."""

import os
from collections.abc import Iterator

import pytest

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtWidgets import QApplication

from inbox.ui.theme import Scheme, Theme, current

# Said by Qt's offscreen plugin at every window, whatever we do.
HARMLESS = ("propagateSizeHints", "does not support raise", "does not support grabbing")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Qt warnings fail the tests of this folder."""
    for item in items:
        if "tests/ui" in str(item.path):
            item.add_marker(pytest.mark.qt_log_level_fail("WARNING"))
            item.add_marker(pytest.mark.qt_log_ignore(*HARMLESS))


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    """The light theme in force; what a test changes is put back."""
    made = current()
    made.use(Scheme.LIGHT, 1.0)
    yield made
    if made.scheme is not Scheme.LIGHT or made.fonts.scale != 1.0:
        made.use(Scheme.LIGHT, 1.0)
