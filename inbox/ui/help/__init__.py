"""The help sheet: every command by group, with its keys, from the one table."""

from inbox.ui.help.sheet import HelpSheet

__all__ = ["HelpSheet"]
