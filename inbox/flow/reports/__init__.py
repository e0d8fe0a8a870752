"""Reports: each figure with its definition, in calendar or business time, and the threads behind it."""

from inbox.flow.reports.behind import threads
from inbox.flow.reports.columns import columns
from inbox.flow.reports.definitions import definition
from inbox.flow.reports.shapes import shape
from inbox.flow.reports.tables import table

__all__ = ["columns", "definition", "shape", "table", "threads"]
