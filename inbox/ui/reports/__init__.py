"""Reports: how long customers waited, what was promised and kept, what came in, and the threads behind each figure."""

from inbox.ui.reports.page import ReportsPage

__all__ = ["ReportsPage"]
