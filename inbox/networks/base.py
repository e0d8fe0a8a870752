"""The protocol that every network's client keeps, and what passes over it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from inbox.model.account import Account, Limits, Source
from inbox.model.mention import BadPayload, IncomingMention
from inbox.model.words import SourceKind, Visibility
from inbox.networks.errors import Refused


@dataclass(frozen=True, slots=True)
class Budget:
    """What the rate headers of the last answer said: share left (0 to 1) and when it resets (aware UTC)."""

    left: float | None = None
    resets_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PulledPage:
    """One page of a source, to be stored with ``cursor`` in one transaction.

    Pages come in such an order that storing each with its cursor and dying anywhere loses nothing: a
    cursor says "all up to here is stored" plus, while catching up, where the catching up stands. ``more``
    says that another page is ready now. ``gap`` is (from, to, why) where the network could not reach back
    to the last cursor; ``filled`` says that a gap recorded earlier up to this point is proven filled.
    """

    mentions: tuple[IncomingMention, ...]
    bad: tuple[BadPayload, ...]
    cursor: str | None
    more: bool
    read: int
    gap: tuple[datetime, datetime, str] | None = None


@dataclass(frozen=True, slots=True)
class Identity:
    """Whom a token belongs to, and what it may do: shown by the test before an account is saved."""

    remote_id: str
    handle: str
    display_name: str
    server: str
    limits: Limits
    may: tuple[str, ...] = ()
    may_not: tuple[str, ...] = ()
    details: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReplyTarget:
    """What a reply answers: the mention's global and local id, the thread's root, and whom to address."""

    global_id: str
    local_id: str | None
    root: str | None
    author_handle: str
    author_remote_id: str
    raw: Any = None


@dataclass(frozen=True, slots=True)
class Posted:
    """A post that stands on the network. ``text`` is what it says there where the network changes what was
    sent (an author named in front), None where it says what was sent.
    """

    global_id: str
    local_id: str | None
    url: str
    created_at: datetime
    text: str | None = None


def refuse_private(target: ReplyTarget | None, visibility: Visibility) -> None:
    """A private post that answers nobody would reach nobody. Raises ``Refused``."""
    if target is None and visibility is Visibility.PRIVATE:
        raise Refused("A post that answers nobody is public: there is nobody to send it to in private.")


class NetworkClient(Protocol):
    """One account's connection. Made off the GUI thread, used by one lane at a time, closed by its owner.

    Every method may raise ``networks.errors.NetworkError``. ``stop`` (given when made) is asked between
    requests and inside waits: True ends the call within a second by raising ``Unreachable``.
    """

    @property
    def budget(self) -> Budget:
        """What the last answer's rate headers said."""

    def identify(self) -> Identity:
        """Who we are; the first step of every test."""

    def pull(self, source: Source, *, since: datetime | None) -> Iterator[PulledPage]:
        """Pages after ``source.cursor``. With no cursor: back to ``since`` (None: nothing older than now,
        but a page with the cursor to start from). Own posts come as outbound.
        """

    def refresh(self, global_ids: list[tuple[str, str | None]]) -> list[IncomingMention]:
        """The present state of stored posts, (global id, local id) each: edits as new text, deletions as
        ``deleted``; posts that could not be asked about are left out.
        """

    def post(
        self,
        text: str,
        target: ReplyTarget | None,
        *,
        key: str,
        visibility: Visibility,
        language: str | None = None,
    ) -> Posted:
        """Post a reply, or (``target`` None) a post of its own, which is public. ``key`` was stored before; where the
        network honours keys a repeat is harmless. ``language`` is what it is in (ISO 639-1), where that is known.
        Raises ``Unreachable(maybe_done=True)`` when the answer never came.
        """

    def find_posted(self, key: str, text: str, target: ReplyTarget | None, *, since: datetime) -> Posted | None:
        """Read back whether a post of unknown fate stands: by key where there is one, else by looking through the
        account's own posts since then for this text in answer to this target, or (None) in answer to nothing.
        """

    def wait_for_news(self, seconds: float) -> bool:
        """Block up to ``seconds`` on the network's stream; True as soon as something may be new, False on
        time-out. Networks or servers without a stream just wait. Only a hint: the pull is the truth.
        """

    def close(self) -> None:
        """Give back connections; never raises."""


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a network can do at all, known without asking it. ``sources`` are made when an account is added;
    ``honours_keys`` says that posting twice with one key makes one post.
    """

    name: str
    title: str
    sources: tuple[SourceKind, ...]
    honours_keys: bool
    needs_server: bool
    sign_in: str
    reach_back: str
    demo_only: bool = False


Stop = Callable[[], bool]


class NetworkModule(Protocol):
    """What a network's folder offers to ``networks.registry``."""

    capabilities: Capabilities

    def make_key(self) -> str:
        """A new key for a post, stored before its first attempt: an idempotency key, or where a network takes
        it the id that the post will have. Asks nobody.
        """

    def connect(
        self, account: Account, secret: str, *, stop: Stop, save_secret: Callable[[str], None]
    ) -> NetworkClient:
        """A client for an account. ``secret`` is what the keyring holds for it (a token, or JSON with a
        session); ``save_secret`` keeps a refreshed one before it is used.
        """
