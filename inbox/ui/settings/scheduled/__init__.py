"""The card of scheduled reports: what the collector writes by itself, and what came of it last."""

from inbox.ui.settings.scheduled.card import ReportsCard

__all__ = ["ReportsCard"]
