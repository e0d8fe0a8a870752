"""The encoder that learned models ask, and what is said where it cannot run."""

import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from inbox.flow import doctor, encoding
from inbox.flow.encoding import encoder, trouble
from inbox.flow.heads import heads
from inbox.routing.meaning import opening
from inbox.routing.training import train
from inbox.store.engine import Store
from tests.support.models import examples, keep
from tests.support.talk import START


@pytest.fixture
def missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[bytes]:
    """An installation whose encoder is gone after a model learnt with it."""
    data = train(examples(), encoder=encoder()).dump()
    encoding._opened.cache_clear()
    monkeypatch.setattr(opening, "resources", lambda: tmp_path)
    yield data
    encoding._opened.cache_clear()


def test_it_is_opened_once_and_reads_texts() -> None:
    found = encoder()
    assert found is not None
    assert encoder() is found
    assert found.encode(["Where is my bag?"]).shape == (1, 768)
    assert trouble() == ""


def test_where_it_is_gone_that_is_said_once_and_words_decide(
    store: Store, missing: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    keep(store, missing)
    with store.read() as s:
        found = heads(s)
    assert found.area is not None
    assert found.area.model.reader is not None
    unsure = replace(found.area.model, reader=replace(found.area.model.reader, unsure=1.0))
    with caplog.at_level(logging.WARNING):
        (first, second) = unsure.predict(["My suitcase is gone", "Where is my refund?"])
        unsure.predict(["My trolley is gone"])
    assert (first.label, first.whole, second.label) == ("Baggage", False, "Billing")
    assert [each.message.endswith("learned models judge by words alone.") for each in caplog.records] == [True]


def test_the_doctor_says_that_the_encoder_is_gone_and_what_to_do(store: Store, missing: bytes) -> None:
    keep(store, missing)
    with store.read() as s:
        told = doctor._learned(s, START)
    assert not told.ok
    assert "text encoder" in told.detail
    assert "Install the program again." in told.detail
