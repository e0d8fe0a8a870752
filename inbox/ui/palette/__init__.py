"""The palette: one field that finds commands, views, people, authors and threads."""

from inbox.ui.palette.palette import Palette

__all__ = ["Palette"]
