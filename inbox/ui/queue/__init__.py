"""The queue: the list of threads of a view, and the decisions that are made from it."""

from inbox.ui.queue.pane import QueuePane

__all__ = ["QueuePane"]
