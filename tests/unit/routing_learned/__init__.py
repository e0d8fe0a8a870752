"""Tests of the learned classifier."""
