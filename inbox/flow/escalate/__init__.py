"""Escalations: raising a call, climbing its ladder, and acknowledging it."""
