"""Tests that read the public mentions beside the project."""
