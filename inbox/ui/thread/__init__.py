"""The thread in the middle: what was said, by whom, with notes and the replies that wait to go out."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from inbox.ui.thread.pane import ThreadPane

__all__ = ["ThreadPane"]


def __getattr__(name: str) -> object:
    """``ThreadPane``, on demand: the composer imports the small parts of this room without the whole."""
    if name == "ThreadPane":
        from inbox.ui.thread.pane import ThreadPane

        return ThreadPane
    raise AttributeError(name)
