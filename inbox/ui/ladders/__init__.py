"""Escalation policies on screen: who is called in which order, who would be now, and the services that are called."""

from inbox.ui.ladders.page import LaddersPage

__all__ = ["LaddersPage"]
