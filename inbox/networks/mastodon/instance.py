"""What an instance says of itself: its limits, its name in handles, its stream. Pure."""

import re
from dataclasses import dataclass
from typing import Any

from inbox.model.account import Limits
from inbox.model.words import LengthRule

DEFAULT_LENGTH = 500
DEFAULT_URL_LENGTH = 23

# Mastodon and its forks ("4.3.1", "4.4.0-alpha.1+glitch"); others add words ("2.7.2 (compatible; Pleroma 2.5)").
_MASTODON = re.compile(r"^([3-9]|\d\d)\.\d+\.\d+(?:[-+][\w.+-]*)?$")


@dataclass(frozen=True, slots=True)
class Instance:
    """``domain`` stands in handles; ``stream`` is the address of its stream, empty where it names none."""

    domain: str
    version: str
    stream: str
    limits: Limits

    @property
    def is_mastodon(self) -> bool:
        """Whether it is Mastodon itself, whose documentation then holds."""
        return bool(_MASTODON.match(self.version))


def read_instance(payload: Any) -> Instance:  # noqa: ANN401 - JSON is any
    """From ``/api/v2/instance`` or ``/api/v1/instance``; what is missing gets Mastodon's defaults."""
    told = payload if isinstance(payload, dict) else {}
    setup = _object(told, "configuration")
    statuses = _object(setup, "statuses")
    urls = _object(setup, "urls") or _object(told, "urls")
    length = _positive(statuses.get("max_characters")) or _positive(told.get("max_toot_chars")) or DEFAULT_LENGTH
    url_length = _positive(statuses.get("characters_reserved_per_url")) or DEFAULT_URL_LENGTH
    version = _text(told, "version")
    return Instance(
        domain=(_text(told, "domain") or _text(told, "uri")).split("://")[-1].strip("/"),
        version=version,
        stream=(_text(urls, "streaming") or _text(urls, "streaming_api")).rstrip("/"),
        limits=Limits(
            length=length,
            length_rule=LengthRule.MASTODON,
            url_length=url_length,
            can_message=True,
            idempotent=bool(_MASTODON.match(version)),
        ),
    )


def _object(payload: dict[str, Any], key: str) -> dict[str, Any]:
    found = payload.get(key)
    return found if isinstance(found, dict) else {}


def _text(payload: dict[str, Any], key: str) -> str:
    found = payload.get(key)
    return found.strip() if isinstance(found, str) else ""


def _positive(value: Any) -> int | None:  # noqa: ANN401 - JSON is any
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else None
