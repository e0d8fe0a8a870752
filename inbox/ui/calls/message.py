"""What is said of a call outside the window, and how it is said: by the desktop's notices, or by a window of ours."""

from typing import NamedTuple, Protocol

from PySide6.QtCore import SignalInstance

ACKNOWLEDGE, OPEN, SNOOZE = "acknowledge", "open", "snooze"


class Message(NamedTuple):
    """``key`` names it; ``buttons`` are what can be done, each with its words; ``turn`` counts how often it was called
    for, so that who put it away hears it again.
    """

    key: str
    title: str
    text: str
    buttons: tuple[tuple[str, str], ...]
    turn: int = 1


class Speaker(Protocol):
    """``acted`` carries a message's key and what was pressed, ``failed`` a message that could not be said."""

    acted: SignalInstance
    failed: SignalInstance

    def show_message(self, message: Message) -> None:
        """Says it, in the stead of an earlier one of this key."""

    def take_back(self, key: str) -> None:
        """It needs no answer any more."""

    def end(self) -> None:
        """Nothing is said from here on."""
