"""Tests of the hot-issue detector."""
