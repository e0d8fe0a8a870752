"""Tests of hot issues in a workspace."""
