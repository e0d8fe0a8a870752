"""What each figure means, in sentences: the same on the screen, in commands and in files; and its columns."""

from typing import Final

from inbox.model.report import By, ColumnKind, Question, ReportColumn, Timing
from inbox.model.words import Metric

WAITS: Final = {
    Metric.FIRST: "First response: from the posting of a thread's first mention that needs a reply to the first answer "
    "by a person, at the network's time. Threads that begin with an answer to something else count in next response.",
    Metric.NEXT: "Next response: from the oldest unanswered mention to the answer by a person; one wait counts once.",
    Metric.RESOLUTION: "Resolution: from the start of the first wait to the closing of the thread, without the time in "
    "which it waited on the customer; a reopening counts anew.",
}
SPREAD: Final = (
    "n is how many; the median is the middle one, and p90 the smallest that at least 90 in 100 do not exceed."
)
PEOPLE: Final = (
    "People only: automatic posts, spam and posts of our own employees are left out; an answered thread never is."
)
PERIOD: Final = "A figure belongs to the period in which its clock started."
TARGETS: Final = (
    "Share within target: met / (met + breached), of the clocks that had a target. Closing without an answer cancels a "
    "clock: it counts as neither."
)
VOLUME: Final = (
    "Volume: customers' mentions by the time they were posted, how many need a reply, from how many authors, in how "
    "many threads, and the answers that people gave."
)
TITLES: Final = {
    "response-times": "Response times",
    "sla": "Targets",
    "volume": "Volume",
}
_METRICS: Final = {Metric.FIRST: "First response", Metric.NEXT: "Next response", Metric.RESOLUTION: "Resolution"}
_GROUPS: Final = {
    By.AREA: "The area is the thread's area now.",
    By.PRIORITY: "The priority is the thread's priority now.",
    By.BRAND: "An account without a brand stands for itself.",
}
_WHO: Final = {
    "response-times": "The employee is who answered, or where that is not known who had the thread then.",
    "sla": "The employee is who answered, or who had the thread last before the clock started or since.",
    "volume": "The employee is who wrote the answer, or who had the thread then or got it later.",
}
_TIMES: Final = {
    Timing.CALENDAR: "Calendar time: every minute counts.",
    Timing.BUSINESS: "Business time: only open hours count, of the calendar that the clock had, or around the clock "
    "where it had none.",
}


def definition(asked: Question) -> str:
    """How the figures of a report are made, in plain sentences."""
    said = [_main(asked), PEOPLE, PERIOD]
    if asked.by is By.EMPLOYEE:
        said.append(_WHO[asked.report])
    elif asked.by in _GROUPS:
        said.append(_GROUPS[asked.by])
    return " ".join(each for each in said if each)


def _main(asked: Question) -> str:
    if asked.report == "response-times":
        return f"{WAITS[asked.metric]} {SPREAD} {_TIMES[asked.timing]}"
    if asked.report == "sla":
        return f"{TARGETS} {WAITS[asked.metric]} A target runs in the hours of its policy's calendar."
    return VOLUME


def title(asked: Question) -> str:
    """What the report is called."""
    if asked.report in {"response-times", "sla"}:
        return f"{TITLES[asked.report]}: {_METRICS[asked.metric].lower()} by {asked.by}"
    return f"{TITLES[asked.report]} by {asked.by}"


def columns(report: str) -> tuple[ReportColumn, ...]:
    """The columns of a report, the key first."""
    return (ReportColumn("key", "Key", ColumnKind.TEXT), *_COLUMNS[report])


def spread(prefix: str, title: str) -> tuple[ReportColumn, ...]:
    """The columns n, mean, median and p90 of some minutes."""
    return (
        ReportColumn(f"{prefix}n", f"{title}n".strip(), ColumnKind.COUNT),
        ReportColumn(f"{prefix}mean_minutes", f"{title}mean", ColumnKind.MINUTES),
        ReportColumn(f"{prefix}median_minutes", f"{title}median", ColumnKind.MINUTES),
        ReportColumn(f"{prefix}p90_minutes", f"{title}p90", ColumnKind.MINUTES),
    )


_COLUMNS: Final = {
    "response-times": (
        ReportColumn("n", "n", ColumnKind.COUNT),
        ReportColumn("mean_minutes", "Mean", ColumnKind.MINUTES),
        ReportColumn("median_minutes", "Median", ColumnKind.MINUTES),
        ReportColumn("p90_minutes", "p90", ColumnKind.MINUTES),
    ),
    "sla": (
        ReportColumn("metric", "Metric", ColumnKind.TEXT),
        ReportColumn("met", "Met", ColumnKind.COUNT),
        ReportColumn("breached", "Breached", ColumnKind.COUNT),
        ReportColumn("open", "Open", ColumnKind.COUNT),
        ReportColumn("cancelled", "Cancelled", ColumnKind.COUNT),
        ReportColumn("share_met", "Within target", ColumnKind.SHARE),
    ),
    "volume": (
        ReportColumn("mentions", "Mentions", ColumnKind.COUNT),
        ReportColumn("needing_reply", "Needing a reply", ColumnKind.COUNT),
        ReportColumn("authors", "Authors", ColumnKind.COUNT),
        ReportColumn("threads", "Threads", ColumnKind.COUNT),
        ReportColumn("answers", "Answers", ColumnKind.COUNT),
    ),
}
