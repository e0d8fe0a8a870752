"""The code of a call: short enough to type, and nothing that is shown or logged leads to it."""

import base64
import hashlib
import hmac
from typing import Final

_BYTES: Final = 5
"""40 bits: at a hundred guesses a second, half of them take 170 years, and a call lasts for hours."""


def code_of(key: str) -> str:
    """What acknowledges the call with this secret key: “ABCD-EFGH”, letters and digits that are not mistaken."""
    digest = hmac.new(key.encode(), b"acknowledge", hashlib.sha256).digest()
    letters = base64.b32encode(digest[:_BYTES]).decode()
    return f"{letters[:4]}-{letters[4:]}"
