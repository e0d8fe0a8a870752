"""What a policy would promise a mention posted at some time, with the sum shown. By the same code as the clocks."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from inbox.model.words import Metric, Priority
from inbox.model.workspace import Calendar, Policy
from inbox.sla.calendar import due, open_spans
from inbox.sla.policy import target


@dataclass(frozen=True, slots=True)
class Promise:
    """A deadline: ``due_at`` None is more than 10 years away. The lengths of ``spans`` add up to ``target``."""

    target: timedelta
    due_at: datetime | None
    warn_at: datetime | None
    spans: tuple[tuple[datetime, datetime], ...]


def preview(policy: Policy, priority: Priority, calendar: Calendar, at: datetime) -> dict[Metric, Promise]:
    """The promises for a mention posted at ``at``; metrics without a target are left out.

    Raises ``CalendarRefused``.
    """
    found: dict[Metric, Promise] = {}
    for metric in Metric:
        allowed = target(policy, metric, priority)
        if allowed is None:
            continue
        due_at = due(calendar, at, allowed)
        warned = due_at is not None and policy.warn_before
        warn_at = due(calendar, at, max(allowed - policy.warn_before, timedelta(0))) if warned else None
        spans = () if due_at is None else tuple(open_spans(calendar, at, due_at))
        found[metric] = Promise(allowed, due_at, warn_at, spans)
    return found
