"""The only room that speaks HTTP: one folder per network behind one protocol."""
