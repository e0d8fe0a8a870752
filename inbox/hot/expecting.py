"""What is expected for a while, though it is not usual: campaigns that everybody knows of."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from inbox.hot.window import Window
from inbox.hot.words import terms

_STALE: Final = timedelta(days=7)
"""After so long a campaign is part of what is usual: a baseline frozen for longer is worse than one that is guessed."""
_STEP: Final = timedelta(minutes=5)
_MOST_STEPS: Final = 64
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)

Plan = Callable[[datetime], tuple[float, bool]]
"""How many times as much as usual is expected at a time, and whether what comes then teaches what is usual."""


def ordinary(_at: datetime) -> tuple[float, bool]:
    """No campaign."""
    return 1.0, True


@dataclass(frozen=True, slots=True)
class Running:
    """A campaign as the detector knows it: from ``begins_at`` up to ``ends_at`` (aware) ``times`` as much as usual is
    expected on the account (None: on all), and its ``words`` are no news.
    """

    account: str | None
    begins_at: datetime
    ends_at: datetime
    times: float
    words: tuple[str, ...] = ()

    def concerns(self, account: str) -> bool:
        """Whether it runs there."""
        return self.account is None or self.account == account


class Expecting:
    """All campaigns together. What several bring at once adds up: of 3 times and 2 times 4 times are expected."""

    def __init__(self, campaigns: Sequence[Running]) -> None:
        """Those that are over are no cost."""
        self._campaigns = campaigns
        self._stems = {each.words: frozenset[str]().union(*map(terms, each.words)) for each in campaigns}
        self._near: dict[int, tuple[Running, ...]] = {}

    def running(self, account: str, at: datetime) -> list[Running]:
        """The campaigns of an account at that time."""
        if not self._campaigns:
            return []
        near = self._around((at - _EPOCH) // _STEP)
        return [each for each in near if each.concerns(account) and each.begins_at <= at < each.ends_at]

    def times(self, account: str, at: datetime) -> float:
        """How many times as much as usual is expected of an account: 1 without a campaign, never less."""
        return 1 + sum(max(0.0, each.times - 1) for each in self.running(account, at))

    def teaches(self, account: str, at: datetime) -> bool:
        """Whether what comes then says what is usual.

        Not in a campaign's first week: how much it brings was guessed, and a wrong guess would move the baseline that
        is needed when it is over. From its second week on what comes does, divided by ``times``.
        """
        return all(at - each.begins_at >= _STALE for each in self.running(account, at) if each.times > 1)

    def plan(self, window: Window) -> Plan:
        """What to expect of a stream: of an area as much more as is the share of those that come by the account."""
        if not self._campaigns:
            return ordinary
        shares = window.shares()

        def planned(at: datetime) -> tuple[float, bool]:
            times = sum(share * self.times(account, at) for account, share in shares.items())
            return times, all(self.teaches(account, at) for account in shares)

        return planned

    def words(self, account: str, at: datetime) -> frozenset[str]:
        """The terms that are no news there."""
        return frozenset[str]().union(*(self._stems[each.words] for each in self.running(account, at)))

    def _around(self, place: int) -> tuple[Running, ...]:
        found = self._near.get(place)
        if found is None:
            begin = _EPOCH + place * _STEP
            found = tuple(each for each in self._campaigns if each.begins_at < begin + _STEP and each.ends_at > begin)
            if len(self._near) >= _MOST_STEPS:
                self._near.clear()
            self._near[place] = found
        return found


def is_about(term: str, words: frozenset[str]) -> bool:
    """Whether a term, or a word of a pair, is among some words."""
    return bool(words) and (term in words or any(part in words for part in term.split()))
