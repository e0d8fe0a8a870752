"""Fixtures that every room's tests share."""

import gc
import os
from collections.abc import Iterator

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("INBOX_ALLOW_LOOPBACK", "1")

from inbox.ui.tidying import tidy
from tests.support.stores import _databases, _sqlite_template, postgres, sqlite_store, store

__all__ = ["_databases", "_sqlite_template", "postgres", "sqlite_store", "store"]

gc.disable()


@pytest.fixture(autouse=True)
def _rubbish_is_looked_for_on_this_thread() -> Iterator[None]:
    """Between tests, never on a thread that one of them began: see ``inbox.ui.tidying``."""
    yield
    tidy()
