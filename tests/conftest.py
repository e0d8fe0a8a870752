"""Fixtures that every room's tests share."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("INBOX_ALLOW_LOOPBACK", "1")

from tests.support.stores import _databases, _sqlite_template, postgres, sqlite_store, store

__all__ = ["_databases", "_sqlite_template", "postgres", "sqlite_store", "store"]
