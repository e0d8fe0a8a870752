"""Incidents: the list of hot issues, and the room in which one is worked on."""

from inbox.ui.incidents.page import IncidentsPage
from inbox.ui.incidents.room import RoomPage

__all__ = ["IncidentsPage", "RoomPage"]
