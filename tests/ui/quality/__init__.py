"""Tests of the page on the routing's quality."""
