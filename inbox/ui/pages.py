"""Which widget fills each place of the window; each is imported only when it is first shown.

A pane or page is made as ``Class(context, parent)``. The thread pane follows ``context.thread_changed``.
"""

from importlib import import_module
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from collections.abc import Callable

    from inbox.ui.context import Context

PANES = {
    "thread": ("inbox.ui.thread", "ThreadPane"),
    "details": ("inbox.ui.details", "DetailsPane"),
    "accounts": ("inbox.ui.accounts", "AccountsPage"),
    "settings": ("inbox.ui.settings", "SettingsPage"),
    "first-run": ("inbox.ui.firstrun", "FirstRunPage"),
    "outbox": ("inbox.ui.outbox", "OutboxPage"),
    "unsorted": ("inbox.ui.unsorted", "UnsortedPage"),
    "rules": ("inbox.ui.rules", "RulesPage"),
    "backtest": ("inbox.ui.backtest", "BacktestPage"),
    "quality": ("inbox.ui.quality", "QualityPage"),
    "notices": ("inbox.ui.notices", "NoticesPage"),
    "incidents": ("inbox.ui.incidents", "IncidentsPage"),
    "incident": ("inbox.ui.incidents", "RoomPage"),
    "reports": ("inbox.ui.reports", "ReportsPage"),
    "calendars": ("inbox.ui.calendars", "CalendarsPage"),
    "policies": ("inbox.ui.policies", "PoliciesPage"),
    "ladders": ("inbox.ui.ladders", "LaddersPage"),
    "watching": ("inbox.ui.watching", "WatchingPage"),
    "staffing": ("inbox.ui.staffing", "StaffingPage"),
}
FULL = frozenset({"first-run"})
"""Pages that fill the window, side bar and all."""


def make(name: str, context: "Context", parent: QWidget) -> QWidget:
    """The widget of that place; KeyError for a place there is not."""
    module, kind = PANES[name]
    maker = cast("Callable[[Context, QWidget], QWidget]", getattr(import_module(module), kind))
    return maker(context, parent)
