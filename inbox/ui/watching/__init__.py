"""The page of what is watched: when an alarm is given, campaigns, and how a setting would have behaved."""

from inbox.ui.watching.page import WatchingPage

__all__ = ["WatchingPage"]
