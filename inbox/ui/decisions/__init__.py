"""Decisions on threads: what is asked first (whom, where, until when), the flow that is run, and its undo."""

from inbox.ui.decisions.decisions import Decisions
from inbox.ui.decisions.picker import Choice, Picker

__all__ = ["Choice", "Decisions", "Picker"]
