"""Tests of the figures on the routing's quality."""
