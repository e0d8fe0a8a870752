"""Routing quality: how often the routing was right, where it errs, and what to do about it."""

from inbox.ui.quality.page import QualityPage

__all__ = ["QualityPage"]
