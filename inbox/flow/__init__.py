"""Verbs: the only room that joins networks, store and rules into use cases."""
