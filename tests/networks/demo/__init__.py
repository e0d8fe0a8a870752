"""Tests of networks/demo."""
