"""ntfy: messages with a button that answers, and the answers (https://docs.ntfy.sh/publish/, .../subscribe/api/).

An answer is a message on the topic itself, so whoever may publish there may acknowledge; ntfy names nobody. The button
carries none of our credentials, since everybody on the topic could read them: on a topic that asks for them the answer
is typed.
"""

import base64
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from urllib.parse import quote

from inbox.networks.errors import NetworkError, Refused
from inbox.networks.outward.answer_words import Heard, asking_for, read, word_for
from inbox.networks.outward.asking import Stop, ask, never
from inbox.networks.payload import read_json

TITLE: Final = "ntfy"
SCHEMES: Final = frozenset(("ntfy", "ntfys"))
_PUBLIC: Final = "https://ntfy.sh"
_URGENT: Final = 5


@dataclass(frozen=True, slots=True)
class Place:
    """A server and its topics, and what signs us in there; its ``repr`` shows neither topics nor secret."""

    server: str
    topics: tuple[str, ...]
    authorization: str

    def __repr__(self) -> str:
        """Nothing of it."""
        return "Place()"

    @property
    def headers(self) -> dict[str, str]:
        """For every request."""
        return {"Authorization": self.authorization} if self.authorization else {}


def place(secret: str) -> Place:
    """Where an address of apprise's ``ntfys://`` leads. Raises ``Refused``."""
    # Imported here: it takes a fifth of a second.
    import apprise

    found: Any = apprise.Apprise.instantiate(secret, suppress_exceptions=True)
    if found is None or not getattr(found, "topics", None):
        raise Refused("The address of the service is not complete. Enter it anew.")
    authorization = ""
    if found.token:
        authorization = f"Bearer {found.token}"
    elif found.user:
        pair = base64.b64encode(f"{found.user}:{found.password or ''}".encode()).decode()
        authorization = f"Basic {pair}"
    if found.mode == "cloud":
        return Place(_PUBLIC, tuple(found.topics), authorization)
    port = f":{found.port}" if found.port else ""
    return Place(f"http{'s' if found.secure else ''}://{found.host}{port}", tuple(found.topics), authorization)


def send(secret: str, title: str, body: str, *, now: datetime, code: str) -> None:
    """Publish to each topic; with a ``code`` the message can be answered. Raises ``NetworkError``."""
    at = place(secret)
    trouble: NetworkError | None = None
    for topic in at.topics:
        message: dict[str, Any] = {"topic": topic, "title": title, "message": body, "priority": _URGENT}
        if code:
            message["message"] = f"{body}\n{asking_for(code)}"
        if code and not at.authorization:
            message["actions"] = [_button(f"{at.server}/{quote(topic, safe='')}", code)]
        try:
            ask(TITLE, "POST", f"{at.server}/", now=now, content=json.dumps(message).encode(), headers=at.headers)
        except NetworkError as error:
            # The other topics are told all the same.
            trouble = error
    if trouble is not None:
        raise trouble


def answers(secret: str, cursor: str, *, since: datetime, now: datetime, stop: Stop = never) -> Heard:
    """What was answered since ``cursor`` (seconds of the server's clock), else ``since``. Raises ``NetworkError``."""
    at = place(secret)
    begin = int(cursor) if cursor.isdecimal() else int(since.timestamp())
    url = f"{at.server}/{','.join(quote(each, safe='') for each in at.topics)}/json?poll=1&since={begin}"
    reply = ask(TITLE, "GET", url, now=now, headers=at.headers, stop=stop)
    messages = [found for line in _lines(reply.body, whole=reply.whole) if (found := _message(line)) is not None]
    newest = max([begin, *(int(each["time"]) for each in messages)])
    if not reply.whole and newest <= begin:
        newest = begin + 1  # More than can be read within one second: go on behind it.
    said = [read(each["message"]) for each in messages]
    return Heard(tuple(each for each in said if each is not None), str(newest))


def _button(url: str, code: str) -> dict[str, Any]:
    return {
        "action": "http",
        "label": "Acknowledge",
        "url": url,
        "method": "POST",
        "body": word_for(code),
        "clear": True,
    }


def _lines(body: bytes, *, whole: bool) -> list[bytes]:
    lines = body.split(b"\n")
    return lines if whole else lines[:-1]


def _message(line: bytes) -> dict[str, Any] | None:
    """One line of the answer; None for the server's own events, and for what is no message."""
    if not line.strip():
        return None
    try:
        found: Any = read_json(line)
    except ValueError:
        return None
    if not isinstance(found, dict) or found.get("event") != "message" or not isinstance(found.get("message"), str):
        return None
    # A bool is an int too.
    return found if type(found.get("time")) is int else None


__all__ = ["SCHEMES", "TITLE", "Place", "answers", "place", "send"]
