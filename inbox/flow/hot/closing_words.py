"""A closing report in words: its summary, and what stands where something did not happen."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from inbox.flow.hot.closing import Closing
from inbox.flow.hot.closing_parts import CallDone, CallStep, LessonSaid, Said, Stood, TaskDone
from inbox.flow.report_files.cells import shown
from inbox.flow.report_files.cells import span as minutes_span
from inbox.model.escalation import CallState, EscalationState
from inbox.model.incident import BY_HAND, IncidentState, StatementState
from inbox.model.report import ColumnKind
from inbox.model.words import ReplyState

Told = Callable[[datetime], str]
_POSTED: Final = {
    ReplyState.QUEUED: "waits to go out",
    ReplyState.SENDING: "is going out",
    ReplyState.SENT: "stands since {at}",
    ReplyState.FAILED: "did not go out",
    ReplyState.UNKNOWN: "may stand, which is being looked up",
    ReplyState.CANCELLED: "was taken back before it went out",
}
REPLIED: Final = {
    ReplyState.SENT: "sent",
    ReplyState.QUEUED: "waiting",
    ReplyState.SENDING: "going out",
    ReplyState.UNKNOWN: "being looked up",
    ReplyState.FAILED: "failed",
    ReplyState.CANCELLED: "taken back",
}
_STATEMENTS: Final = {
    StatementState.DRAFT: "a draft, not published",
    StatementState.ASKED: "not approved, not published",
    StatementState.APPROVED: "approved, not published",
    StatementState.PUBLISHED: "published",
}
_CALLED: Final = {
    CallState.DUE: "not called yet",
    CallState.SENT: "called",
    CallState.FAILED: "could not be reached",
    CallState.NOBODY: "nobody was there",
}


def title(of: Closing) -> str:
    """What the report is called."""
    return f"Incident report: {of.incident.title}"


def note(of: Closing) -> str:
    """What has to be known before reading on; empty where there is nothing."""
    state = of.incident.state
    if not of.is_over:
        return f"A report so far: the incident is {state} and still open. Figures and times will change."
    if state is IncidentState.DISMISSED:
        return "The incident was dismissed: somebody judged that it was none."
    if state is IncidentState.MERGED:
        return "The incident was merged into another, which holds its threads too and has a report of its own."
    return ""


def summary(of: Closing) -> str:
    """The incident in a few sentences."""
    parts = [_how_it_began(of), _how_many(of), _how_answered(of), _how_stated(of), _how_it_ended(of)]
    return " ".join(each for each in parts if each)


def took(of: timedelta | None) -> str:
    """A duration; a dash for none, and said so where it is one before."""
    if of is None:
        return "-"
    seconds = of.total_seconds()
    return minutes_span(seconds / 60) if seconds >= 0 else f"{minutes_span(-seconds / 60)} before"


def share(of: float | None) -> str:
    """A share in percent; a dash for none."""
    return shown(of, ColumnKind.SHARE) if of is None else f"{of:.0%}"


def count(n: int, one: str, many: str = "") -> str:
    """A number with what it counts."""
    return f"{n:,} {one if n == 1 else many or f'{one}s'}"


def task(of: TaskDone, *, is_over: bool) -> str:
    """What became of a task."""
    if of.done_at is not None:
        return f"Done, {took(of.late)} late" if of.late else "Done"
    if of.late:
        return f"Not done, {took(of.late)} late"
    return "Not done" if is_over else "To be done"


def bulk(of: Closing) -> str:
    """What became of the replies to all; empty where there were none."""
    found = of.bulk_replies
    if not found:
        return ""
    said = ", ".join(f"{found[state]:,} {words}" for state, words in REPLIED.items() if state in found)
    return f"Of {count(sum(found.values()), 'reply', 'replies')} to all: {said}."


def statement(of: Said, told: Told) -> str:
    """Who wrote and approved a statement, and when."""
    said = f"Written by {of.by}, {told(of.at)}"
    if of.approved_at is not None:
        said += f"; approved by {of.approved_by}, {told(of.approved_at)}"
    return f"{said}; {_STATEMENTS[of.state]}."


def stood(of: Stood, told: Told) -> str:
    """What became of a statement on one account."""
    words = _POSTED[of.state].format(at="" if of.at is None else told(of.at)).removesuffix(" since ")
    return f"{of.account}: {words}{f' ({of.error})' if of.error else ''}"


def call(of: CallDone) -> str:
    """How a call for help ended."""
    if of.after is not None:
        return f"acknowledged by {of.acknowledged_by} after {took(of.after)}"
    return {
        EscalationState.RUNNING: "nobody has acknowledged it yet",
        EscalationState.EXHAUSTED: "nobody acknowledged it",
        EscalationState.CANCELLED: "it was taken back before anybody acknowledged it",
    }.get(of.state, str(of.state))


def step(of: CallStep) -> str:
    """What came of one step of a call."""
    return _CALLED[of.state]


def lesson(of: LessonSaid) -> str:
    """What somebody taught the detector."""
    learnt = "it was real" if of.was_real else "it was none, and such an alarm is not raised again for a week"
    about = f" ({', '.join(f'“{each}”' for each in of.terms[:3])})" if of.terms else ""
    return f"{of.by[:1].upper()}{of.by[1:]} taught the detector about this alarm{about}: {learnt}."


def no_lesson(of: Closing) -> str:
    """Why nothing was learnt."""
    if of.incident.kind == BY_HAND:
        return "It was opened by hand, so there was no alarm to learn from."
    return "Nobody said whether the alarm was right, so the detector learnt nothing from it."


def _how_it_began(of: Closing) -> str:
    found = of.incident
    after = found.opened_at - found.began_at
    how = "opened by hand" if found.kind == BY_HAND else "detected"
    first = f"It was {how} {took(after)} after its first mention" if after > timedelta(0) else f"It was {how}"
    if found.acknowledged_at is None:
        return f"{first}. {_missing(of, 'acknowledged')}"
    by = next((f" by {each.by}" for each in of.times if each.key == "acknowledged" and each.by), "")
    lag = found.acknowledged_at - found.opened_at
    return f"{first} and acknowledged{by} {f'{took(lag)} later' if lag > timedelta(0) else 'at once'}."


def _how_many(of: Closing) -> str:
    figures = of.figures
    if not figures.threads:
        return "It holds no threads."
    wrote, are = ("wrote", "were") if of.is_over else ("have written" if figures.people != 1 else "has written", "are")
    return (
        f"{count(figures.people, 'person', 'people')} {wrote} {count(figures.mentions, 'mention')} in "
        f"{count(figures.threads, 'thread')}; {share(figures.negative)} of the mentions {are} negative."
    )


def _how_answered(of: Closing) -> str:
    found = of.answers
    if not found.threads:
        return ""
    if not found.answered:
        return "No thread was answered." if of.is_over else "No thread has been answered yet."
    was = "was" if found.answered == 1 else "were"
    half = f", half of them within {took(found.median)}" if found.answered > 1 else f", after {took(found.median)}"
    return f"{found.answered:,} of {count(found.threads, 'thread')} {was} answered{half}."


def _how_stated(of: Closing) -> str:
    found = of.incident
    if found.stated_at is None:
        return _missing(of, "stated")
    lag = found.stated_at - found.opened_at
    when = f"{took(lag)} after it was {'opened' if found.kind == BY_HAND else 'detected'}"
    return f"The first statement stood {when if lag >= timedelta(0) else f'{took(lag)} it was detected'}."


def _how_it_ended(of: Closing) -> str:
    found = of.incident
    if of.is_over and found.closed_at is not None:
        verb = {IncidentState.DISMISSED: "dismissed", IncidentState.MERGED: "merged"}.get(found.state, "closed")
        return f"It was {verb} after {took(found.closed_at - found.opened_at)}."
    return f"It has been open for {took(max(of.made_at - found.opened_at, timedelta(0)))}."


def _missing(of: Closing, key: str) -> str:
    return next((each.said for each in of.times if each.key == key), "")
