"""The first-run guide: five steps, each of which can be skipped and changed later."""

from inbox.ui.firstrun.page import FirstRunPage

__all__ = ["FirstRunPage"]
