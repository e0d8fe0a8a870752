"""What the people of the demo network post, and when: a function of the script, its start and its speed. Pure."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from inbox.model.mention import IncomingAuthor, Media
from inbox.networks.demo.script import Script

HOSTS = {"mastodon": "social.example", "bluesky": "example"}
UNTAGGED = "#ExampleAir"
"""How people speak of the airline without speaking to it."""


@dataclass(frozen=True, slots=True)
class DemoPost:
    """One post. ``account`` is the key of the account that it speaks to, or that wrote it (``ours``);
    ``thread`` groups an exchange; an untagged post is only found by a search.
    """

    id: str
    thread: str
    account: str
    author: IncomingAuthor
    language: str
    text: str
    at: datetime
    ours: bool = False
    answers: str | None = None
    private: bool = False
    tagged: bool = True
    likes: int = 0
    shares: int = 0
    media: tuple[Media, ...] = ()
    edited: str | None = None
    edited_at: datetime | None = None
    deleted_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Clockwork:
    """When the story's minutes are: what is before 0 lies in the real past, what is after runs at ``speed``."""

    begun: datetime
    speed: float = 1.0

    def at(self, minutes: float) -> datetime:
        """The time of a minute of the script (aware UTC)."""
        return self.begun + timedelta(minutes=minutes if minutes < 0 else minutes / self.speed)

    def after(self, at: datetime, seconds: float) -> datetime:
        """A while of the story after some time."""
        return at + timedelta(seconds=seconds / self.speed)


def person(told: dict[str, Any], account: str) -> IncomingAuthor:
    """An author of the script as the network of an account names them."""
    host = HOSTS[account]
    handle = f"{told['handle']}@{host}" if account == "mastodon" else f"{told['handle'].replace('_', '-')}.{host}"
    return IncomingAuthor(
        id=handle,
        handle=handle,
        name=told["name"],
        followers=told.get("followers"),
        verified=told.get("verified", False),
        tags=tuple(told.get("tags", ())),
    )


def us(script: Script, account: str) -> IncomingAuthor:
    """The account itself as an author."""
    found = next(each for each in script.accounts if each.key == account)
    return IncomingAuthor(id=found.handle, handle=found.handle, name=found.title, followers=48_200, verified=True)


def written(script: Script, clock: Clockwork) -> Iterator[DemoPost]:
    """The threads of the script, its crisis among them."""
    for number, thread in enumerate(script.threads):
        yield from _thread(script, clock, f"t{number}", thread)
    yield from _crisis(script, clock)


def _thread(script: Script, clock: Clockwork, name: str, told: dict[str, Any]) -> Iterator[DemoPost]:
    account = told.get("on", "mastodon")
    author = script.authors[told["by"]]
    last: str | None = None
    for number, post in enumerate(told["posts"]):
        ours = "us" in post
        found = DemoPost(
            id=f"demo:{account}/{name}/{number}",
            thread=name,
            account=account,
            author=us(script, account) if ours else person(author, account),
            language="" if ours else author["language"],
            text=post["us"] if ours else post["text"],
            at=clock.at(post["at"]),
            ours=ours,
            answers=last,
            tagged=told.get("tagged", True),
            likes=post.get("likes", 0),
            shares=post.get("shares", 0),
            media=_media(post),
            edited=post.get("edit"),
            edited_at=clock.at(post["edit_at"]) if "edit_at" in post else None,
            deleted_at=clock.at(post["deleted_at"]) if "deleted_at" in post else None,
        )
        yield found
        last = found.id


def _media(post: dict[str, Any]) -> tuple[Media, ...]:
    return (Media(f"https://media.example/{post['media']}", "image", post["alt"]),) if "media" in post else ()


def _crisis(script: Script, clock: Clockwork) -> Iterator[DemoPost]:
    """Slowly, then all at once, then slowly again: the share of posts by then is an S."""
    told = script.crisis
    dice = random.Random(str(told["flight"]))  # noqa: S311 - a story, not a secret
    for number in range(told["posts"]):
        share = (number + 0.5) / told["posts"] - 0.5
        minute = told["from"] + (told["to"] - told["from"]) * (0.5 + 4 * share**3)
        line = told["texts"][number % len(told["texts"])]
        tagged = dice.random() < told["tagged"]
        account = "bluesky" if dice.random() < told["on_bluesky"] else "mastodon"
        yield DemoPost(
            id=f"demo:{account}/smoke/{number}",
            thread=f"smoke{number}",
            account=account,
            author=_somebody(script, dice, account, line["language"]),
            language=line["language"],
            text=line["text"] if tagged else f"{line['text']} {UNTAGGED}",
            at=clock.at(minute + dice.uniform(-0.1, 0.1)),
            likes=dice.randrange(0, 90),
            shares=dice.randrange(0, 60),
            tagged=tagged,
        )


def endless(script: Script, clock: Clockwork, number: int) -> DemoPost:
    """The post of this number in the everyday stream that never ends."""
    told = script.endless
    dice = random.Random(f"everyday {number}")  # noqa: S311 - a story, not a secret
    line = dice.choice(told["texts"])
    account = dice.choice(["mastodon", "mastodon", "bluesky"])
    text = line["text"].replace("{n}", str(dice.randrange(100, 899))).replace("{city}", dice.choice(told["cities"]))
    tagged = dice.random() < told["tagged"]
    minute = (number + 0.3 + dice.random() * 0.7) * told["every"] / 60
    return DemoPost(
        id=f"demo:{account}/day/{number}",
        thread=f"day{number}",
        account=account,
        author=_somebody(script, dice, account, line["language"]),
        language=line["language"],
        text=text if tagged else f"{text} {UNTAGGED}",
        at=clock.at(minute),
        likes=dice.randrange(0, 6),
        tagged=tagged,
    )


def usual(script: Script, clock: Clockwork, hours: int) -> Iterator[tuple[DemoPost, dict[str, Any]]]:
    """The everyday stream as it ran for so many hours before the start, oldest first: each post, and the line of the
    script that it was made of. The same dice as in ``endless``.
    """
    told = script.endless
    for number in range(-round(hours * 3600 / told["every"]), 0):
        post = endless(script, clock, number)
        yield post, next(each for each in told["texts"] if _begins(post.text, each["text"]))


def _begins(text: str, line: str) -> bool:
    """Whether a text was made of a line with slots."""
    pieces = line.replace("{city}", "{n}").split("{n}")
    return all(each in text for each in pieces)


def reaction(script: Script, clock: Clockwork, asked: DemoPost, ours: DemoPost, times: int) -> DemoPost | None:
    """What the customer says to our reply, ``times`` being how many they have answered before; None: nothing."""
    lines = _lines(script, asked)
    if times >= len(lines):
        return None
    dice = random.Random(ours.id)  # noqa: S311 - a story, not a secret
    return DemoPost(
        id=f"{ours.id}/answer",
        thread=asked.thread,
        account=asked.account,
        author=asked.author,
        language=asked.language,
        text=lines[times],
        at=clock.after(ours.at, dice.uniform(12, 60)),
        answers=ours.id,
        private=ours.private,
        tagged=True,
    )


def _lines(script: Script, asked: DemoPost) -> list[str]:
    if asked.thread.startswith("t"):
        return list(script.threads[int(asked.thread[1:])].get("answers", ()))
    thanks = script.endless["thanks"].get(asked.language, script.endless["thanks"]["en"])
    more = script.endless["more"].get(asked.language, script.endless["more"]["en"])
    return [more, thanks] if random.Random(asked.id).random() < script.endless["asks_on"] else [thanks]  # noqa: S311 - a story


def _somebody(script: Script, dice: random.Random, account: str, language: str) -> IncomingAuthor:
    first, last = dice.choice(script.endless["first"]), dice.choice(script.endless["last"])
    number = dice.randrange(10, 99)
    handle = f"{first}.{last}{number}".lower().encode("ascii", "ignore").decode()
    told = {"handle": handle, "name": f"{first} {last}", "followers": int(dice.paretovariate(0.9) * 40)}
    return person({**told, "language": language}, account)
