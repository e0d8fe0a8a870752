"""Tests of calls that are said outside the window."""
