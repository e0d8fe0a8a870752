"""Tests of the page of escalation policies."""
