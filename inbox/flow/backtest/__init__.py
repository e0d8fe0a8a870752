"""Tries a change of the workspace (rules, threshold, staffing, targets) on the stored history.

``run`` reads the period in pages and changes nothing. Each thread is judged twice by the code of live routing, as
the workspace is and as it would be; then the queue is played through twice with the same arrivals, so that the
missed deadlines of both can be compared.
"""

from inbox.flow.backtest.changes import changed
from inbox.flow.backtest.result import AreaLoad, Backtest, Example, HourLoad
from inbox.flow.backtest.trial import run

__all__ = ["AreaLoad", "Backtest", "Example", "HourLoad", "changed", "run"]
