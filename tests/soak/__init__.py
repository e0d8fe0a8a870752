"""Kills the collector again and again against a real server, and counts what was lost or doubled: nothing."""
