"""The outbox: replies on their way, and what became of the last ones."""

from inbox.ui.outbox.page import OutboxPage

__all__ = ["OutboxPage"]
