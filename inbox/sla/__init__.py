"""Pure: calendars, policies and clocks; the present time is always an argument."""
