"""The tables of a workspace, one schema for both engines."""

from inbox.store.schema.accounts import account, gap, quarantine, source
from inbox.store.schema.base import VERSION, metadata
from inbox.store.schema.learning import correction, dismissal, learned, notice, placement
from inbox.store.schema.links import awaited
from inbox.store.schema.measuring import handling, incident, report_run, score_entry, spell
from inbox.store.schema.people import area, config, employee, workspace
from inbox.store.schema.system import audit, change, lease, request
from inbox.store.schema.threads import (
    author,
    clock,
    counter,
    mention,
    mention_local,
    mention_text,
    note,
    payload,
    reason,
    status_event,
    thread,
    thread_account,
    thread_tag,
)
from inbox.store.schema.writing import draft, outbox, presence

__all__ = [
    "VERSION",
    "account",
    "area",
    "audit",
    "author",
    "awaited",
    "change",
    "clock",
    "config",
    "correction",
    "counter",
    "dismissal",
    "draft",
    "employee",
    "gap",
    "handling",
    "incident",
    "learned",
    "lease",
    "mention",
    "mention_local",
    "mention_text",
    "metadata",
    "note",
    "notice",
    "outbox",
    "payload",
    "placement",
    "presence",
    "quarantine",
    "reason",
    "report_run",
    "request",
    "score_entry",
    "source",
    "spell",
    "status_event",
    "thread",
    "thread_account",
    "thread_tag",
    "workspace",
]
