"""How good the routing is, by what people corrected of it: in all, over time, by area and step, and what to do.

A choice is right where nobody moved the thread to another area. So errors that nobody saw are not in the figures,
and the newest choices look better than they are until people have read them.
"""

from inbox.flow.quality.document import document
from inbox.flow.quality.report import Quality, dismiss, report, report_in, restore, rows

__all__ = ["Quality", "dismiss", "document", "report", "report_in", "restore", "rows"]
