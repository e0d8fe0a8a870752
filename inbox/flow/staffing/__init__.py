"""How many people each hour of the week needs to keep the target, beside who is on shift.

The history is played through: its answers were asked for when they were, each takes one person the same handling
time, the oldest is taken up first. ``needed`` looks for a week of heads with which the share answered in time is
reached and from which nobody can be spared in any hour.
"""

from inbox.flow.staffing.answer import HourNeed, Staffing, staffing
from inbox.flow.staffing.history import Handling

__all__ = ["Handling", "HourNeed", "Staffing", "staffing"]
