"""Calls for help that reach whoever is at the desk outside the window, and are answered there."""

from inbox.ui.calls.ringing import Ringer

__all__ = ["Ringer"]
