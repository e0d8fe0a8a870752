"""Tests of the staffing screen."""
