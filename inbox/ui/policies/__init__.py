"""Policies: the answer times that are promised, and what they would mean."""

from inbox.ui.policies.page import PoliciesPage

__all__ = ["PoliciesPage"]
