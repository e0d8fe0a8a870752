"""Tests of the thread pane."""
