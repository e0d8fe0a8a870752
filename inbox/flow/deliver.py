"""Sends the replies of one account: never twice, never forgotten, whatever dies when.

queued -> sending (committed to the disk before the network is asked) -> sent | failed | queued again | unknown.
A reply of unknown fate is settled by its key where the network honours keys, else by reading back twice, the
later more than two minutes after the attempt; what is not found then has failed, and only a person sends again.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from inbox.flow import sent
from inbox.flow.connection import Line, Networks
from inbox.flow.findings import Finding, check
from inbox.flow.steady import Waits, back_off, seconds
from inbox.model.account import Account
from inbox.model.ids import AccountId, ReplyId, ThreadId
from inbox.model.outbox import Reply
from inbox.model.words import HealthState, ReplyState
from inbox.networks.base import NetworkClient, Posted, ReplyTarget, Stop
from inbox.networks.errors import NetworkError, RateLimited, Refused, SignInAgain, Unreachable
from inbox.secrets import SecretError
from inbox.store import accounts, answering, holds, lease, outbox
from inbox.store.answering import Answered
from inbox.store.engine import Session, Store
from inbox.store.errors import NotFound
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
"""More seconds than this between taking a reply and posting it mean that the machine slept in between."""
_SIGN_IN_WAIT: Final = 15.0

_CLOCKS_APART: Final = timedelta(hours=2)
"""How far back a read-back looks before the attempt: our clock may have been wrong by an hour."""
NOT_FOUND: Final = (
    "The network's answer never came, and the reply is not among the account's posts. Send it again if it is missing."
)

Now = Callable[[], datetime]
Outcome = Callable[[Session], object]


class LeaseLost(Exception):
    """Another collector holds the workspace now: this one must not send anything more."""


@dataclass(slots=True)
class Deliverer:
    """The outbox of one account, worked by one thread. ``me`` holds the lease, None without one (tests);
    ``give_up`` ends a post that is under way, a little after ``stop`` let nothing new begin.
    """

    store: Store
    account_id: AccountId
    networks: Networks
    now: Now
    stop: Stop
    me: Holder | None = None
    give_up: Stop | None = None
    _waits: Waits = field(default_factory=Waits)
    _outcomes: dict[ReplyId, Outcome] = field(default_factory=dict)
    _tried: dict[ReplyId, float] = field(default_factory=dict)
    _hold_until: float = 0.0
    _failures: int = 0
    _line: Line | None = None

    def step(self) -> float:
        """Do everything that is due; in how many seconds there may be more. Raises ``StoreError`` (what was
        found out is kept and written at the next step), and ``LeaseLost``.
        """
        self._write_outcomes()
        with self.store.read() as s:
            account = accounts.get(s, self.account_id)
            replies = outbox.on_their_way(s, self.account_id)
        if account.connected_at is None or account.paused:
            return IDLE
        next_in, taken = IDLE, set[ThreadId]()
        with self.store.read() as s:
            held = holds.kept_back(s, self.account_id)
        for reply in replies:
            if reply.id in held and reply.state is ReplyState.QUEUED:
                # It waits, and with it what was written after it in the same thread.
                taken.add(reply.thread_id)
                continue
            if self.stop():
                break
            wait = self._left(reply)
            if wait <= 0 and reply.thread_id not in taken:
                self._work_on(account, reply)
                wait = 0.0
            # A thread's replies go out in the order they were written, one at a time.
            if reply.thread_id not in taken:
                next_in = min(next_in, wait)
            taken.add(reply.thread_id)
        return next_in

    def close(self) -> None:
        """Give back the connection."""
        if self._line is not None:
            self._line.drop()

    def _left(self, reply: Reply) -> float:
        """Seconds until something is to be done about the reply."""
        held = max(0.0, self._hold_until - seconds())
        if reply.state is ReplyState.SENDING:
            return IDLE
        set_at = reply.queued_at if reply.sending_at is None else max(reply.queued_at, reply.sending_at)
        left = self._waits.left(reply.id, set_at=set_at, until=reply.not_before, now=self.now())
        return max(held, left)

    def _work_on(self, account: Account, reply: Reply) -> None:
        """Send or settle one reply, as far as it goes now."""
        try:
            client = self._client(account)
            if reply.state is ReplyState.UNKNOWN:
                self._settle(client, account, reply)
            else:
                self._send(client, account, reply)
        except SignInAgain as error:
            self._sign_in(account, str(error))
        except SecretError as error:
            self._hold(back_off(self._failures + 1, shortest=5.0, longest=60.0))
            self._note_error(reply, str(error))
        except NetworkError as error:
            # The account could not even be connected to, or read back from: nothing was posted by that.
            self._hold(_wait_for(error, self._failures + 1, self.now()))
            self._note_error(reply, str(error))

    def _client(self, account: Account) -> NetworkClient:
        if self._line is None:
            self._line = Line(self.networks, self.give_up or self.stop)
        return self._line.client(account)

    def _send(self, client: NetworkClient, account: Account, reply: Reply) -> None:
        with self.store.read() as s:
            answered = _answered(s, reply)
        if answered is None:
            self._write(reply, lambda s: outbox.failed(s, reply.id, error="The mention that this answers is gone."))
            return
        # Once more, here: a row that came into the outbox by any other way than the composer gets no further.
        wrong = [each.message for each in _stopping(reply, account, answered)]
        if wrong:
            self._write(reply, lambda s: outbox.failed(s, reply.id, error=" ".join(wrong)))
            return
        begun = self._begin(account, reply)
        if begun is None:
            return
        try:
            posted = self._post(client, begun, answered)
        except NetworkError as error:
            self._not_sent(account, begun, error)
            return
        except Exception as error:
            said = (
                f"Something went wrong while this was being sent ({type(error).__name__}). Looking whether it went out."
            )
            self._unknown(begun, said)
            raise
        self._sent(account, begun, answered, posted)

    def _begin(self, account: Account, reply: Reply) -> Reply | None:
        key = self.networks.key(account.network) if outbox.untried(reply) else reply.send_key
        with self.store.write() as s:
            if self.me is not None and not lease.held_by(s, self.me):
                raise LeaseLost
            # Read under the lock, and not before: what was held meanwhile does not go out.
            if holds.held(s, self.account_id, reply.id) is not None:
                return None
            begun = outbox.begin(s, reply.id, key=key, now=self.now())
        if begun is not None:
            self._tried[reply.id] = seconds()
        return begun

    def _held(self, reply: Reply) -> bool:
        with self.store.read() as s:
            return holds.held(s, self.account_id, reply.id) is not None

    def _post(self, client: NetworkClient, begun: Reply, answered: Answered) -> Posted:
        if seconds() - self._tried[begun.id] > _TOO_OLD:
            raise Unreachable("The machine slept before this was sent.")
        return client.post(begun.text, _target(answered), key=begun.send_key, visibility=begun.visibility)

    def _not_sent(self, account: Account, begun: Reply, error: NetworkError) -> None:
        said = str(error)
        if isinstance(error, Unreachable) and error.maybe_done:
            self._hold(_wait_for(error, self._failures + 1, self.now()))
            self._unknown(begun, f"{said} Looking whether it went out.")
        elif isinstance(error, Refused):
            self._write(begun, lambda s: outbox.failed(s, begun.id, error=said))
        else:
            wait = _wait_for(error, max(begun.attempts, self._failures + 1), self.now())
            again_at = self.now() + timedelta(seconds=wait)
            self._hold(wait)
            self._write(begun, lambda s: outbox.again(s, begun.id, error=said, not_before=again_at))
            if isinstance(error, SignInAgain):
                self._sign_in(account, said)

    def _unknown(self, begun: Reply, said: str) -> None:
        look_at = self.now() + timedelta(seconds=FIRST_LOOK)
        self._write(begun, lambda s: outbox.unknown(s, begun.id, error=said, not_before=look_at))

    def _settle(self, client: NetworkClient, account: Account, reply: Reply) -> None:
        """Find out what became of a reply of unknown fate."""
        with self.store.read() as s:
            answered = _answered(s, reply)
            ours = outbox.sent_ids(s, reply.thread_id)
        tried_at = reply.sending_at or reply.queued_at
        since = tried_at - _CLOCKS_APART
        if answered is not None:
            try:
                found = client.find_posted(reply.send_key, reply.text, _target(answered), since=since)
            except Refused as error:
                # Somebody else's text stands under the key, or the account may not look: a person must.
                said = str(error)
                self._write(reply, lambda s: outbox.failed(s, reply.id, error=said))
                return
            if found is not None and found.global_id not in ours:
                self._sent(account, reply, answered, found)
                return
            if self._key_holds(account, reply, tried_at) and not self._held(reply):
                self._repeat(client, account, reply, answered)
                return
        self._look_again(reply, tried_at)

    def _key_holds(self, account: Account, reply: Reply, tried_at: datetime) -> bool:
        """True while a repeat under the same key cannot make a second post."""
        if not account.limits.idempotent or outbox.untried(reply):
            return False
        return timedelta(0) <= self.now() - tried_at < KEY_LASTS and self._age(reply, tried_at) < KEY_LASTS

    def _repeat(self, client: NetworkClient, account: Account, reply: Reply, answered: Answered) -> None:
        """Post again under the same key, of which the network makes one post. It stays of unknown fate until an
        answer comes, and the hour of its key counts from the first attempt.
        """
        self._guard()
        try:
            posted = client.post(reply.text, _target(answered), key=reply.send_key, visibility=reply.visibility)
        except Refused as error:
            said = str(error)
            self._write(reply, lambda s: outbox.failed(s, reply.id, error=said))
            return
        self._sent(account, reply, answered, posted)

    def _look_again(self, reply: Reply, tried_at: datetime) -> None:
        """Not found: look once more when two minutes have passed, then it has failed."""
        age = self._age(reply, tried_at)
        if reply.read_backs >= 1 and age > _TWO_MINUTES:
            self._write(reply, lambda s: outbox.failed(s, reply.id, error=NOT_FOUND))
            return
        next_at = self.now() + max(LAST_LOOK - age, timedelta(seconds=1))
        looks = reply.read_backs + 1
        said = "The network's answer never came. It is not among the account's posts so far; looking once more."
        self._write(reply, lambda s: outbox.looked(s, reply.id, read_backs=looks, error=said, not_before=next_at))

    def _age(self, reply: Reply, tried_at: datetime) -> timedelta:
        """How long ago the attempt was: as watched here, else by the wall clock unless it was set back since."""
        age = self.now() - tried_at
        if reply.id not in self._tried and age >= timedelta(0):
            return age
        return timedelta(seconds=seconds() - self._tried.setdefault(reply.id, seconds()))

    def _sent(self, account: Account, reply: Reply, answered: Answered, posted: Posted) -> None:
        self._failures, self._hold_until = 0, 0.0
        at = self.now()
        self._write(reply, lambda s: sent.record(s, account, reply, answered, posted, now=at))
        self._tried.pop(reply.id, None)
        if account.health is HealthState.SIGN_IN:
            with self.store.write() as s:
                accounts.set_health(s, account.id, HealthState.WORKING, now=at)

    def _guard(self) -> None:
        if self.me is not None:
            with self.store.read() as s:
                if not lease.held_by(s, self.me):
                    raise LeaseLost

    def _write(self, reply: Reply, outcome: Outcome) -> None:
        """Write what was found out; kept in mind until it is written, since the network will not tell it twice."""
        self._outcomes[reply.id] = outcome
        self._write_outcomes()

    def _write_outcomes(self) -> None:
        for reply_id, outcome in list(self._outcomes.items()):
            with self.store.write() as s:
                outcome(s)
            del self._outcomes[reply_id]

    def _sign_in(self, account: Account, said: str) -> None:
        """The reply stays queued; the next try reads the secret anew, which somebody may have renewed."""
        if self._line is not None:
            self._line.drop()
        self._hold(_SIGN_IN_WAIT)
        if account.health is not HealthState.SIGN_IN:
            log.warning("%s has to sign in again: its replies wait.", account.handle)
            with self.store.write() as s:
                accounts.set_health(s, account.id, HealthState.SIGN_IN, error=said, now=self.now())

    def _hold(self, wait: float) -> None:
        """The network is in trouble for every reply of the account."""
        self._failures += 1
        self._hold_until = max(self._hold_until, seconds() + wait)

    def _note_error(self, reply: Reply, said: str) -> None:
        if reply.error != said and reply.state is ReplyState.QUEUED:
            with self.store.write() as s:
                outbox.note(s, reply.id, error=said)


def _stopping(reply: Reply, account: Account, answered: Answered) -> list[Finding]:
    """What the checks say that stops this reply for good; an account in trouble only makes it wait."""
    found = check(reply.text, account, visibility=reply.visibility, author_handle=answered.author_handle)
    return [each for each in found if each.level == "block" and each.check != "account"]


def _answered(s: Session, reply: Reply) -> Answered | None:
    if reply.answers is None:
        return None
    try:
        return answering.answered(s, reply.account_id, reply.answers)
    except NotFound:
        return None


def _target(answered: Answered) -> ReplyTarget:
    return ReplyTarget(
        answered.global_id,
        answered.local_id,
        answered.root,
        answered.author_handle,
        answered.author_remote_id,
        answered.raw,
    )


def _wait_for(error: NetworkError, failures: int, now: datetime) -> float:
    """As long as the network asked for, else longer after each failure."""
    asked = error.retry_at if isinstance(error, (RateLimited, Unreachable)) else None
    if asked is not None and asked > now:
        return (asked - now).total_seconds() + back_off(1, shortest=1.0)
    return back_off(failures)
