"""The facts of a thread in one row."""

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from inbox.model.fact import Fact, FactKind, Facts, FactSource
from inbox.model.thread import Thread
from inbox.ui.context import Context
from inbox.ui.details.fact_words import facts_of, in_words, judged
from inbox.ui.details.facts_line import FactsLine
from inbox.ui.widgets import ElidedLabel
from tests.ui import samples

pytestmark = pytest.mark.usefixtures("theme")

FACTS: Facts = {
    FactKind.LANGUAGE: Fact("pt", 0.97, FactSource.WORDS, "Portuguese (97%)."),
    FactKind.NEEDS_REPLY: Fact(True, 0.95, FactSource.LEARNED, "It reads like a question."),
    FactKind.SENTIMENT: Fact("mixed", 0.5, FactSource.WORDS),
    FactKind.NOISE: Fact(False, 0.98, FactSource.WORDS),
}


def with_facts(facts: Facts) -> Thread:
    """Marta's thread, her newest mention having these facts."""
    thread = samples.thread()
    *before, last = thread.mentions
    return replace(thread, mentions=(*before, replace(last, facts=facts)))


def words(line: FactsLine) -> list[str]:
    holder = line._holder
    return [label.text() for label in holder.findChildren(ElidedLabel)] if holder is not None else []


def shown(qtbot: QtBot, thread: Thread | None) -> FactsLine:
    line = FactsLine(Context(now=lambda: samples.NOW))
    qtbot.addWidget(line)
    line.show_thread(thread)
    return line


def test_a_line_says_each_fact_in_words(qtbot: QtBot) -> None:
    line = shown(qtbot, with_facts(FACTS))
    assert words(line) == ["Portuguese", "Needs a reply", "Mixed sentiment"]
    assert "Needs a reply, sure, 95%, learned here" in line.accessibleDescription()


def test_noise_is_named_only_where_it_is_some(qtbot: QtBot) -> None:
    noisy = {**FACTS, FactKind.NOISE: Fact(True, 0.9, FactSource.WORDS)}
    assert words(shown(qtbot, with_facts(noisy)))[-1] == "Noise"


def test_what_is_not_clear_is_said_to_be_so(qtbot: QtBot) -> None:
    unclear: Facts = {FactKind.LANGUAGE: Fact(None, 0, FactSource.WORDS)}
    assert words(shown(qtbot, with_facts(unclear))) == ["Language not clear"]


def test_a_mention_from_before_facts_were_kept_shows_what_is_known(qtbot: QtBot) -> None:
    assert words(shown(qtbot, with_facts({}))) == ["English", "Needs a reply", "Negative sentiment"]


def test_no_thread_no_facts(qtbot: QtBot) -> None:
    line = shown(qtbot, None)
    assert words(line) == []
    line.show_thread(replace(samples.thread(), mentions=()))
    assert words(line) == []


@pytest.mark.parametrize("code", ["\u202eabc" * 9, "x" * 5000, "\ud800", "zz-\x1b[31m", "😀"])
def test_a_hostile_language_code_stays_short_and_plain(code: str) -> None:
    said = in_words({FactKind.LANGUAGE: Fact(code, 1, FactSource.NETWORK)})[0].value
    assert len(said) <= 13
    assert not {"\u202e", "\x1b", "\ud800"} & set(said)


def test_a_person_and_the_network_are_named_without_a_percentage() -> None:
    facts: Facts = {
        FactKind.LANGUAGE: Fact("en", 1, FactSource.NETWORK),
        FactKind.SENTIMENT: Fact("positive", 1, FactSource.PERSON),
    }
    found = in_words(facts_of(judged(with_facts(facts))))
    assert [(each.sure, each.by) for each in found] == [("", "says the network"), ("", "corrected by a person")]


@pytest.mark.parametrize(("share", "said"), [(0.97, "sure, 97%"), (0.8, "likely, 80%"), (0.55, "perhaps, 55%")])
def test_how_sure_is_a_word_and_a_percentage(share: float, said: str) -> None:
    facts: Facts = {FactKind.SENTIMENT: Fact("negative", share, FactSource.LEARNED)}
    assert in_words(facts)[0].sure == said
