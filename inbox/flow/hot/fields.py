"""Fields of a text that is sent to many: filled in for each so that nobody else is addressed. Pure."""

import re
import unicodedata
from typing import Final

from inbox.store.errors import Refused

FIELDS: Final = ("name", "handle")
_FIELD: Final = re.compile(r"\{([^{}]*)\}")
_ADDRESS: Final = re.compile(r"@|#|://|\bwww\.|\b[\w-]+\.[a-z]{2,}\b", re.IGNORECASE)
_LONGEST: Final = 60


def check_fields(text: str) -> None:
    """Raises ``Refused`` for a field that is not known."""
    for found in _FIELD.finditer(text):
        if found[1].strip().casefold() not in FIELDS:
            known = " and ".join(f"{{{each}}}" for each in FIELDS)
            raise Refused(f"“{found[0]}” is no field. There are {known}.")


def filled(text: str, *, name: str, handle: str) -> str:
    """The text for one author."""
    handle = f"@{handle.lstrip('@')}"
    values = {"name": _name(name) or handle, "handle": handle}
    return _FIELD.sub(lambda found: values[found[1].strip().casefold()], text)


def _name(name: str) -> str:
    """A name as its bearer chose it; nothing where it would speak to somebody else, lead somewhere, or is too long."""
    kept = "".join(each for each in name if unicodedata.category(each) not in {"Cc", "Cf", "Zl", "Zp", "Cs", "Co"})
    kept = " ".join(kept.split())
    return "" if _ADDRESS.search(kept) or len(kept) > _LONGEST else kept
