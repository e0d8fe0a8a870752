"""Calls services outside, each as its stored row says: tried again with growing waits, never while nobody needs it."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from inbox import secrets
from inbox.flow.escalate.codes import code_of
from inbox.flow.escalate.ladders import service_key
from inbox.flow.races import by
from inbox.model.escalation import CallState, EscalationState
from inbox.networks import outward
from inbox.networks.errors import NetworkError, RateLimited, Refused, Unreachable
from inbox.secrets import SecretError
from inbox.store import config, escalations
from inbox.store.engine import Store
from inbox.store.escalations import OutsideCall

Send = Callable[..., None]
IDLE: Final = 5.0
TRIES: Final = 6
_FIRST_WAIT: Final = timedelta(seconds=5)
_OVER: Final = frozenset((EscalationState.ACKNOWLEDGED, EscalationState.CANCELLED))
_TAKEN: Final = timedelta(minutes=1)
"""A call that was begun so long ago and never ended was killed on the way: made again, better twice than never."""


@dataclass(slots=True)
class Caller:
    """The collector's lane for services. ``send`` as ``networks.outward.send``."""

    store: Store
    now: Callable[[], datetime]
    stop: Callable[[], bool]
    send: Send = outward.send

    def step(self) -> float:
        """Make every call that is due; in how many seconds there may be more. Raises ``StoreError``."""
        with self.store.read() as s:
            waiting = escalations.outside_due(s, self.now())
            workspace = config.workspace_id(s)
        for each in waiting:
            if self.stop():
                break
            self._call(each, workspace)
        return IDLE

    def _call(self, each: OutsideCall, workspace: str) -> None:
        with self.store.write() as s:
            begun = escalations.begin_outside(s, each, until=self.now() + _TAKEN)
        if not begun:
            return
        if each.state in _OVER and not each.telling:
            self._end(each, CallState.NOBODY, "It was answered before this service was called.")
            return
        try:
            secret = secret_of(workspace, each.target)
            code = "" if each.telling else code_of(each.key)
            name = hashlib.sha256(f"{each.key}:{each.id}".encode()).hexdigest()
            self.send(each.target, secret, "Social Inbox", self._text(each), now=self.now(), key=name, code=code)
        except (Refused, SecretError) as error:
            self._end(each, CallState.FAILED, str(error))
        except NetworkError as error:
            told = error.retry_at if isinstance(error, RateLimited | Unreachable) else None
            self._again(each, str(error), told)
        else:
            self._end(each, CallState.SENT, "")

    def _text(self, each: OutsideCall) -> str:
        if not each.telling:
            return f"Help is called: {each.reason}"
        if each.state is EscalationState.CANCELLED:
            return f"No longer needed: {each.reason}"
        with self.store.read() as s:
            return f"Acknowledged by {by(s, each.by)}: {each.reason}"

    def _again(self, each: OutsideCall, said: str, told: datetime | None) -> None:
        """Once more after a while, and not before the service wants to be asked (``told``)."""
        if each.attempts + 1 >= TRIES:
            self._end(each, CallState.FAILED, said)
            return
        at = self.now() + _FIRST_WAIT * 2**each.attempts
        with self.store.write() as s:
            escalations.outside_again(s, each.id, error=said, not_before=max(at, told or at))

    def _end(self, each: OutsideCall, state: CallState, said: str) -> None:
        with self.store.write() as s:
            escalations.end_outside(s, each.id, state, error=said, now=self.now())
            found = escalations.get(s, each.escalation_id, lock=True)
            if not each.telling and state is CallState.SENT and found is not None and found.state in _OVER:
                # Somebody was quicker while it was on its way: who was just called is told so.
                escalations.tell_services(s, each.escalation_id, self.now())


def secret_of(workspace: str, target: str) -> str:
    """The address of a service. Raises ``Refused`` where none is kept, and ``SecretError``."""
    found = secrets.get(workspace, service_key(target))
    if found is None:
        raise Refused(f"There is no address of {target}. Enter it with “inbox services add”.")
    return found
