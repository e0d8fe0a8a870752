"""The page that tries rules, a threshold or staffing on the stored history, and its summary for the rules screen."""

from inbox.ui.backtest.page import BacktestPage

__all__ = ["BacktestPage"]
