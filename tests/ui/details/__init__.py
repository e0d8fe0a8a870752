"""Tests of details."""
