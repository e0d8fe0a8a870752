"""Tests of the page on which threads are sorted by hand."""
