"""The policies page."""
