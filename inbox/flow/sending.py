"""Sends what waits on one account: never twice, never forgotten, whatever dies when.

queued -> sending (committed to the disk before the network is asked) -> sent | failed | queued again | unknown.
What is of unknown fate is settled by its key where the network honours keys, else by reading back twice, the later
more than two minutes after the attempt; what is not found then has failed, and only a person sends it again.
"""

import logging
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, Generic

from inbox.flow.connection import Networks, Way
from inbox.flow.findings import Finding
from inbox.flow.outgoing import Addressed, Box, Outgoing, P
from inbox.flow.steady import Waits, back_off, seconds
from inbox.model.account import Account
from inbox.model.ids import AccountId
from inbox.model.words import HealthState, ReplyState
from inbox.networks.base import NetworkClient, Posted, Stop
from inbox.networks.errors import NetworkError, RateLimited, Refused, SignInAgain, Unreachable
from inbox.secrets import SecretError
from inbox.store import accounts, lease
from inbox.store.engine import Session, Store
from inbox.store.lease import Holder

log = logging.getLogger(__name__)

IDLE: Final = 30.0
"""Seconds until the outbox is looked at again when nothing wakes it."""
FIRST_LOOK: Final = 3.0
"""Seconds from the attempt to the first read-back: networks show a post with a delay."""
_TWO_MINUTES: Final = timedelta(minutes=2)
LAST_LOOK: Final = timedelta(minutes=2, seconds=5)
KEY_LASTS: Final = timedelta(minutes=50)
"""Mastodon forgets an idempotency key after an hour; a repeat after that would be a second post."""
_TOO_OLD: Final = 10.0
"""More seconds than this between taking a post and posting it mean that the machine slept in between."""
_SIGN_IN_WAIT: Final = 15.0

_CLOCKS_APART: Final = timedelta(hours=2)
"""How far back a read-back looks before the attempt: our clock may have been wrong by an hour."""

Now = Callable[[], datetime]
Outcome = Callable[[Session], object]


class LeaseLost(Exception):
    """Another collector holds the workspace now: this one must not send anything more."""


@dataclass(slots=True)
class Sender(ABC, Generic[P]):
    """What waits on one account, worked by one thread. ``me`` holds the lease, None without one (tests); ``way`` is
    shared by the senders of an account. ``stop`` lets nothing new begin.
    """

    store: Store
    account_id: AccountId
    networks: Networks
    now: Now
    stop: Stop
    me: Holder | None = None
    way: Way | None = None
    _path: Way = field(init=False)
    _waits: Waits = field(default_factory=Waits)
    _outcomes: dict[int, Outcome] = field(default_factory=dict)
    _tried: dict[int, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Alone it has a way of its own."""
        self._path = self.way or Way(self.networks, self.stop)

    @property
    @abstractmethod
    def _box(self) -> Box[P]:
        """Where they wait."""

    @property
    @abstractmethod
    def _kind(self) -> str:
        """What one is called in a sentence."""

    @abstractmethod
    def _row(self, post: P) -> Hashable:
        """Those of one row go out in the order they were written, one at a time."""

    @abstractmethod
    def _queued_at(self, post: P) -> datetime:
        """When its wait began that ends at ``not_before``."""

    @abstractmethod
    def _addressed(self, s: Session, account: Account, post: P) -> Addressed:
        """How it goes out, with the checks made again: a row that came here by any other way gets no further."""

    @abstractmethod
    def _stands(self, s: Session, account: Account, post: P, how: Addressed, posted: Posted, *, now: datetime) -> None:
        """Write down that it stands on the network, in one transaction; known since ``now``."""

    @abstractmethod
    def _fail(self, s: Session, account: Account, post: P, said: str) -> None:
        """Write down that it did not go out, and that only a person sends it again."""

    def _waiting(self, s: Session) -> Sequence[P]:
        """Those about which something may be to do before the next look, oldest first."""
        return self._box.on_their_way(s, self.account_id)

    def _held_back(self, s: Session) -> Collection[int]:  # noqa: ARG002 - some kinds pass every hold
        """The numbers of those that a hold keeps back."""
        return ()

    def _is_held(self, s: Session, post: P) -> bool:  # noqa: ARG002 - as above
        """True while a hold keeps it back."""
        return False

    def step(self) -> float:
        """Do everything that is due; in how many seconds there may be more. Raises ``StoreError`` (what was
        found out is kept and written at the next step), and ``LeaseLost``.
        """
        self._write_outcomes()
        with self.store.read() as s:
            account = accounts.get(s, self.account_id)
            posts = self._waiting(s)
            held = self._held_back(s) if posts else ()
        if account.connected_at is None or account.paused:
            return IDLE
        next_in, taken = IDLE, set[Hashable]()
        for post in posts:
            row = self._row(post)
            if post.id in held and post.state is ReplyState.QUEUED:
                # It waits, and with it what was written after it in the same row.
                taken.add(row)
                continue
            if self.stop():
                break
            wait = self._left(post)
            if wait <= 0 and row not in taken:
                self._work_on(account, post)
                wait = 0.0
            if row not in taken:
                next_in = min(next_in, wait)
            taken.add(row)
        return next_in

    def close(self) -> None:
        """Give back the connection."""
        self._path.drop()

    def _left(self, post: P) -> float:
        """Seconds until something is to be done about it."""
        if post.state is ReplyState.SENDING:
            return IDLE
        queued_at = self._queued_at(post)
        set_at = queued_at if post.sending_at is None else max(queued_at, post.sending_at)
        left = self._waits.left(post.id, set_at=set_at, until=post.not_before, now=self.now())
        return max(self._path.left, left)

    def _work_on(self, account: Account, post: P) -> None:
        """Send or settle one, as far as it goes now."""
        try:
            client = self._path.client(account)
            if post.state is ReplyState.UNKNOWN:
                self._settle(client, account, post)
            else:
                self._send(client, account, post)
        except SignInAgain as error:
            self._sign_in(account, str(error))
        except SecretError as error:
            self._path.rest(back_off(self._path.failures + 1, shortest=5.0, longest=60.0))
            self._note_error(post, str(error))
        except NetworkError as error:
            # The account could not even be connected to, or read back from: nothing was posted by that.
            self._path.rest(_wait_for(error, self._path.failures + 1, self.now()))
            self._note_error(post, str(error))

    def _send(self, client: NetworkClient, account: Account, post: P) -> None:
        with self.store.read() as s:
            how = self._addressed(s, account, post)
        if how.wrong:
            self._failed(account, post, how.wrong)
            return
        begun = self._begin(account, post)
        if begun is None:
            return
        try:
            posted = self._post_once(client, begun, how)
        except NetworkError as error:
            self._not_sent(account, begun, error)
            return
        except Exception as error:
            said = (
                f"Something went wrong while this was being sent ({type(error).__name__}). Looking whether it went out."
            )
            self._unknown(begun, said)
            raise
        self._sent(account, begun, how, posted)

    def _begin(self, account: Account, post: P) -> P | None:
        key = self.networks.key(account.network) if self._box.untried(post) else post.send_key
        with self.store.write() as s:
            if self.me is not None and not lease.held_by(s, self.me):
                raise LeaseLost
            # Read under the lock, and not before: what was held meanwhile does not go out.
            if self._is_held(s, post):
                return None
            begun = self._box.begin(s, post.id, key=key, now=self.now())
        if begun is not None:
            self._tried[post.id] = seconds()
        return begun

    def _post_once(self, client: NetworkClient, begun: P, how: Addressed) -> Posted:
        if seconds() - self._tried[begun.id] > _TOO_OLD:
            raise Unreachable("The machine slept before this was sent.")
        return _post(client, begun, how)

    def _not_sent(self, account: Account, begun: P, error: NetworkError) -> None:
        said = str(error)
        if isinstance(error, Unreachable) and error.maybe_done:
            self._path.rest(_wait_for(error, self._path.failures + 1, self.now()))
            self._unknown(begun, f"{said} Looking whether it went out.")
        elif isinstance(error, Refused):
            self._failed(account, begun, said)
        else:
            wait = _wait_for(error, max(begun.attempts, self._path.failures + 1), self.now())
            again_at = self.now() + timedelta(seconds=wait)
            self._path.rest(wait)
            self._write(begun, lambda s: self._box.again(s, begun.id, error=said, not_before=again_at))
            if isinstance(error, SignInAgain):
                self._sign_in(account, said)

    def _unknown(self, begun: P, said: str) -> None:
        look_at = self.now() + timedelta(seconds=FIRST_LOOK)
        self._write(begun, lambda s: self._box.unknown(s, begun.id, error=said, not_before=look_at))

    def _settle(self, client: NetworkClient, account: Account, post: P) -> None:
        """Find out what became of one of unknown fate."""
        with self.store.read() as s:
            how = self._addressed(s, account, post)
            held = self._is_held(s, post)
        tried_at = post.sending_at or self._queued_at(post)
        since = tried_at - _CLOCKS_APART
        if not how.lost:
            try:
                found = client.find_posted(post.send_key, post.text, how.target, since=since)
            except Refused as error:
                # Somebody else's text stands under the key, or the account may not look: a person must.
                self._failed(account, post, str(error))
                return
            if found is not None and found.global_id not in how.ours:
                self._sent(account, post, how, found)
                return
            if self._key_holds(account, post, tried_at) and not held:
                self._repeat(client, account, post, how)
                return
        self._look_again(account, post, tried_at)

    def _key_holds(self, account: Account, post: P, tried_at: datetime) -> bool:
        """True while a repeat under the same key cannot make a second post."""
        if not account.limits.idempotent or self._box.untried(post):
            return False
        return timedelta(0) <= self.now() - tried_at < KEY_LASTS and self._age(post, tried_at) < KEY_LASTS

    def _repeat(self, client: NetworkClient, account: Account, post: P, how: Addressed) -> None:
        """Post again under the same key, of which the network makes one post. It stays of unknown fate until an
        answer comes, and the hour of its key counts from the first attempt.
        """
        self._guard()
        try:
            posted = _post(client, post, how)
        except Refused as error:
            self._failed(account, post, str(error))
            return
        self._sent(account, post, how, posted)

    def _look_again(self, account: Account, post: P, tried_at: datetime) -> None:
        """Not found: look once more when two minutes have passed, then it has failed."""
        age = self._age(post, tried_at)
        if post.read_backs >= 1 and age > _TWO_MINUTES:
            self._failed(
                account,
                post,
                f"The network's answer never came, and the {self._kind} is not among the account's posts. "
                "Send it again if it is missing.",
            )
            return
        next_at = self.now() + max(LAST_LOOK - age, timedelta(seconds=1))
        looks = post.read_backs + 1
        said = "The network's answer never came. It is not among the account's posts so far; looking once more."
        self._write(post, lambda s: self._box.looked(s, post.id, read_backs=looks, error=said, not_before=next_at))

    def _age(self, post: P, tried_at: datetime) -> timedelta:
        """How long ago the attempt was: as watched here, else by the wall clock unless it was set back since."""
        age = self.now() - tried_at
        if post.id not in self._tried and age >= timedelta(0):
            return age
        return timedelta(seconds=seconds() - self._tried.setdefault(post.id, seconds()))

    def _sent(self, account: Account, post: P, how: Addressed, posted: Posted) -> None:
        self._path.clear()
        at = self.now()
        self._write(post, lambda s: self._stands(s, account, post, how, posted, now=at))
        self._tried.pop(post.id, None)
        if account.health is HealthState.SIGN_IN:
            with self.store.write() as s:
                accounts.set_health(s, account.id, HealthState.WORKING, now=at)

    def _failed(self, account: Account, post: P, said: str) -> None:
        self._write(post, lambda s: self._fail(s, account, post, said))

    def _guard(self) -> None:
        if self.me is not None:
            with self.store.read() as s:
                if not lease.held_by(s, self.me):
                    raise LeaseLost

    def _write(self, post: P, outcome: Outcome) -> None:
        """Write what was found out; kept in mind until it is written, since the network will not tell it twice."""
        self._outcomes[post.id] = outcome
        self._write_outcomes()

    def _write_outcomes(self) -> None:
        for number, outcome in list(self._outcomes.items()):
            with self.store.write() as s:
                outcome(s)
            del self._outcomes[number]

    def _sign_in(self, account: Account, said: str) -> None:
        """It stays queued; the next try reads the secret anew, which somebody may have renewed."""
        self._path.drop()
        self._path.rest(_SIGN_IN_WAIT)
        if account.health is not HealthState.SIGN_IN:
            log.warning("%s has to sign in again: what it has to send waits.", account.handle)
            with self.store.write() as s:
                accounts.set_health(s, account.id, HealthState.SIGN_IN, error=said, now=self.now())

    def _note_error(self, post: P, said: str) -> None:
        if post.error != said and post.state is ReplyState.QUEUED:
            with self.store.write() as s:
                self._box.note(s, post.id, error=said)


def _post(client: NetworkClient, post: Outgoing, how: Addressed) -> Posted:
    key, visibility, language = post.send_key, how.visibility, how.language
    return client.post(post.text, how.target, key=key, visibility=visibility, language=language)


def stopping(found: Iterable[Finding]) -> str:
    """What the checks say that stops a post for good, "" for nothing; an account in trouble only makes it wait."""
    return " ".join(each.message for each in found if each.level == "block" and each.check != "account")


def _wait_for(error: NetworkError, failures: int, now: datetime) -> float:
    """As long as the network asked for, else longer after each failure."""
    asked = error.retry_at if isinstance(error, (RateLimited, Unreachable)) else None
    if asked is not None and asked > now:
        return (asked - now).total_seconds() + back_off(1, shortest=1.0)
    return back_off(failures)
