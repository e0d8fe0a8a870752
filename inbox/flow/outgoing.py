"""A post on its way out, as the sender sees it, be it a reply or a statement."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, TypeVar

from inbox.model.ids import AccountId
from inbox.model.words import ReplyState, Visibility
from inbox.networks.base import ReplyTarget
from inbox.store.engine import Session


class Outgoing(Protocol):
    """A post on its way out. ``send_key`` was chosen before the first attempt; ``not_before`` ends a wait."""

    @property
    def id(self) -> int: ...  # noqa: D102 - as the protocol says
    @property
    def text(self) -> str: ...  # noqa: D102
    @property
    def state(self) -> ReplyState: ...  # noqa: D102
    @property
    def send_key(self) -> str: ...  # noqa: D102
    @property
    def attempts(self) -> int: ...  # noqa: D102
    @property
    def error(self) -> str: ...  # noqa: D102
    @property
    def not_before(self) -> datetime: ...  # noqa: D102
    @property
    def sending_at(self) -> datetime | None: ...  # noqa: D102
    @property
    def read_backs(self) -> int: ...  # noqa: D102


P = TypeVar("P", bound=Outgoing)


class Box(Protocol[P]):
    """Where posts of one kind wait: a module of the store, each of whose steps is one conditional update. Numbers are
    of that kind's own type.
    """

    def on_their_way(self, s: Session, account_id: AccountId, /) -> Sequence[P]:
        """What is queued, going out or of unknown fate, oldest first."""

    def untried(self, post: P, /) -> bool:
        """True until the network's own key was chosen."""

    def begin(self, s: Session, number: Any, /, *, key: str, now: datetime) -> P | None:  # noqa: ANN401 - see above
        """Take it, durably, before the network is asked; None when it is queued no more."""

    def again(self, s: Session, number: Any, /, *, error: str, not_before: datetime) -> object:  # noqa: ANN401
        """It certainly did not go out: back into the queue."""

    def unknown(self, s: Session, number: Any, /, *, error: str, not_before: datetime) -> object:  # noqa: ANN401
        """It may have gone out."""

    def looked(self, s: Session, number: Any, /, *, read_backs: int, error: str, not_before: datetime) -> object:  # noqa: ANN401
        """A look did not settle it."""

    def note(self, s: Session, number: Any, /, *, error: str) -> object:  # noqa: ANN401
        """Why a queued one has not gone out yet."""


@dataclass(frozen=True, slots=True)
class Addressed:
    """How a post goes out: what it answers (None: nothing), for whom, and what already stands that says the same.
    ``wrong`` stops it for good; ``lost``: what it answers is gone, so that it cannot be looked for either.
    """

    target: ReplyTarget | None
    visibility: Visibility = Visibility.PUBLIC
    wrong: str = ""
    lost: bool = False
    ours: frozenset[str] = frozenset()
    language: str | None = None
