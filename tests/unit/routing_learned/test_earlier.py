"""What an author wrote before: read without labels, counted as far as that proved right, and kept in the model."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from inbox.routing.learned import BadModel, Model
from inbox.routing.learned.earlier import apart
from inbox.routing.training import Example, train, with_earlier
from tests.unit.routing_learned.desk import SUBJECTS, history

START = datetime(2026, 11, 2, 9, tzinfo=UTC)
VAGUE = ("any news on this", "hello is anybody there", "and what now", "part two of it")


def _two_of_each(*, same: bool) -> list[Example]:
    """Authors who say plainly what it is, then vaguely: of the same matter, or of any."""
    draw = random.Random(5)
    labels = [*SUBJECTS]
    found = []
    for number in range(120):
        label = labels[number % len(labels)]
        at = START + timedelta(minutes=10 * number)
        follows = label if same else draw.choice(labels)
        found.append(Example(draw.choice(SUBJECTS[label]), label, 1.0, f"author {number}", at, "air"))
        found.append(Example(draw.choice(VAGUE), follows, 1.0, f"author {number}", at + timedelta(minutes=5), "air"))
    return with_earlier(found)


@pytest.fixture(scope="module")
def model() -> Model:
    return train(_two_of_each(same=True))


def test_a_vague_text_is_understood_by_what_its_author_wrote_before(model: Model) -> None:
    assert model.leaning > 0
    lost, alone = model.predict(["any news on this"] * 2, ["air"] * 2, ["my suitcase is lost", ""])
    assert lost.label == "Luggage"
    assert dict(lost.ranked)["Luggage"] > dict(alone.ranked)["Luggage"]
    assert model.predict(["any news on this"], ["air"]) == [alone]


def test_what_says_nothing_of_what_follows_does_not_count() -> None:
    assert train(_two_of_each(same=False)).leaning <= 0.1
    assert train(history()).leaning == 0


def test_how_much_it_counts_comes_back_from_bytes(model: Model) -> None:
    assert Model.load(model.dump()).leaning == model.leaning
    with pytest.raises(BadModel, match="lacks a part"):
        Model.load(replace(model, leaning="much").dump())  # type: ignore[arg-type]  # a file of another hand


def test_only_the_day_before_of_the_same_author_and_account_is_earlier() -> None:
    def at(hours: float, text: str, author: str = "ann", account: str = "air") -> Example:
        return Example(text, "secret label", 1.0, author, START + timedelta(hours=hours), account)

    found = with_earlier(
        [
            at(3, "third"),
            at(0, "first"),
            at(1, "other account", account="sea"),
            at(2, "other", author="bob"),
            at(2, "second"),
            at(30, "next day"),
            Example("no time", None, 1.0, "ann"),
            at(4, "nobody's", author=""),
        ]
    )
    earlier = {each.text: each.earlier for each in found}
    assert apart(earlier["third"]) == ["first", "second"]
    assert earlier["second"] == "first"
    assert [text for text, before in earlier.items() if not before] == [
        "first", "other account", "other", "next day", "no time", "nobody's"
    ]  # fmt: skip
    assert not any("secret" in before for before in earlier.values())
