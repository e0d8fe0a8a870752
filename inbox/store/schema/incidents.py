"""Tables of hot issues: what was counted, incidents with all that belongs to them, holds, and escalations."""

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)

from inbox.store.schema.base import Key, metadata, row_id
from inbox.store.types import Json, Utc

incident = Table(
    "incident",
    metadata,
    row_id(),
    Column("kind", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("severity", Text, nullable=False),
    Column("account_id", Key),
    Column("area_id", Key),
    Column("owner_id", Key),
    Column("began_at", Utc, nullable=False),
    Column("opened_at", Utc, nullable=False),
    Column("acknowledged_at", Utc),
    Column("stated_at", Utc),
    Column("closed_at", Utc),
    Column("stream", Text, nullable=False, default=""),
    Column("terms", Json, nullable=False, default=list),
    Column("evidence", Json, nullable=False, default=dict),
    Column("opened_by", Text, nullable=False, default=""),
    Column("acknowledged_by", Text, nullable=False, default=""),
    Column("confirmed_at", Utc),
    Column("contained_at", Utc),
    Column("last_sign_at", Utc),
    Column("merged_into", Key),
    Column("version", Integer, nullable=False, default=1),
    Index("ix_incident_opened", "opened_at"),
    Index("ix_incident_state", "state", "id"),
)
"""Hot issues; ``began_at`` is the posting of the first mention that belongs to it, ``closed_at`` also the time of a
dismissal."""

incident_thread = Table(
    "incident_thread",
    metadata,
    Column("incident_id", Key, ForeignKey("incident.id"), nullable=False),
    Column("thread_id", Key, ForeignKey("thread.id"), nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Utc, nullable=False),
    Column("removed_at", Utc),
    Column("match", Float),
    PrimaryKeyConstraint("incident_id", "thread_id"),
    Index("ix_incident_thread_thread", "thread_id"),
)
"""The threads that an incident gathered; ``by`` is ``match`` or who did it by hand. One that a person took out stays
out, whatever it matches. ``match`` is how much what it says is like what the incident is about, 0 to 1."""

incident_event = Table(
    "incident_event",
    metadata,
    row_id(),
    Column("incident_id", Key, ForeignKey("incident.id"), nullable=False, index=True),
    Column("at", Utc, nullable=False),
    Column("actor", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("details", Json, nullable=False, default=dict),
)
"""The timeline: changes of state, signs, notes, updates, what was done."""

incident_task = Table(
    "incident_task",
    metadata,
    row_id(),
    Column("incident_id", Key, ForeignKey("incident.id"), nullable=False, index=True),
    Column("position", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("assignee_id", Key),
    Column("due_at", Utc),
    Column("done_at", Utc),
    Column("done_by", Text, nullable=False, default=""),
)

statement = Table(
    "statement",
    metadata,
    row_id(),
    Column("incident_id", Key, ForeignKey("incident.id"), nullable=False, index=True),
    Column("text", Text, nullable=False),
    Column("accounts", Json, nullable=False),
    Column("state", Text, nullable=False),
    Column("written_by", Text, nullable=False),
    Column("written_at", Utc, nullable=False),
    Column("asked_at", Utc),
    Column("approved_by", Text, nullable=False, default=""),
    Column("approved_at", Utc),
    Column("version", Integer, nullable=False, default=1),
)
"""Holding statements and updates: draft, approval, published. An approval is of just this text."""

statement_post = Table(
    "statement_post",
    metadata,
    row_id(),
    Column("statement_id", Key, ForeignKey("statement.id"), nullable=False),
    Column("account_id", Key, ForeignKey("account.id"), nullable=False),
    Column("state", Text, nullable=False),
    Column("send_key", Text, nullable=False, unique=True),
    Column("attempts", Integer, nullable=False, default=0),
    Column("not_before", Utc, nullable=False),
    Column("sending_at", Utc),
    Column("sent_at", Utc),
    Column("remote_id", Text),
    Column("remote_url", Text, nullable=False, default=""),
    Column("error", Text, nullable=False, default=""),
    Column("read_backs", Integer, nullable=False, default=0),
    UniqueConstraint("statement_id", "account_id"),
)
"""A statement on one account: settled as replies are."""

hold = Table(
    "hold",
    metadata,
    row_id(),
    Column("account_id", Key),
    Column("incident_id", Key),
    Column("why", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("since", Utc, nullable=False),
    Column("released_at", Utc),
    Column("released_by", Text, nullable=False, default=""),
)
"""While one of these stands, nothing goes out: on one account, or (null) everywhere."""

escalation = Table(
    "escalation",
    metadata,
    row_id(),
    Column("thread_id", Key),
    Column("incident_id", Key),
    Column("name", Text, nullable=False),
    Column("policy", Json, nullable=False),
    Column("reason", Text, nullable=False),
    Column("raised_by", Text, nullable=False),
    Column("raised_at", Utc, nullable=False),
    Column("state", Text, nullable=False),
    Column("round", Integer, nullable=False, default=0),
    Column("step", Integer, nullable=False, default=0),
    Column("next_at", Utc),
    Column("acknowledged_at", Utc),
    Column("acknowledged_by", Text, nullable=False, default=""),
    Column("key", Text, nullable=False, unique=True),
    Column("version", Integer, nullable=False, default=1),
    Index("ix_escalation_state", "state", "next_at"),
    Index("ix_escalation_thread", "thread_id"),
)
"""Calls that must be acknowledged. ``policy`` is the ladder as it was when the call began; ``next_at`` is when its next
step comes; ``key`` names the call outside."""

escalation_call = Table(
    "escalation_call",
    metadata,
    row_id(),
    Column("escalation_id", Key, ForeignKey("escalation.id"), nullable=False),
    Column("round", Integer, nullable=False),
    Column("step", Integer, nullable=False),
    Column("target", Text, nullable=False),
    Column("employee_id", Key),
    Column("state", Text, nullable=False),
    Column("at", Utc, nullable=False),
    Column("not_before", Utc, nullable=False),
    Column("attempts", Integer, nullable=False, default=0),
    Column("error", Text, nullable=False, default=""),
    Column("sent_at", Utc),
    UniqueConstraint("escalation_id", "round", "step", "target"),
    Index("ix_escalation_call_state", "state", "not_before"),
)
"""Each person or service that a step calls: once a round."""

hot_count = Table(
    "hot_count",
    metadata,
    Column("stream", Text, nullable=False),
    Column("at", Utc, nullable=False),
    Column("posts", Integer, nullable=False, default=0),
    Column("authors", Integer, nullable=False, default=0),
    Column("negative", Integer, nullable=False, default=0),
    Column("reach", Key, nullable=False, default=0),
    PrimaryKeyConstraint("stream", "at"),
    sqlite_with_rowid=False,
)
"""What a stream heard in each five minutes, by when it was posted."""

hot_state = Table(
    "hot_state",
    metadata,
    Column("stream", Text, primary_key=True),
    Column("doc", Json, nullable=False),
    Column("at", Utc, nullable=False),
)
"""The baselines and thresholds, so that a restart forgets nothing."""

hot_lesson = Table(
    "hot_lesson",
    metadata,
    row_id(),
    Column("incident_id", Key, nullable=False),
    Column("kind", Text, nullable=False),
    Column("stream", Text, nullable=False),
    Column("terms", Json, nullable=False),
    Column("score", Float, nullable=False),
    Column("was_real", Boolean, nullable=False),
    Column("actor", Text, nullable=False),
    Column("at", Utc, nullable=False),
)
"""What dismissing, confirming and merging taught the detector."""

campaign = Table(
    "campaign",
    metadata,
    row_id(),
    Column("name", Text, nullable=False),
    Column("account_id", Key),
    Column("begins_at", Utc, nullable=False),
    Column("ends_at", Utc, nullable=False),
    Column("times", Float, nullable=False),
    Column("words", Json, nullable=False, default=list),
    Column("uid", Text, nullable=False, default=""),
    Column("by", Text, nullable=False),
    Column("at", Utc, nullable=False),
    Column("removed_at", Utc),
    Index("ix_campaign_ends", "ends_at"),
)
"""Campaigns that were announced: while one runs, ``times`` as many mentions as usual are usual on its account (null:
all), and its words are no news. ``uid`` names the entry of the calendar it came from."""

incident_draft = Table(
    "incident_draft",
    metadata,
    Column("incident_id", Key, ForeignKey("incident.id"), nullable=False),
    Column("employee_id", Key, ForeignKey("employee.id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("saved_at", Utc, nullable=False),
    PrimaryKeyConstraint("incident_id", "employee_id", "kind"),
)
"""What somebody is writing in an incident's room: a note, an update, a statement, a reply to all."""

service_poll = Table(
    "service_poll",
    metadata,
    Column("name", Text, primary_key=True),
    Column("cursor", Text, nullable=False),
    Column("at", Utc, nullable=False),
)
"""How far the answers on a service were read that the collector polls."""
