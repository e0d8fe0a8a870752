"""What the keyring holds for a Mastodon account: JSON from a sign-in, or just a token that somebody pasted. Pure."""

import json
from dataclasses import asdict, dataclass, field

from inbox.networks.errors import SignInAgain


@dataclass(frozen=True, slots=True)
class Secret:
    """The token, and the app's own name and password, needed to give the token back."""

    token: str = field(repr=False)
    client_id: str = ""
    client_secret: str = field(default="", repr=False)
    scopes: str = ""

    def dump(self) -> str:
        """As the keyring keeps it."""
        return json.dumps(asdict(self))


def read_secret(kept: str) -> Secret:
    """Raises ``SignInAgain`` when there is no token in it."""
    text = kept.strip()
    try:
        told = json.loads(text)
    except ValueError:
        told = None
    if isinstance(told, dict):
        names = ("token", "client_id", "client_secret", "scopes")
        fields = {name: told[name].strip() for name in names if isinstance(told.get(name), str)}
        if fields.get("token"):
            return Secret(**fields)
        text = ""
    # A token goes into a header: nothing but printable ASCII may stand in it.
    if not text or not text.isascii() or not text.isprintable() or " " in text:
        raise SignInAgain("There is no token for this account. Sign in again.")
    return Secret(text)
