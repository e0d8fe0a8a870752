"""What a person types or pastes, as it is kept: without control characters, which PostgreSQL and networks refuse."""

from typing import Final

_LINE_ENDS: Final = ("\r\n", "\r", "\v", "\f")
"""Word processors break lines with a vertical tab."""
_KEPT: Final = "\t\n"
_DROPPED: Final = {code: None for code in range(0x20) if chr(code) not in _KEPT}


def typed(text: str) -> str:
    """A text of several lines: each line ends with a newline, and of C0 only that and tabs are left."""
    for end in _LINE_ENDS:
        text = text.replace(end, "\n")
    return text.translate(_DROPPED)


def typed_line(text: str) -> str:
    """A name, a title, a reason: the same in one line, without spaces around it."""
    return " ".join(typed(text).split())
