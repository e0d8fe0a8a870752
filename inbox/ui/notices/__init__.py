"""Notices: what an employee was told, and telling them on the desktop."""

from inbox.ui.notices.page import NoticesPage

__all__ = ["NoticesPage"]
