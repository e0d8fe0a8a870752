"""Tests of the rules screen."""
