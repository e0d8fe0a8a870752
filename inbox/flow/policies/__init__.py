"""Policies: changed one at a time, checked, and asked what they would promise and which threads they would take."""

from inbox.flow.policies.caught import Caught, Sample, caught, sample
from inbox.flow.policies.checks import notes_of, problems_of
from inbox.flow.policies.editing import (
    BadPolicy,
    PoliciesUndo,
    move_policy,
    remove_policy,
    save_policy,
    undo_policies,
)
from inbox.flow.policies.promising import Promised, Promises, calendar_of, posted_at, promises, why_closed

__all__ = [
    "BadPolicy",
    "Caught",
    "PoliciesUndo",
    "Promised",
    "Promises",
    "Sample",
    "calendar_of",
    "caught",
    "move_policy",
    "notes_of",
    "posted_at",
    "problems_of",
    "promises",
    "remove_policy",
    "sample",
    "save_policy",
    "undo_policies",
    "why_closed",
]
