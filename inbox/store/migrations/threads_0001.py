"""The first tables of threads and of what people write in them, as they were."""

import sqlalchemy as sa
from alembic import op

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def make() -> None:
    """In an order that foreign keys allow."""
    _author()
    _counter()
    _thread()
    _clock()
    _draft()
    _mention()
    _note()
    _outbox()
    _presence()
    _reason()
    _status_event()
    _thread_account()
    _thread_tag()
    _awaited()
    _mention_local()
    _mention_text()
    _payload()


def _author() -> None:
    op.create_table(
        "author",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("network", sa.Text(), nullable=False),
        sa.Column("remote_id", sa.Text(), nullable=False),
        sa.Column("handle", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("followers", sa.BigInteger(), nullable=True),
        sa.Column("verified", sa.Boolean(), nullable=False),
        sa.Column("tags", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_author")),
        sa.UniqueConstraint("network", "remote_id", name=op.f("uq_author_network_remote_id")),
    )


def _counter() -> None:
    op.create_table(
        "counter",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("queue", sa.SmallInteger(), nullable=False),
        sa.Column("area_id", KEY, nullable=False),
        sa.Column("assignee_id", KEY, nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_counter")),
    )
    op.create_index("ix_counter_key", "counter", ["queue", "area_id", "assignee_id"], unique=False)


def _thread() -> None:
    op.create_table(
        "thread",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("author_id", KEY, nullable=False),
        sa.Column("network", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("linked_to", KEY, nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("close_reason", sa.Text(), nullable=True),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.Column("priority", sa.Text(), nullable=False),
        sa.Column("area_id", KEY, nullable=True),
        sa.Column("assignee_id", KEY, nullable=True),
        sa.Column("last_assignee_id", KEY, nullable=True),
        sa.Column("assigned_at", sa.BigInteger(), nullable=True),
        sa.Column("started_at", sa.BigInteger(), nullable=True),
        sa.Column("snoozed_until", sa.BigInteger(), nullable=True),
        sa.Column("policy", sa.Text(), nullable=True),
        sa.Column("hidden", sa.Boolean(), nullable=False),
        sa.Column("needs_reply", sa.Boolean(), nullable=True),
        sa.Column("unread", sa.Boolean(), nullable=False),
        sa.Column("escalated", sa.Boolean(), nullable=False),
        sa.Column("incident", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("mentions", sa.Integer(), nullable=False),
        sa.Column("author_name", sa.Text(), nullable=False),
        sa.Column("author_handle", sa.Text(), nullable=False),
        sa.Column("followers", sa.BigInteger(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("first_mention_at", sa.BigInteger(), nullable=False),
        sa.Column("last_mention_at", sa.BigInteger(), nullable=False),
        sa.Column("last_inbound_at", sa.BigInteger(), nullable=True),
        sa.Column("last_outbound_at", sa.BigInteger(), nullable=True),
        sa.Column("next_due_at", sa.BigInteger(), nullable=True),
        sa.Column("warn_at", sa.BigInteger(), nullable=True),
        sa.Column("breached", sa.Boolean(), nullable=False),
        sa.Column("met_at", sa.BigInteger(), nullable=True),
        sa.Column(
            "queue",
            sa.SmallInteger(),
            sa.Computed(
                "CASE WHEN hidden THEN 0 WHEN status IN ('new', 'open') THEN 1 WHEN status = 'waiting' THEN 2 "
                "WHEN status = 'snoozed' THEN 3 ELSE 4 END",
                persisted=True,
            ),
            nullable=False,
        ),
        sa.Column(
            "due_order",
            sa.BigInteger(),
            sa.Computed("COALESCE(next_due_at, 9223372036854775807)", persisted=True),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_thread_account_id")),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_thread_area_id")),
        sa.ForeignKeyConstraint(["assignee_id"], ["employee.id"], name=op.f("fk_thread_assignee_id")),
        sa.ForeignKeyConstraint(["author_id"], ["author.id"], name=op.f("fk_thread_author_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thread")),
    )
    op.create_index("ix_thread_area_due", "thread", ["queue", "area_id", "due_order", "id"], unique=False)
    op.create_index("ix_thread_area_newest", "thread", ["queue", "area_id", "last_mention_at", "id"], unique=False)
    op.create_index(
        "ix_thread_assignee_due",
        "thread",
        ["queue", "assignee_id", "due_order", "id"],
        unique=False,
        sqlite_where=sa.text("assignee_id IS NOT NULL"),
        postgresql_where=sa.text("assignee_id IS NOT NULL"),
    )
    op.create_index("ix_thread_author_account", "thread", ["author_id", "account_id"], unique=False)
    op.create_index("ix_thread_due", "thread", ["queue", "due_order", "id"], unique=False)
    op.create_index(
        "ix_thread_linked",
        "thread",
        ["linked_to"],
        unique=False,
        sqlite_where=sa.text("linked_to IS NOT NULL"),
        postgresql_where=sa.text("linked_to IS NOT NULL"),
    )
    op.create_index(
        "ix_thread_name",
        "thread",
        ["account_id", "name"],
        unique=True,
        sqlite_where=sa.text("name IS NOT NULL"),
        postgresql_where=sa.text("name IS NOT NULL"),
    )
    op.create_index("ix_thread_newest", "thread", ["queue", "last_mention_at", "id"], unique=False)
    op.create_index(
        "ix_thread_snoozed",
        "thread",
        ["snoozed_until"],
        unique=False,
        sqlite_where=sa.text("status = 'snoozed'"),
        postgresql_where=sa.text("status = 'snoozed'"),
    )


def _clock() -> None:
    op.create_table(
        "clock",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("thread_id", KEY, nullable=False),
        sa.Column("metric", sa.Text(), nullable=False),
        sa.Column("cycle", sa.Integer(), nullable=False),
        sa.Column("mention_id", KEY, nullable=True),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=True),
        sa.Column("warn_at", sa.BigInteger(), nullable=True),
        sa.Column("warned_at", sa.BigInteger(), nullable=True),
        sa.Column("met_at", sa.BigInteger(), nullable=True),
        sa.Column("breached_at", sa.BigInteger(), nullable=True),
        sa.Column("cancelled_at", sa.BigInteger(), nullable=True),
        sa.Column("cancel_reason", sa.Text(), nullable=True),
        sa.Column("policy", sa.Text(), nullable=True),
        sa.Column("calendar", sa.Text(), nullable=True),
        sa.Column("target", sa.BigInteger(), nullable=True),
        sa.Column("paused", sa.Text(), nullable=True),
        sa.Column("terms", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["thread_id"], ["thread.id"], name=op.f("fk_clock_thread_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock")),
        sa.UniqueConstraint("thread_id", "metric", "cycle", name=op.f("uq_clock_thread_id_metric_cycle")),
    )
    op.create_index(
        "ix_clock_due",
        "clock",
        ["due_at"],
        unique=False,
        sqlite_where=sa.text("met_at IS NULL AND cancelled_at IS NULL AND breached_at IS NULL AND due_at IS NOT NULL"),
        postgresql_where=sa.text(
            "met_at IS NULL AND cancelled_at IS NULL AND breached_at IS NULL AND due_at IS NOT NULL"
        ),
    )
    op.create_index(
        "ix_clock_warn",
        "clock",
        ["warn_at"],
        unique=False,
        sqlite_where=sa.text("met_at IS NULL AND cancelled_at IS NULL AND warned_at IS NULL AND warn_at IS NOT NULL"),
        postgresql_where=sa.text(
            "met_at IS NULL AND cancelled_at IS NULL AND warned_at IS NULL AND warn_at IS NOT NULL"
        ),
    )


def _draft() -> None:
    op.create_table(
        "draft",
        sa.Column("thread_id", KEY, nullable=False),
        sa.Column("employee_id", KEY, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("visibility", sa.Text(), nullable=False),
        sa.Column("answers", KEY, nullable=True),
        sa.Column("thread_version", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["employee_id"], ["employee.id"], name=op.f("fk_draft_employee_id")),
        sa.ForeignKeyConstraint(["thread_id"], ["thread.id"], name=op.f("fk_draft_thread_id")),
        sa.PrimaryKeyConstraint("thread_id", "employee_id", "kind", name=op.f("pk_draft")),
    )


def _mention() -> None:
    op.create_table(
        "mention",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("network", sa.Text(), nullable=False),
        sa.Column("global_id", sa.Text(), nullable=False),
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("thread_id", KEY, nullable=False),
        sa.Column("author_id", KEY, nullable=False),
        sa.Column("direction", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("visibility", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("stored_at", sa.BigInteger(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("in_reply_to", sa.Text(), nullable=True),
        sa.Column("root", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("likes", sa.BigInteger(), nullable=True),
        sa.Column("shares", sa.BigInteger(), nullable=True),
        sa.Column("replies", sa.BigInteger(), nullable=True),
        sa.Column("media", sa.Text(), nullable=True),
        sa.Column("edited_at", sa.BigInteger(), nullable=True),
        sa.Column("deleted_at", sa.BigInteger(), nullable=True),
        sa.Column("needs_reply", sa.Boolean(), nullable=True),
        sa.Column("sentiment", sa.Text(), nullable=True),
        sa.Column("by_employee", sa.Text(), nullable=True),
        sa.Column("automatic", sa.Boolean(), nullable=False),
        sa.Column("acknowledgement", sa.Boolean(), nullable=False),
        sa.Column("is_repost", sa.Boolean(), nullable=False),
        sa.Column("before_connection", sa.Boolean(), nullable=False),
        sa.Column("triaged", sa.Boolean(), nullable=False),
        sa.Column("checked_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_mention_account_id")),
        sa.ForeignKeyConstraint(["author_id"], ["author.id"], name=op.f("fk_mention_author_id")),
        sa.ForeignKeyConstraint(["thread_id"], ["thread.id"], name=op.f("fk_mention_thread_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mention")),
        sa.UniqueConstraint("network", "global_id", name=op.f("uq_mention_network_global_id")),
    )
    op.create_index("ix_mention_thread", "mention", ["thread_id", "created_at"], unique=False)
    op.create_index(
        "ix_mention_untriaged",
        "mention",
        ["created_at", "id"],
        unique=False,
        sqlite_where=sa.text("NOT triaged"),
        postgresql_where=sa.text("NOT triaged"),
    )


def _note() -> None:
    op.create_table(
        "note",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("thread_id", KEY, nullable=False),
        sa.Column("employee", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["thread_id"], ["thread.id"], name=op.f("fk_note_thread_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note")),
    )
    op.create_index(op.f("ix_note_thread_id"), "note", ["thread_id"], unique=False)


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("thread_id", KEY, nullable=False),
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("employee_id", KEY, nullable=True),
        sa.Column("employee", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("visibility", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("after_send", sa.Text(), nullable=False),
        sa.Column("answers", KEY, nullable=True),
        sa.Column("thread_version", sa.Integer(), nullable=False),
        sa.Column("send_key", sa.Text(), nullable=False),
        sa.Column("acknowledgement", sa.Boolean(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("remote_id", sa.Text(), nullable=True),
        sa.Column("remote_url", sa.Text(), nullable=False),
        sa.Column("queued_at", sa.BigInteger(), nullable=False),
        sa.Column("not_before", sa.BigInteger(), nullable=False),
        sa.Column("sending_at", sa.BigInteger(), nullable=True),
        sa.Column("sent_at", sa.BigInteger(), nullable=True),
        sa.Column("read_backs", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_outbox_account_id")),
        sa.ForeignKeyConstraint(["thread_id"], ["thread.id"], name=op.f("fk_outbox_thread_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("send_key", name=op.f("uq_outbox_send_key")),
    )
    op.create_index(
        "ix_outbox_open",
        "outbox",
        ["not_before"],
        unique=False,
        sqlite_where=sa.text("state IN ('queued', 'sending', 'unknown')"),
        postgresql_where=sa.text("state IN ('queued', 'sending', 'unknown')"),
    )
    op.create_index(op.f("ix_outbox_thread_id"), "outbox", ["thread_id"], unique=False)


def _presence() -> None:
    op.create_table(
        "presence",
        sa.Column("thread_id", KEY, nullable=False),
        sa.Column("employee", sa.Text(), nullable=False),
        sa.Column("claimed", sa.Boolean(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["thread_id"], ["thread.id"], name=op.f("fk_presence_thread_id")),
        sa.PrimaryKeyConstraint("thread_id", "employee", name=op.f("pk_presence")),
    )


def _reason() -> None:
    op.create_table(
        "reason",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("thread_id", KEY, nullable=False),
        sa.Column("mention_id", KEY, nullable=True),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("matched", sa.Text(), nullable=True),
        sa.Column("details", sa.Text(), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["thread_id"], ["thread.id"], name=op.f("fk_reason_thread_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reason")),
    )
    op.create_index(op.f("ix_reason_thread_id"), "reason", ["thread_id"], unique=False)


def _status_event() -> None:
    op.create_table(
        "status_event",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("thread_id", KEY, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["thread_id"], ["thread.id"], name=op.f("fk_status_event_thread_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_status_event")),
    )
    op.create_index(op.f("ix_status_event_thread_id"), "status_event", ["thread_id"], unique=False)


def _thread_account() -> None:
    op.create_table(
        "thread_account",
        sa.Column("thread_id", KEY, nullable=False),
        sa.Column("account_id", KEY, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_thread_account_account_id")),
        sa.ForeignKeyConstraint(["thread_id"], ["thread.id"], name=op.f("fk_thread_account_thread_id")),
        sa.PrimaryKeyConstraint("thread_id", "account_id", name=op.f("pk_thread_account")),
    )


def _thread_tag() -> None:
    op.create_table(
        "thread_tag",
        sa.Column("thread_id", KEY, nullable=False),
        sa.Column("tag", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["thread_id"], ["thread.id"], name=op.f("fk_thread_tag_thread_id")),
        sa.PrimaryKeyConstraint("thread_id", "tag", name=op.f("pk_thread_tag")),
    )
    op.create_index("ix_thread_tag_tag", "thread_tag", ["tag", "thread_id"], unique=False)


def _awaited() -> None:
    op.create_table(
        "awaited",
        sa.Column("network", sa.Text(), nullable=False),
        sa.Column("parent", sa.Text(), nullable=False),
        sa.Column("mention_id", KEY, nullable=False),
        sa.ForeignKeyConstraint(["mention_id"], ["mention.id"], name=op.f("fk_awaited_mention_id")),
        sa.PrimaryKeyConstraint("network", "parent", "mention_id", name=op.f("pk_awaited")),
        sqlite_with_rowid=False,
    )


def _mention_local() -> None:
    op.create_table(
        "mention_local",
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("local_id", sa.Text(), nullable=False),
        sa.Column("mention_id", KEY, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_mention_local_account_id")),
        sa.ForeignKeyConstraint(["mention_id"], ["mention.id"], name=op.f("fk_mention_local_mention_id")),
        sa.PrimaryKeyConstraint("account_id", "local_id", name=op.f("pk_mention_local")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_mention_local_mention", "mention_local", ["mention_id"], unique=False)


def _mention_text() -> None:
    op.create_table(
        "mention_text",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("mention_id", KEY, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("replaced_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["mention_id"], ["mention.id"], name=op.f("fk_mention_text_mention_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mention_text")),
    )
    op.create_index(op.f("ix_mention_text_mention_id"), "mention_text", ["mention_id"], unique=False)


def _payload() -> None:
    op.create_table(
        "payload",
        sa.Column("mention_id", KEY, autoincrement=False, nullable=False),
        sa.Column("raw", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["mention_id"], ["mention.id"], name=op.f("fk_payload_mention_id")),
        sa.PrimaryKeyConstraint("mention_id", name=op.f("pk_payload")),
    )
