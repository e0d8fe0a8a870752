"""Threads as the JSON documents that other programs rely on; times RFC 3339 UTC, durations seconds."""

from typing import Any

from inbox.cli.output import iso, seconds
from inbox.model.clock import Clock
from inbox.model.fact import Facts
from inbox.model.mention import Author, Mention
from inbox.model.thread import AuditEvent, Note, Reason, Thread, ThreadRow

Document = dict[str, Any]


def row_document(row: ThreadRow) -> Document:
    """A thread as ``inbox threads`` lists it."""
    return {
        "id": row.id,
        "status": row.status,
        "area": row.area,
        "assignee": row.assignee,
        "priority": row.priority,
        "account": row.account,
        "network": row.network,
        "author": row.author_handle or row.author_name,
        "text": row.text,
        "mentions": row.mentions,
        "first_mention_at": iso(row.first_mention_at),
        "last_mention_at": iso(row.last_mention_at),
        "next_due_at": iso(row.next_due_at),
        "breached": row.breached,
        "incident": row.incident,
        "escalated": row.escalated,
        "version": row.version,
        "tags": list(row.tags),
        "unread": row.unread,
    }


def thread_document(thread: Thread) -> Document:
    """A whole thread as ``inbox show`` prints it."""
    return {
        **row_document(thread.row),
        "author": author_document(thread.author),
        "close_reason": thread.close_reason,
        "outcome": thread.outcome,
        "snoozed_until": iso(thread.snoozed_until),
        "mentions": [mention_document(each) for each in thread.mentions],
        "clocks": [clock_document(each) for each in thread.clocks],
        "why": [reason_document(each) for each in thread.why],
        "notes": [note_document(each) for each in thread.notes],
        "audit": [event_document(each) for each in thread.audit],
        "also_accounts": list(thread.also_accounts),
        "linked": list(thread.linked),
        "earlier": [each.id for each in thread.earlier],
    }


def author_document(author: Author) -> Document:
    """Who wrote."""
    return {
        "id": author.remote_id,
        "handle": author.handle,
        "name": author.name,
        "followers": author.followers,
        "verified": author.verified,
        "tags": list(author.tags),
    }


def mention_document(mention: Mention) -> Document:
    """One mention; ``id`` is the network's own, as an import names it."""
    return {
        "id": mention.global_id,
        "number": mention.id,
        "direction": mention.direction,
        "kind": mention.kind,
        "visibility": mention.visibility,
        "author": author_document(mention.author),
        "text": mention.text,
        "created_at": iso(mention.created_at),
        "stored_at": iso(mention.stored_at),
        "url": mention.url,
        "in_reply_to": mention.in_reply_to,
        "language": mention.language,
        "likes": mention.likes,
        "shares": mention.shares,
        "replies": mention.replies,
        "media": [{"url": each.url, "kind": each.kind, "alt": each.alt} for each in mention.media],
        "edited_at": iso(mention.edited_at),
        "earlier_texts": list(mention.earlier_texts),
        "deleted_at": iso(mention.deleted_at),
        "needs_reply": mention.needs_reply,
        "sentiment": mention.sentiment,
        "facts": facts_document(mention.facts),
        "automatic": mention.automatic,
        "by_employee": mention.by_employee,
    }


def facts_document(facts: Facts) -> Document:
    """Each fact by its name: ``value`` (null: not clear), ``probability``, who says so, and why."""
    return {
        kind: {"value": fact.value, "probability": round(fact.probability, 4), "by": fact.by, "why": fact.why}
        for kind, fact in facts.items()
    }


def clock_document(clock: Clock) -> Document:
    """One clock; ``paused`` holds [from, to] pairs, ``to`` being null while it is paused."""
    return {
        "metric": clock.metric,
        "cycle": clock.cycle,
        "started_at": iso(clock.started_at),
        "due_at": iso(clock.due_at),
        "warn_at": iso(clock.warn_at),
        "met_at": iso(clock.met_at),
        "breached_at": iso(clock.breached_at),
        "cancelled_at": iso(clock.cancelled_at),
        "cancel_reason": clock.cancel_reason,
        "paused": [[iso(start), iso(end)] for start, end in clock.paused],
        "policy": clock.policy,
        "calendar": clock.calendar,
        "target": seconds(clock.target),
    }


def reason_document(reason: Reason) -> Document:
    """One step of the routing and why."""
    return {
        "step": reason.step,
        "reason": reason.sentence,
        "at": iso(reason.at),
        "matched": list(reason.matched),
        "details": reason.details,
    }


def note_document(note: Note) -> Document:
    """A note."""
    return {"id": note.id, "employee": note.employee, "text": note.text, "created_at": iso(note.created_at)}


def event_document(event: AuditEvent) -> Document:
    """An audit event."""
    return {
        "id": event.id,
        "at": iso(event.at),
        "actor": event.actor,
        "action": event.action,
        "details": event.details,
    }
