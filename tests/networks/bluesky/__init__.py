"""Bluesky against a made-up server."""
