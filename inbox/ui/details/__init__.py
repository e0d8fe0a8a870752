"""The panel beside a thread: its clocks, why it is here, who wrote, and what was before."""

from inbox.ui.details.pane import DetailsPane

__all__ = ["DetailsPane"]
