"""Policies edited, checked, and asked what they mean."""
