"""What word lists say reaches the models that are asked, so that a word never learnt still tells how a text sounds."""

from dataclasses import replace
from functools import lru_cache

from inbox.flow import facts
from inbox.flow.heads import Head, Heads
from inbox.flow.learning import explain, guessing
from inbox.flow.learning.evaluating import with_model
from inbox.flow.learning.hints import hint
from inbox.flow.learning.judging import examples_of
from inbox.flow.learning.known import Known
from inbox.model.fact import FactKind
from inbox.model.ids import MentionId
from inbox.model.placement import Corrected
from inbox.routing.learned import Model
from inbox.routing.training import train
from inbox.store import learned
from inbox.store.engine import Store
from inbox.store.examples import Source
from tests.support.models import keep
from tests.support.talk import START

MET = {"positive": ("wonderful", "love", "thanks"), "negative": ("horrible", "worst", "useless")}
NEW = {"positive": "this crew was brilliant", "negative": "this crew was disgusting"}
"""Texts whose telling word no example has."""


def _known(labels: dict[str, str]) -> list[Known]:
    return [
        Known(f"this crew was {word}", labels[tone], 1.0, f"{word} {number}", "air", START, None, Source.IMPORTED)
        for tone, words in MET.items()
        for word in words
        for number in range(15)
    ]


@lru_cache
def _model(*labels: str) -> bytes:
    return train(examples_of(_known(dict(zip(MET, labels, strict=True))))).dump()


def _head(store: Store, *labels: str) -> Head:
    info = keep(store, _model(*labels), kind=Corrected.SENTIMENT)
    with store.read() as s:
        return Head(Model.load(learned.data(s, info.id) or b""), info)


def test_a_hint_tells_how_a_text_sounds_and_how_sure_that_is() -> None:
    assert [hint(text).split()[0] for text in NEW.values()] == ["positive", "negative"]
    assert hint("") == hint("see you at noon") == "neutral 6"


def test_the_sentiment_of_words_never_learnt_is_heard(store: Store) -> None:
    head = _head(store, "positive", "negative")
    with store.read() as s:
        mention = explain._mention(s, "", None, START)
    asked = [replace(mention, id=MentionId(number), text=text) for number, text in enumerate(NEW.values())]
    found = facts.find_many(asked, Heads(sentiment=head))
    assert [each.facts[FactKind.SENTIMENT].value for each in found] == [*NEW]
    assert all("Learned" in each.facts[FactKind.SENTIMENT].why for each in found)


def test_the_area_hears_them_too_and_so_does_measuring(store: Store) -> None:
    head = _head(store, "Praise", "Complaints")
    told = guessing.guesses([*NEW.values()], ["air"] * 2, head)
    assert [each.ranked[0][0] for each in told if each is not None] == ["Praise", "Complaints"]
    asked = [Known(text, None, 1.0, "", "air", START, None, Source.IMPORTED) for text in NEW.values()]
    assert [each.label for each in with_model(head.model, asked, 0).told] == ["Praise", "Complaints"]
