"""Telegram bots: messages with a button, and the answers (https://core.telegram.org/bots/api#getupdates).

Answers count from the chats that the address names alone. A bot that sends its updates to a webhook, or that another
program reads, tells us nothing (409).
"""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlencode

from inbox.networks.errors import NetworkError, Refused
from inbox.networks.outward.answer_words import Answer, Heard, asking_for, read, read_reply, word_for
from inbox.networks.outward.asking import Stop, ask, never
from inbox.networks.payload import read_json

TITLE: Final = "Telegram"
SCHEMES: Final = frozenset(("tgram",))
SERVER: Final = "https://api.telegram.org"
_KINDS: Final = ("message", "channel_post", "callback_query")
_MOST: Final = 20
_REFUSED: Final = {
    401: "Telegram does not know this bot's token. Enter the address anew.",
    409: "Telegram gives this bot's messages to another program, so that nobody can answer there.",
}


@dataclass(frozen=True, slots=True)
class Bot:
    """A bot and the chats that it writes to; its ``repr`` shows neither."""

    token: str
    chats: tuple[tuple[int | str, int | None], ...]

    def __repr__(self) -> str:
        """Nothing of it."""
        return "Bot()"

    def knows(self, chat: object) -> bool:
        """Whether a chat is one of those that the address names."""
        if not isinstance(chat, dict):
            return False
        user = chat.get("username")
        named = f"@{user}".casefold() if isinstance(user, str) else ""
        return any(each == chat.get("id") or (named and str(each).casefold() == named) for each, _ in self.chats)


def bot(secret: str) -> Bot:
    """The bot of an address of apprise's ``tgram://``. Raises ``Refused``."""
    # Imported here: it takes a fifth of a second.
    import apprise

    found: Any = apprise.Apprise.instantiate(secret, suppress_exceptions=True)
    if found is None or not getattr(found, "targets", None):
        raise Refused("The address needs a bot's token and a chat: tgram://TOKEN/CHAT. Enter it anew.")
    return Bot(found.bot_token, tuple((chat, topic) for chat, topic in found.targets))


def send(secret: str, title: str, body: str, *, now: datetime, code: str, server: str = SERVER) -> None:
    """Write to each chat; with a ``code`` the message can be answered. Raises ``NetworkError``."""
    by = bot(secret)
    trouble: NetworkError | None = None
    for chat, topic in by.chats:
        message: dict[str, Any] = {"chat_id": chat, "text": f"{title}\n{body}"}
        if topic is not None:
            message["message_thread_id"] = topic
        if code:
            message["text"] += f"\n{asking_for(code)}"
            message["reply_markup"] = {"inline_keyboard": [[{"text": "Acknowledge", "callback_data": word_for(code)}]]}
        try:
            _post(server, by, "sendMessage", message, now)
        except NetworkError as error:
            # The other chats are told all the same.
            trouble = error
    if trouble is not None:
        raise trouble


def answers(
    secret: str, cursor: str, *, since: datetime, now: datetime, stop: Stop = never, server: str = SERVER
) -> Heard:
    """What was answered from ``cursor`` on (the next update's number). Raises ``NetworkError``."""
    del since  # Telegram keeps what nobody has read, for a day.
    by = bot(secret)
    asked: dict[str, Any] = {"limit": _MOST, "timeout": 0, "allowed_updates": json.dumps(_KINDS)}
    if cursor.isdecimal():
        asked["offset"] = int(cursor)
    url = f"{server}/bot{by.token}/getUpdates?{urlencode(asked)}"
    reply = ask(TITLE, "GET", url, now=now, stop=stop, known=_REFUSED)
    updates = _updates(reply.body, whole=reply.whole)
    found: list[Answer] = []
    for each in updates:
        said, pressed = _read(by, each)
        if said is not None:
            found.append(said)
        if pressed:
            _release(server, by, pressed, now)
    following = max((each["update_id"] + 1 for each in updates), default=None)
    return Heard(tuple(found), cursor if following is None else str(following))


def _updates(body: bytes, *, whole: bool) -> list[dict[str, Any]]:
    try:
        document = read_json(body) if whole else None
    except ValueError:
        document = None
    result = document.get("result") if isinstance(document, dict) and document.get("ok") is True else None
    if not isinstance(result, list):
        raise Refused("Telegram sent something that is no answer.")
    return [each for each in result if isinstance(each, dict) and type(each.get("update_id")) is int]


def _read(by: Bot, update: dict[str, Any]) -> tuple[Answer | None, str]:
    """The answer in an update, and the number of a pressed button, which turns until it is told so."""
    pressed = update.get("callback_query")
    if isinstance(pressed, dict):
        message = pressed.get("message")
        chat = message.get("chat") if isinstance(message, dict) else None
        number = pressed.get("id")
        said = read(pressed.get("data"), _who(pressed.get("from"))) if by.knows(chat) else None
        return said, number if isinstance(number, str) else ""
    message = update.get("message") or update.get("channel_post")
    if not isinstance(message, dict) or not by.knows(message.get("chat")):
        return None, ""
    who = _who(message.get("from")) or message.get("author_signature")
    answered = message.get("reply_to_message")
    earlier = answered.get("text") if isinstance(answered, dict) else None
    return read(message.get("text"), who) or read_reply(message.get("text"), earlier, who), ""


def _who(user: object) -> str:
    if not isinstance(user, dict):
        return ""
    names = [each for key in ("first_name", "last_name") if isinstance(each := user.get(key), str)]
    return " ".join(names) or str(user.get("username") or "")


def _release(server: str, by: Bot, number: str, now: datetime) -> None:
    try:
        _post(
            server, by, "answerCallbackQuery", {"callback_query_id": number, "text": "Social Inbox has heard you."}, now
        )
    except NetworkError:
        # The button turns a little longer on their screen; what it said was heard all the same.
        return


def _post(server: str, by: Bot, method: str, document: dict[str, Any], now: datetime) -> None:
    headers = {"Content-Type": "application/json"}
    content = json.dumps(document, ensure_ascii=False).encode()
    ask(TITLE, "POST", f"{server}/bot{by.token}/{method}", now=now, content=content, headers=headers)


__all__ = ["SCHEMES", "SERVER", "TITLE", "Bot", "answers", "bot", "send"]
