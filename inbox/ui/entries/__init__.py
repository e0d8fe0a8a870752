"""What the pages of rules, policies, calendars, escalations and scheduled reports share: one list, edited."""
