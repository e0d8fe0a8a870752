"""Alarms over every page: posts that are held, and calls for help to whoever is at the desk."""

from inbox.ui.alarms.strip import AlarmStrip

__all__ = ["AlarmStrip"]
