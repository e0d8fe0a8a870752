"""What was written to the demo's brand in the weeks before it begins, and how that was answered. Pure."""

import random
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count
from typing import Any, Final
from zoneinfo import ZoneInfo

from inbox.model.mention import IncomingAuthor, IncomingMention
from inbox.model.words import CloseReason, Direction, Outcome
from inbox.networks.demo.pace import moments, wait
from inbox.networks.demo.script import resource

NETWORK: Final = "demo"
WEEKS: Final = 4
TOLD: Final = 18
"""How often a text with slots is told, repeats aside."""
_NOT_SINCE: Final = timedelta(hours=16)
"""The last question of the past lies this far back: what is closed does not stand among the live threads."""
_LAST_WORD: Final = timedelta(minutes=30)
_ZONE: Final = ZoneInfo("Europe/Berlin")
_SECOND_ACCOUNT = 0.35
_UNANSWERED, _ASKS_AGAIN, _THANKS, _STILL = 0.07, 0.26, 0.2, 0.07
_REASONS = (CloseReason.NO_REPLY_NEEDED, CloseReason.HANDLED_ELSEWHERE, CloseReason.DUPLICATE)


@dataclass(frozen=True, slots=True)
class PastThread:
    """A thread that has ended. ``posts`` are in the order of time; ``desk`` is who took it at ``taken_at``.

    ``closings`` are when and why it was closed: two where the customer came back.
    """

    name: str
    account: str
    area: str
    desk: str
    taken_at: datetime
    posts: tuple[IncomingMention, ...]
    closings: tuple[tuple[datetime, CloseReason], ...]
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True)
class Week:
    """The threads whose first question was posted in the week before ``end``, oldest first."""

    end: datetime
    threads: tuple[PastThread, ...]


def weeks(accounts: tuple[str, ...], now: datetime) -> Iterator[Week]:
    """The weeks before the demo, the oldest first; ``accounts`` are handles."""
    told = tomllib.loads(resource("history.toml"))
    dice = random.Random("the weeks before")  # noqa: S311 - a story, not a secret
    posts: list[tuple[str, str, str | None]] = [
        (area, text, None) for area, texts in told["areas"].items() for text in texts
    ]
    posts += [(area, text, "en") for area, texts in told["told_often"].items() for text in _tellings(texts, told, dice)]
    dice.shuffle(posts)
    share = -(-len(posts) // WEEKS)
    numbers = count()
    for week in range(WEEKS):
        end = now - _NOT_SINCE - timedelta(weeks=WEEKS - 1 - week)
        taken = posts[week * share : (week + 1) * share]
        found = [
            _Teller(told, dice, next(numbers), accounts, now - _LAST_WORD).tell(area, text, at, language)
            for (area, text, language), at in zip(taken, moments(end, len(taken), _ZONE, dice), strict=True)
        ]
        yield Week(end, tuple(found))


def entered() -> dict[str, float]:
    """Figures of the scorecard that somebody entered by hand."""
    told: dict[str, float] = tomllib.loads(resource("history.toml"))["scorecard"]
    return told


def _tellings(texts: list[str], told: dict[str, Any], dice: random.Random) -> Iterator[str]:
    """Each text some times, with other words in its slots."""
    for text in texts:
        told_by = {
            text.format(**{name: dice.choice(words) for name, words in told["slots"].items()}) for _ in range(TOLD)
        }
        yield from sorted(told_by)


@dataclass(slots=True)
class _Teller:
    """Tells one thread; nothing in it is later than ``latest``."""

    told: dict[str, Any]
    dice: random.Random
    number: int
    accounts: tuple[str, ...]
    latest: datetime
    account: str = ""
    customer: IncomingAuthor = field(default_factory=lambda: IncomingAuthor("", ""))
    posts: list[IncomingMention] = field(default_factory=list)

    def tell(self, area: str, text: str, at: datetime, language: str | None) -> PastThread:
        """The question, what followed, and the end."""
        dice = self.dice
        account = self.accounts[-1 if dice.random() < _SECOND_ACCOUNT else 0]
        name = dice.choice(self.told["authors"])
        host = "social.example" if account == self.accounts[0] else "example"
        handle = f"{name.lower().replace(' ', '.')}@{host}"
        self.account, self.customer = account, IncomingAuthor(handle, handle, name)
        desk = dice.choice(self.told["desks"][area])
        self._say(text, at, language)
        answered = dice.random() >= _UNANSWERED
        closings = self._answered(area) if answered else self._left()
        taken = at + (min(self.posts[1].created_at, closings[0][0]) - at) * 0.6 if answered else closings[0][0]
        kept = tuple((min(when, self.latest), why) for when, why in closings)
        thanked = self.posts[-1].text in self.told["later"]["thanked"]
        outcome = self._outcome(thanked=thanked) if answered else None
        key = f"past{self.number}"
        return PastThread(key, account, area, desk, taken, tuple(self.posts), kept, outcome)

    def _left(self) -> list[tuple[datetime, CloseReason]]:
        """Nobody answers; it is closed for another reason."""
        after = timedelta(minutes=self.dice.lognormvariate(5.0, 0.8))
        return [(self.posts[0].created_at + after, self.dice.choice(_REASONS))]

    def _answered(self, area: str) -> list[tuple[datetime, CloseReason]]:
        """Answers, what the customer says to them, and when it was closed; perhaps once more after that."""
        dice, later = self.dice, self.told["later"]
        self._answer(dice.choice(self.told["answers"][area]), area)
        while len(self.posts) < 6 and dice.random() < _ASKS_AGAIN and self._customer_says(later["asked"], 70):  # noqa: PLR2004 - nobody asks more often
            self._answer(dice.choice(later["answered"]), area)
        if dice.random() < _THANKS:
            self._customer_says(later["thanked"], 25)
        first = self.posts[-1].created_at + timedelta(minutes=dice.lognormvariate(4.6, 1.0))
        closings = [(first, CloseReason.ANSWERED)]
        if dice.random() < _STILL and first < self.latest - timedelta(days=3):
            self._say(dice.choice(later["still"]), first + timedelta(hours=dice.uniform(8, 50)))
            self._answer(dice.choice(later["answered"]), area)
            closings.append((self.posts[-1].created_at + timedelta(hours=dice.uniform(1, 9)), CloseReason.ANSWERED))
        return closings

    def _outcome(self, *, thanked: bool) -> Outcome | None:
        if thanked:
            return Outcome.THANKS
        ends = (Outcome.HEARD, Outcome.SAVED, Outcome.COMPLAINT_FILED, None)
        return self.dice.choices(ends, (50, 18, 9, 23))[0]

    def _customer_says(self, texts: list[str], minutes: float) -> bool:
        """Whether there was still time for the customer to say something more."""
        at = self.posts[-1].created_at + timedelta(minutes=minutes * self.dice.lognormvariate(0, 1))
        if at > self.latest - timedelta(hours=8):
            return False
        self._say(self.dice.choice(texts), at)
        return True

    def _say(self, text: str, at: datetime, language: str | None = "en") -> None:
        last = self.posts[-1].id if self.posts else None
        self.posts.append(replace(self._post(text, at, self.customer, last), language=language))

    def _answer(self, text: str, area: str) -> None:
        asked = self.posts[-1]
        at = min(asked.created_at + wait(area, asked.created_at, self.latest, _ZONE, self.dice), self.latest)
        us = IncomingAuthor(self.account, self.account, "Example Air")
        ours = self._post(text, at, us, asked.id)
        self.posts.append(replace(ours, direction=Direction.OUTBOUND))

    def _post(self, text: str, at: datetime, author: IncomingAuthor, answers: str | None) -> IncomingMention:
        key = f"demo:past/{self.number}" + (f"/{len(self.posts)}" if self.posts else "")
        name = f"past{self.number}"
        return IncomingMention(
            NETWORK, key, author, text, at, account=self.account, in_reply_to=answers, thread=name, language="en"
        )
