"""The only room that speaks Qt: the desktop's screens."""
