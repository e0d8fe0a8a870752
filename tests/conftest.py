"""Fixtures that every room's tests share."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("INBOX_ALLOW_LOOPBACK", "1")

from tests.support.stores import postgres, sqlite_store, store

__all__ = ["postgres", "sqlite_store", "store"]
