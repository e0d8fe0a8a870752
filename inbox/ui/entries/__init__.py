"""What the pages of rules, policies, calendars and scheduled reports share: one list of the workspace file, edited."""
