"""The side bar: views with live counts, who is at the desk, and how the collector is doing."""

from inbox.ui.rail.rail import Rail

__all__ = ["Rail"]
