"""Rate limits as the networks' headers tell them. Pure; every time is aware UTC."""

import math
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Protocol

from inbox.networks.base import Budget

LONGEST_WAIT = timedelta(days=1)

# Above this a plain number cannot be "seconds from now" and is read as seconds since the epoch.
_EPOCH_FROM = 1_000_000_000


class Headers(Protocol):
    """The part of ``httpx.Headers`` that is used: several headers of one name come as a list."""

    def get_list(self, key: str) -> list[str]:
        """All values of a header."""


def budget(headers: Headers, now: datetime) -> Budget | None:
    """What is left of the rate limit; None when the answer does not say.

    ``X-RateLimit-Limit/Remaining/Reset`` (Mastodon; the reset is an ISO time) or ``ratelimit-limit/
    -remaining/-reset`` (Bluesky; seconds since the epoch, elsewhere seconds from now).
    """
    for prefix in ("x-ratelimit", "ratelimit"):
        limit = _number(headers.get_list(f"{prefix}-limit"))
        left = _number(headers.get_list(f"{prefix}-remaining"))
        if limit is None or left is None or limit <= 0:
            continue
        resets = [_reset(value, now) for value in headers.get_list(f"{prefix}-reset")]
        known = [at for at in resets if at is not None]
        return Budget(min(1.0, max(0.0, left / limit)), max(known) if known else None)
    return None


def retry_at(headers: Headers, now: datetime) -> datetime | None:
    """When the network wants to be asked again: the latest of its ``Retry-After`` headers (seconds or an HTTP
    date), else the reset of a spent budget; None when it does not say. A day at most.
    """
    asked = [_retry_after(value, headers, now) for value in headers.get_list("retry-after")]
    known = [at for at in asked if at is not None]
    if not known:
        spent = budget(headers, now)
        if spent is not None and spent.left == 0 and spent.resets_at is not None:
            known = [spent.resets_at]
    return min(max(known), now + LONGEST_WAIT) if known else None


def _retry_after(value: str, headers: Headers, now: datetime) -> datetime | None:
    text = value.strip()
    seconds = _number([text])
    if seconds is not None:
        return now + min(timedelta(seconds=min(seconds, 1e6)), LONGEST_WAIT) if seconds >= 0 else None
    at = _http_date(text)
    if at is None:
        return None
    # A date is meant by the network's clock, which its Date header shows; ours may stand elsewhere.
    dates = [_http_date(date) for date in headers.get_list("date")]
    theirs = dates[0] if dates and dates[0] is not None else now
    return max(now, now + (at - theirs))


def _reset(value: str, now: datetime) -> datetime | None:
    text = value.strip()
    seconds = _number([text])
    try:
        if seconds is not None:
            if seconds >= _EPOCH_FROM:
                return datetime.fromtimestamp(seconds, UTC)
            return now + timedelta(seconds=max(0.0, seconds))
        at = datetime.fromisoformat(text)
        return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _number(values: list[str]) -> float | None:
    try:
        number = float(values[0].strip()) if values else math.nan
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _http_date(text: str) -> datetime | None:
    try:
        at = parsedate_to_datetime(text)
        return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    except (ValueError, TypeError, OverflowError):
        return None
