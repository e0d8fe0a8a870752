"""What each figure means, in sentences: the same on the screen, in commands and in files."""

from typing import Final

from inbox.model.report import By, Question, Timing
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
WORKLOAD: Final = (
    "Given: how often a thread was given to somebody; reassigned: those of them that somebody else had before, also "
    "with the queue between. Time in queue: each stay of a thread with nobody while a reply was awaited, until it was "
    "given, was moved on or put away. Handling: from when somebody first opened a thread's reply editor to when "
    "their own reply was sent; the next one begins with the next opening. Replies: answers that people gave. Open: "
    "threads that are new or open now. Backlog: waits of customers that run now, and their age since the oldest "
    "unanswered mention was posted."
)
OUTCOMES: Final = (
    "Threads by when they began. Needing: threads in which a customer waited for an answer, without those that were "
    "closed unanswered as needing no reply, as a duplicate or as spam; answered: those of them that a person answered; "
    "response rate: answered / needing. Closed for each reason: as they stand now; spam is counted in its own column "
    "alone. Reopen rate: threads that came back after a closing / threads that were ever closed. Sentiment from -1 "
    "(negative) to 1 (positive): of the customer's first and of their last mention, where two or more were judged. "
    "Heard, saved, complaint filed, thanks in public: what people said became of the customer."
)
INCIDENTS: Final = (
    "Incidents by when they were opened, without those dismissed. Detect: from the posting of the first mention to the "
    "opening; acknowledge, state (the first statement) and close: from the opening. Always round the clock."
)
SCORECARD: Final = (
    "Ten outward lines (what customers meet) and ten inward ones (how we work), each against its own target. A line is "
    "on target when its value is at the target or better. The totals are, for each side, the lines on target of the "
    "lines that have a value and a target; their ratio is the outward share divided by the inward share: under 1, we "
    "look better to ourselves than to customers; there is none while nothing inward is on target. An area without a "
    "target of its own is held against the company's. Lines that nothing computes show the figure entered last for a "
    "day before the end of the time."
)
_TITLES: Final = {
    "response-times": "Response times",
    "sla": "Targets",
    "volume": "Volume",
    "workload": "Workload",
    "outcomes": "Outcomes",
    "incidents": "Incidents",
    "scorecard": "Scorecard",
}
_METRICS: Final = {Metric.FIRST: "First response", Metric.NEXT: "Next response", Metric.RESOLUTION: "Resolution"}
_GROUPS: Final = {
    By.AREA: "The area is the thread's area now.",
    By.PRIORITY: "The priority is the thread's priority now.",
    By.BRAND: "An account without a brand stands for itself.",
}
_WHO: Final = {
    "response-times": "The employee is who answered, or where that is not known who had the thread then.",
    "sla": "The employee is who answered, or who had the thread when the clock started, or else later.",
    "volume": "The employee is who wrote the answer, or who had the thread then or got it later.",
    "workload": "The employee is who was given the thread, took it out of the queue, wrote the reply or has it now.",
    "outcomes": "The employee is who has the thread or had it last.",
    "incidents": "The employee is the incident's owner.",
}
_AREAS: Final = {
    "workload": "The area is where the thread lay when it was given or waited; for the other columns, its area now.",
    "incidents": "The area is the incident's.",
}
_PRIORITIES: Final = {"incidents": "Priority is the incident's severity."}
_OWN: Final = {
    Timing.CALENDAR: "Calendar time: every minute counts.",
    Timing.BUSINESS: "Business time: only open hours count, of the calendar that the clock had, or around the clock "
    "where it had none.",
}
_OF_AREA: Final = {
    Timing.CALENDAR: _OWN[Timing.CALENDAR],
    Timing.BUSINESS: "Business time: only open hours count, of the area's calendar, or around the clock where it has "
    "none.",
}


def definition(asked: Question) -> str:
    """How the figures of a report are made, in plain sentences."""
    said = [_main(asked), PEOPLE, PERIOD]
    if asked.report != "scorecard":
        said.append(_grouping(asked))
    return " ".join(each for each in said if each)


def title(asked: Question) -> str:
    """What the report is called."""
    if asked.report in {"response-times", "sla"}:
        return f"{_TITLES[asked.report]}: {_METRICS[asked.metric].lower()} by {asked.by}"
    return _TITLES[asked.report] if asked.report == "scorecard" else f"{_TITLES[asked.report]} by {asked.by}"


def _main(asked: Question) -> str:
    if asked.report == "response-times":
        return f"{WAITS[asked.metric]} {SPREAD} {_OWN[asked.timing]}"
    if asked.report == "sla":
        return f"{TARGETS} {WAITS[asked.metric]} A target runs in the hours of its policy's calendar."
    if asked.report == "workload":
        return f"{WORKLOAD} {SPREAD} {_OF_AREA[asked.timing]}"
    if asked.report == "incidents":
        return f"{INCIDENTS} {SPREAD}"
    return {"volume": VOLUME, "outcomes": OUTCOMES, "scorecard": SCORECARD}[asked.report]


def _grouping(asked: Question) -> str:
    if asked.by is By.EMPLOYEE:
        return _WHO[asked.report]
    if asked.by is By.AREA and asked.report in _AREAS:
        return _AREAS[asked.report]
    if asked.by is By.PRIORITY and asked.report in _PRIORITIES:
        return _PRIORITIES[asked.report]
    return _GROUPS.get(asked.by, "")
