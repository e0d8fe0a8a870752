"""The kit every screen is made of: buttons, labels, pills, tags, discs, fields and states, drawn from the theme."""

from inbox.ui.widgets.boxes import Card, Divider, PageHead, Pane, SectionLabel, column, row
from inbox.ui.widgets.buttons import Button, IconButton
from inbox.ui.widgets.dialog import Dialog
from inbox.ui.widgets.fields import Field, LineEdit
from inbox.ui.widgets.focus import FocusRing
from inbox.ui.widgets.labels import ElidedLabel, Label, isolate
from inbox.ui.widgets.marks import DeadlinePill, Disc, IconMark, KeyCap, Tag
from inbox.ui.widgets.segmented import Segmented
from inbox.ui.widgets.states import EmptyState, ErrorState, LoadingBars
from inbox.ui.widgets.toast import Toast

__all__ = [
    "Button",
    "Card",
    "DeadlinePill",
    "Dialog",
    "Disc",
    "Divider",
    "ElidedLabel",
    "EmptyState",
    "ErrorState",
    "Field",
    "FocusRing",
    "IconButton",
    "IconMark",
    "KeyCap",
    "Label",
    "LineEdit",
    "LoadingBars",
    "PageHead",
    "Pane",
    "SectionLabel",
    "Segmented",
    "Tag",
    "Toast",
    "column",
    "isolate",
    "row",
]
