"""The page that tries rules, a threshold or staffing on the stored history, and its summary for the rules screen."""

from inbox.ui.backtest.child import BacktestRun
from inbox.ui.backtest.page import BacktestPage
from inbox.ui.backtest.summary import BacktestSummary

__all__ = ["BacktestPage", "BacktestRun", "BacktestSummary"]
