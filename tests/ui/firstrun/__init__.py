"""Tests of firstrun."""
