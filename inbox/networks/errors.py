"""What can go wrong with a network, by what the collector must do about it.

``str(error)`` is a plain sentence for people; no token or password ever stands in it.
"""

from datetime import datetime


class NetworkError(Exception):
    """Any trouble with a network."""


class Unreachable(NetworkError):
    """No answer, a reset, a time-out, 5xx, or an answer that is not the network's (an HTML page):
    try again with back-off. ``retry_at`` is what the network asked for, None when it said nothing.
    """

    def __init__(self, message: str, retry_at: datetime | None = None, *, maybe_done: bool = False) -> None:
        """``maybe_done``: a post was on its way, and may have been made."""
        super().__init__(message)
        self.retry_at = retry_at
        self.maybe_done = maybe_done


class RateLimited(NetworkError):
    """429: wait until ``retry_at`` (aware UTC; None when the network did not say)."""

    def __init__(self, message: str, retry_at: datetime | None = None) -> None:
        super().__init__(message)
        self.retry_at = retry_at


class SignInAgain(NetworkError):
    """The token is expired or revoked and could not be refreshed."""


class Refused(NetworkError):
    """The network understood and said no (4xx): trying again will not help."""


class Gone(Refused):
    """What was asked for is not there (404, 410)."""
