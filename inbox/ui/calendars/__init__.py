"""Calendars: opening hours as a picture of the week, holidays, closed and open dates."""

from inbox.ui.calendars.page import CalendarsPage

__all__ = ["CalendarsPage"]
