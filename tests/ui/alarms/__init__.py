"""Tests of the strip of alarms."""
