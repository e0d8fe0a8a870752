"""Asks services for what people answered to calls, only while a call there waits, and acknowledges what they name."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from inbox.flow.escalate import raising
from inbox.flow.escalate.codes import code_of
from inbox.flow.escalate.delivering import secret_of
from inbox.model.ids import EscalationId
from inbox.networks import outward
from inbox.networks.errors import NetworkError, RateLimited, Unreachable
from inbox.networks.outward import Heard
from inbox.secrets import SecretError
from inbox.store import answers, config
from inbox.store.answers import Unanswered
from inbox.store.engine import Store
from inbox.store.errors import NotFound, Refused

log = logging.getLogger(__name__)

Listen = Callable[..., Heard]
IDLE: Final = 30.0
_BEFORE: Final = timedelta(minutes=10)
"""Read from so long before the call: the service's clock is not ours, and an older answer names another code."""
_EXHAUSTED: Final = timedelta(days=1)
_QUICK: Final = (timedelta(minutes=15), timedelta(seconds=5))
_LATER: Final = (timedelta(hours=1), timedelta(seconds=20))
_AT_LAST: Final = timedelta(minutes=1)
_TROUBLE: Final = (timedelta(seconds=10), timedelta(seconds=30), timedelta(minutes=1), timedelta(minutes=5))


@dataclass(slots=True)
class _Asked:
    """When a service is asked again, and what was wrong with it so often."""

    again: datetime
    failures: int = 0


@dataclass(slots=True)
class Listener:
    """The collector's lane for answers. ``listen`` as ``networks.outward.answers``, ``can`` as its ``can_answer``."""

    store: Store
    now: Callable[[], datetime]
    stop: Callable[[], bool]
    listen: Listen = outward.answers
    can: Callable[[str, str], bool] = outward.can_answer
    kind: Callable[[str, str], str] = outward.kind
    _asked: dict[str, _Asked] = field(default_factory=dict)

    def step(self) -> float:
        """Ask each service whose turn it is; in how many seconds the next one's comes. Raises ``StoreError``."""
        at = self.now()
        with self.store.read() as s:
            waiting = answers.unanswered(s, exhausted_since=at - _EXHAUSTED)
            workspace = config.workspace_id(s) if waiting else ""
        by_service: dict[str, list[Unanswered]] = {}
        for each in waiting:
            by_service.setdefault(each.target, []).append(each)
        self._asked = {name: each for name, each in self._asked.items() if name in by_service}
        for name, calls in by_service.items():
            if self.stop():
                break
            if name not in self._asked or self._asked[name].again <= at:
                self._ask(name, calls, workspace)
        soonest = min((each.again for each in self._asked.values()), default=at + timedelta(seconds=IDLE))
        return max(0.5, min(IDLE, (soonest - at).total_seconds()))

    def _ask(self, name: str, calls: list[Unanswered], workspace: str) -> None:
        at = self.now()
        known = self._asked.setdefault(name, _Asked(at))
        try:
            secret = secret_of(workspace, name)
            if not self.can(name, secret):
                # Nobody can answer there; it is looked again whether its address was changed.
                known.again = at + _AT_LAST
                return
            with self.store.read() as s:
                cursor = answers.cursor(s, name)
            since = min(each.since for each in calls) - _BEFORE
            heard = self.listen(name, secret, cursor, since=since, now=at, stop=self.stop)
        except (NetworkError, SecretError, Refused) as error:
            self._failed(name, known, error, at)
            return
        if known.failures:
            log.info("%s can be asked for answers again.", name)
        known.failures, known.again = 0, at + _pause(at - max(each.since for each in calls))
        self._take(name, heard, calls, self.kind(name, secret))
        if heard.cursor != cursor:
            with self.store.write() as s:
                answers.go_on(s, name, heard.cursor, self.now())

    def _take(self, name: str, heard: Heard, calls: list[Unanswered], kind: str) -> None:
        codes = {code_of(each.key): each.escalation_id for each in calls}
        for each in heard.answers:
            number = codes.get(each.code)
            if number is not None:
                self._acknowledge(number, f"{each.by or 'somebody'} on {kind}", name)

    def _acknowledge(self, number: EscalationId, by: str, name: str) -> None:
        try:
            raising.acknowledge(self.store, number, actor=by, now=self.now())
        except (Refused, NotFound) as error:
            # It came twice, or somebody was quicker: there is nothing left to do.
            log.info("An answer on %s came too late. %s", name, error)

    def _failed(self, name: str, known: _Asked, error: Exception, at: datetime) -> None:
        if not known.failures:
            log.warning("%s cannot be asked for answers: %s", name, error)
        wait = _TROUBLE[min(known.failures, len(_TROUBLE) - 1)]
        known.failures += 1
        told = error.retry_at if isinstance(error, RateLimited | Unreachable) else None
        known.again = max(at + wait, told or at)


def _pause(age: timedelta) -> timedelta:
    """How soon to ask again: soon after a call, seldom when it has waited for long."""
    for until, pause in (_QUICK, _LATER):
        if age < until:
            return pause
    return _AT_LAST
