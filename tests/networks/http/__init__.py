"""Tests of the shared HTTP."""
