"""Calls services outside, each as its stored row says: tried again with growing waits, never while nobody needs it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from inbox import secrets
from inbox.model.escalation import CallState, EscalationState
from inbox.networks import outward
from inbox.networks.errors import NetworkError, Refused
from inbox.secrets import SecretError
from inbox.store import config, escalations
from inbox.store.engine import Store
from inbox.store.escalations import OutsideCall

Send = Callable[..., None]
IDLE: Final = 5.0
TRIES: Final = 6
_FIRST_WAIT: Final = timedelta(seconds=5)
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
        if each.state is not EscalationState.RUNNING:
            self._end(each, CallState.NOBODY, "It was answered before this service was called.")
            return
        try:
            secret = _secret(workspace, each.target)
            self.send(each.target, secret, "Social Inbox", each.text, now=self.now(), key=f"{each.key}:{each.id}")
        except (Refused, SecretError) as error:
            self._end(each, CallState.FAILED, str(error))
        except NetworkError as error:
            self._again(each, str(error))
        else:
            self._end(each, CallState.SENT, "")

    def _again(self, each: OutsideCall, said: str) -> None:
        if each.attempts + 1 >= TRIES:
            self._end(each, CallState.FAILED, said)
            return
        wait = _FIRST_WAIT * 2**each.attempts
        with self.store.write() as s:
            escalations.outside_again(s, each.id, error=said, not_before=self.now() + wait)

    def _end(self, each: OutsideCall, state: CallState, said: str) -> None:
        with self.store.write() as s:
            escalations.end_outside(s, each.id, state, error=said, now=self.now())


def _secret(workspace: str, target: str) -> str:
    found = secrets.get(workspace, service_key(target))
    if found is None:
        raise Refused(f"There is no address of {target}. Enter it with “inbox services add”.")
    return found


def service_key(target: str) -> str:
    """Under which name a service's address is kept among the workspace's secrets."""
    return f"service-{target.replace(':', '-')}"
