"""Tests of networks/mastodon."""
