"""Tests of what the pages of rules, policies, calendars and escalations share."""
