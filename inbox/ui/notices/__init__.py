"""Notices: what an employee was told, and telling them while the desktop runs."""

from inbox.ui.notices.notifier import Notifier
from inbox.ui.notices.page import NoticesPage

__all__ = ["NoticesPage", "Notifier"]
