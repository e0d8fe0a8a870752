"""Which stored threads a policy would take, asked of the newest ones by the same code that gives clocks their terms."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

from inbox.flow.rulebook import Rulebook
from inbox.flow.terms import TermsOf
from inbox.model.workspace import Policy, Workspace
from inbox.store import clocks
from inbox.store.clocks import ThreadHistory
from inbox.store.engine import Store
from inbox.store.matching import newest_threads

MOST_THREADS: Final = 2_000
"""Threads that are looked at, the newest."""
_CHUNK: Final = 500
_EACH: Final = 256
"""Threads between two looks at whether to stop."""

Stop = Callable[[], bool]


class Stopped(Exception):
    """The answer is no longer wanted."""


@dataclass(frozen=True, slots=True)
class Caught:
    """Of ``threads`` (the newest where there are ``more``) so many ``would`` fall under the policy as it stands, and
    so many do ``now`` under the one that it is an edit of, None for a new one.
    """

    threads: int
    would: int
    now: int | None
    more: bool = False


@dataclass(slots=True, eq=False)
class Sample:
    """The newest threads of some days. Keep it while a policy is edited."""

    days: int
    threads: Sequence[ThreadHistory]
    more: bool
    _known: tuple[Workspace, dict[str, int]] | None = field(default=None)

    def counts(self, workspace: Workspace, stop: Stop) -> dict[str, int]:
        """How many fall under each policy of a workspace; kept for the last one asked. Raises ``Stopped``."""
        if self._known is None or self._known[0] is not workspace:
            self._known = (workspace, _counts(self.threads, workspace, stop))
        return self._known[1]


def sample(store: Store, *, days: int = 7, now: datetime, limit: int = MOST_THREADS) -> Sample:
    """Read the newest threads of the last days, in short reads."""
    since = now - timedelta(days=days)
    with store.read() as s:
        ids = newest_threads(s, since, limit + 1)
    found: list[ThreadHistory] = []
    for first in range(0, min(len(ids), limit), _CHUNK):
        with store.read() as s:
            found += clocks.histories(s, ids[first : min(first + _CHUNK, limit)]).values()
    return Sample(days, [each for each in found if each.posts], len(ids) > limit)


def caught(
    sample: Sample,
    workspace: Workspace,
    policy: Policy,
    *,
    replaces: str | None = None,
    position: int | None = None,
    stop: Stop = lambda: False,
) -> Caught:
    """What the policy would take at its place among the others of the workspace.

    Raises ``ValueError`` for an expression that RE2 refuses, and ``Stopped``.
    """
    policy = replace(policy, name=policy.name.strip() or _NEW)
    others = [each for each in workspace.policies if each.name != replaces]
    names = [each.name for each in workspace.policies]
    place = names.index(replaces) if replaces in names else len(others)
    others.insert(place if position is None else max(0, min(position, len(others))), policy)
    would = _counts(sample.threads, replace(workspace, policies=tuple(others)), stop).get(policy.name, 0)
    now = None if replaces not in names else sample.counts(workspace, stop).get(replaces or "", 0)
    return Caught(len(sample.threads), would, now, sample.more)


_NEW: Final = "\0new"
"""No policy can be called so."""


def _counts(threads: Sequence[ThreadHistory], workspace: Workspace, stop: Stop) -> dict[str, int]:
    book = Rulebook(_bare(workspace))
    found: dict[str, int] = {}
    for number, each in enumerate(threads):
        if number % _EACH == 0 and stop():
            raise Stopped
        policy = TermsOf(each, book).policy
        if policy is not None:
            found[policy.name] = found.get(policy.name, 0) + 1
    return found


def _bare(workspace: Workspace) -> Workspace:
    """Without what policies do not ask for, so that it is made ready with each letter that is typed."""
    return replace(workspace, rules=(), areas=tuple(replace(each, keywords=()) for each in workspace.areas))
