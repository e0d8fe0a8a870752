"""Tests of the screens of incidents."""
