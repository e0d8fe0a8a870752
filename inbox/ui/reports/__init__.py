"""Reports: figures with their definition, charts that also read as tables, and the threads behind them."""

from inbox.ui.reports.page import ReportsPage

__all__ = ["ReportsPage"]
