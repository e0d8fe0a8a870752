"""An answered question with everything in its cells that a network, a customer or an attacker can write."""

from datetime import UTC, datetime

from inbox.model.report import ColumnKind, Period, Question, ReportColumn, ReportTable

HOSTILE = (
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    " =1+1",
    "\x00=1+1",
    "＝1+1",
    "＠SUM(A1)",
    "\ufeff=1+1",
)
"""Texts that a spreadsheet would calculate, were they not quoted."""

COLUMNS = (
    ReportColumn("key", "Account", ColumnKind.TEXT),
    ReportColumn("n", "n", ColumnKind.COUNT),
    ReportColumn("median_minutes", "Median", ColumnKind.MINUTES),
    ReportColumn("share_met", "In target", ColumnKind.SHARE),
)
NOW = datetime(2026, 3, 9, 8, tzinfo=UTC)
WEEK = Period(datetime(2026, 3, 1, 23, tzinfo=UTC), datetime(2026, 3, 8, 23, tzinfo=UTC))
"""A week in Madrid."""


def table(*keys: str) -> ReportTable:
    """A table of response times with a row for each key."""
    rows = tuple((key, place, place + 0.5, None if place == 1 else 0.25) for place, key in enumerate(keys))
    return ReportTable(Question(period=WEEK), "Response times", "From the posting to the answer.", COLUMNS, rows)
