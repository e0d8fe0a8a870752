"""Staffing: how many people each hour needs, beside who is on shift."""

from inbox.ui.staffing.page import StaffingPage

__all__ = ["StaffingPage"]
