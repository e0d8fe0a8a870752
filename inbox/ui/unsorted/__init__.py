"""Unsorted: one thread after the other is put into its area by a key; the routing learns from each."""

from inbox.ui.unsorted.page import UnsortedPage

__all__ = ["UnsortedPage"]
