"""Says in a sentence which policy a new clock runs under, and how long it gives."""

from datetime import datetime, timedelta

from inbox.flow.clocks import Plan
from inbox.model.thread import Reason
from inbox.model.words import Metric, ReasonStep

_WHAT = {Metric.FIRST: "the first response", Metric.NEXT: "the next response", Metric.RESOLUTION: "the resolution"}


def policy_reason(plan: Plan, now: datetime) -> Reason | None:
    """The reason for the response clock that this plan starts, None when it starts none."""
    started = next((row for row in plan.started if row.metric is not Metric.RESOLUTION), None)
    if started is None:
        return None
    what = _WHAT[started.metric]
    details = {"policy": started.policy, "metric": str(started.metric), "calendar": started.calendar}
    if started.policy is None:
        sentence = "No policy matches, so time is measured and there is no deadline."
    elif started.target is None:
        sentence = f"The policy “{started.policy}” sets no deadline for {what}."
    elif started.due_at is None:
        sentence = f"The policy “{started.policy}” gives no deadline for {what}: it would be more than 10 years away."
    else:
        hours = f" in the hours of “{started.calendar}”" if started.calendar else ""
        sentence = f"The policy “{started.policy}” gives {spoken(started.target)} for {what}{hours}."
    return Reason(ReasonStep.POLICY, sentence, now, (), details)


def spoken(span: timedelta) -> str:
    """A duration as people say it, to the second: ``1 h 30 min``."""
    seconds = int(span.total_seconds())
    hours, minutes, rest = seconds // 3600, seconds % 3600 // 60, seconds % 60
    parts = [(hours, "h"), (minutes, "min"), (rest, "s")]
    return " ".join(f"{number} {unit}" for number, unit in parts if number) or "0 s"
