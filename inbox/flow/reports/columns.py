"""The columns of each report: the key first, then figures with their names in JSON and as people read them."""

from typing import Final

from inbox.model.report import ColumnKind, ReportColumn


def columns(report: str) -> tuple[ReportColumn, ...]:
    """The columns of a report; JSON and files use their keys and titles."""
    return _COLUMNS[report]


def _key(title: str = "Key") -> ReportColumn:
    return ReportColumn("key", title, ColumnKind.TEXT)


def _text(key: str, title: str) -> ReportColumn:
    return ReportColumn(key, title, ColumnKind.TEXT)


def _count(key: str, title: str) -> ReportColumn:
    return ReportColumn(key, title, ColumnKind.COUNT)


def _share(key: str, title: str) -> ReportColumn:
    return ReportColumn(key, title, ColumnKind.SHARE)


def _number(key: str, title: str) -> ReportColumn:
    return ReportColumn(key, title, ColumnKind.NUMBER)


def _spread(prefix: str, title: str, n: str | None = None) -> tuple[ReportColumn, ...]:
    """n, mean, median and p90 of some minutes; ``n`` where that has a name of its own."""
    return (
        _count(n or f"{prefix}_n", f"{title}, n"),
        *(
            ReportColumn(f"{prefix}_{name}_minutes", f"{title}, {name}", ColumnKind.MINUTES)
            for name in ("mean", "median", "p90")
        ),
    )


_COLUMNS: Final = {
    "response-times": (
        _key(),
        _count("n", "n"),
        ReportColumn("mean_minutes", "Mean", ColumnKind.MINUTES),
        ReportColumn("median_minutes", "Median", ColumnKind.MINUTES),
        ReportColumn("p90_minutes", "p90", ColumnKind.MINUTES),
    ),
    "sla": (
        _key(),
        _text("metric", "Metric"),
        _count("met", "Met"),
        _count("breached", "Breached"),
        _count("open", "Open"),
        _count("cancelled", "Cancelled"),
        _share("share_met", "Within target"),
    ),
    "volume": (
        _key(),
        _count("mentions", "Mentions"),
        _count("needing_reply", "Needing a reply"),
        _count("authors", "Authors"),
        _count("threads", "Threads"),
        _count("answers", "Answers"),
    ),
    "workload": (
        _key(),
        _count("given", "Given"),
        _count("reassigned", "Reassigned"),
        *_spread("queue", "Time in queue"),
        *_spread("handling", "Handling"),
        _count("replies", "Replies"),
        _count("open", "Open now"),
        *_spread("age", "Backlog age", "backlog"),
    ),
    "outcomes": (
        _key(),
        _count("threads", "Threads"),
        _count("needing", "Needing an answer"),
        _count("answered", "Answered"),
        _share("response_rate", "Response rate"),
        _count("closed_answered", "Closed: answered"),
        _count("closed_no_reply_needed", "Closed: no reply needed"),
        _count("closed_duplicate", "Closed: duplicate"),
        _count("closed_handled_elsewhere", "Closed: handled elsewhere"),
        _count("closed_spam", "Closed: spam"),
        _count("closed", "Ever closed"),
        _count("reopened", "Reopened"),
        _share("reopen_rate", "Reopen rate"),
        _count("heard", "Heard"),
        _count("saved", "Saved"),
        _count("complaint_filed", "Complaint filed"),
        _count("thanks_in_public", "Thanks in public"),
        _count("sentiment_n", "Sentiment, n"),
        _number("sentiment_start", "Sentiment at start"),
        _number("sentiment_end", "Sentiment at end"),
    ),
    "incidents": (
        _key(),
        _count("incidents", "Incidents"),
        *_spread("detect", "To detect"),
        *_spread("acknowledge", "To acknowledge"),
        *_spread("state", "To first statement"),
        *_spread("close", "To close"),
    ),
    "scorecard": (
        _key("Line"),
        _text("side", "Side"),
        _text("area", "Area"),
        _number("value", "Value"),
        _text("unit", "Unit"),
        _number("target", "Target"),
        _text("on_target", "On target"),
        _text("source", "From"),
        _text("as_of", "As of"),
    ),
}
