"""The calendars page."""
