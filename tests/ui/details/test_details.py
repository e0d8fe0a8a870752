"""The details panel: clocks in their states, reasons with what matched, the author, and corrections."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from inbox.model.fact import Fact, FactKind, Facts, FactSource
from inbox.model.thread import Reason
from inbox.model.words import Metric, Priority, ReasonStep, Status
from inbox.ui.context import Context
from inbox.ui.details import DetailsPane
from inbox.ui.details.clock_words import clock_line, present
from inbox.ui.details.correct import CorrectBox
from inbox.ui.details.sections import EarlierLine
from inbox.ui.details.why import ICONS, marks, standing, unsaid
from inbox.ui.thread.post import PostText
from inbox.ui.widgets import DeadlinePill, Label
from inbox.ui.widgets.deadline import DeadlineState
from tests.ui import samples

pytestmark = pytest.mark.usefixtures("theme")


def shown(qtbot: QtBot) -> DetailsPane:
    context = Context(now=lambda: samples.NOW)
    pane = DetailsPane(context)
    qtbot.addWidget(pane)
    pane.resize(276, 900)
    context.thread_id = samples.thread().row.id
    pane._show(samples.scene())
    return pane


@pytest.mark.parametrize(
    ("changes", "state", "words"),
    [
        ({"due_at": samples.NOW + timedelta(hours=5)}, DeadlineState.OK, "5 h left"),
        ({"due_at": samples.NOW + timedelta(minutes=9), "warn_at": samples.NOW}, DeadlineState.SOON, "9 min"),
        ({"due_at": samples.NOW - timedelta(minutes=12)}, DeadlineState.LATE, "12 min late"),
        ({"met_at": samples.SATURDAY + timedelta(minutes=22)}, DeadlineState.MET, "Met in 22 min"),
        ({"paused": ((samples.NOW, None),)}, DeadlineState.PAUSED, "Waiting"),
        ({"cancelled_at": samples.NOW, "cancel_reason": "spam"}, DeadlineState.NONE, "Ended: spam"),
        (
            {"met_at": samples.NOW, "due_at": samples.NOW - timedelta(minutes=5)},
            DeadlineState.NONE,
            "Met 5 min late",
        ),
    ],
)
def test_a_clock_is_told_by_state_and_words(changes: dict[str, object], state: DeadlineState, words: str) -> None:
    found = clock_line(samples.clock(Metric.FIRST, **changes), samples.NOW)
    assert found.pill.state is state
    assert (found.words or found.pill.text) == words


def test_the_running_clock_goes_before_an_older_one() -> None:
    old = samples.clock(Metric.NEXT, met_at=samples.SATURDAY)
    new = samples.clock(Metric.NEXT, due_at=samples.NOW + timedelta(hours=1))
    assert present([old, new]) == [new]


def test_the_reasons_are_sentences_with_the_matched_words_marked(qtbot: QtBot) -> None:
    pane = shown(qtbot)
    texts = [text.toPlainText() for text in pane.why.findChildren(PostText)]
    assert texts[0].startswith("The rule “Lost bag” chose Baggage")
    assert texts[1].startswith("Assigned to Ana")


def test_what_is_judged_anew_with_each_mention_is_told_once() -> None:
    def reason(step: ReasonStep, sentence: str, rule: str = "") -> Reason:
        return Reason(step, sentence, samples.NOW, (), {"rule": rule} if rule else None)

    why = (
        reason(ReasonStep.KEYWORD, "keyword"), reason(ReasonStep.RULE, "lost bag", "a"),
        reason(ReasonStep.RULE, "vip", "b"),
        reason(ReasonStep.PERSON, "Ana moved it"), reason(ReasonStep.LEARNED, "learned"),
        reason(ReasonStep.PERSON, "Ben moved it"), reason(ReasonStep.RULE, "lost bag again", "a"),
    )  # fmt: skip
    told = [each.sentence for each in standing(why)]
    assert told == ["vip", "Ana moved it", "learned", "Ben moved it", "lost bag again"]


def test_what_was_corrected_about_clocks_stands_beside_the_policy_that_holds() -> None:
    news = {"clock": "clock corrected"}
    why = (
        Reason(ReasonStep.POLICY, "The policy gives 1 h.", samples.NOW, (), {"policy": "p"}),
        Reason(ReasonStep.POLICY, "Not late.", samples.NOW, (), news),
        Reason(ReasonStep.POLICY, "Met earlier.", samples.NOW, (), news),
    )
    assert [each.sentence for each in standing(why)] == ["The policy gives 1 h.", "Not late.", "Met earlier."]


def test_facts_have_a_section_of_their_own_but_what_could_not_be_judged_is_told() -> None:
    found = Reason(ReasonStep.FACTS, "English.", samples.NOW, (), {"language": "en"})
    failed = Reason(ReasonStep.FACTS, "It could not be judged: odd.", samples.NOW)
    assert standing((found,)) == []
    assert standing((found, failed)) == [failed]


@pytest.mark.parametrize(
    ("sentence", "matched", "marked"),
    [
        ("“baggage” is a keyword of Baggage.", ("baggage",), ["baggage"]),
        ("The rule “lost bag” chose Lost bag because of “Lost Bag”.", ("Lost Bag",), ["Lost Bag"]),
        ("The learned area is sure of Baggage (87%): “suitcase”, “carousel”.", ("suitcase", "carousel"),
         ["suitcase", "carousel"]),
        ("Assigned to Ana, who speaks with “bag” people", ("ana",), []),
        ("", ("bag",), []),
        ("The rule “” did it because of “( [*”.", ("( [*",), ["( [*"]),
    ],
)  # fmt: skip
def test_only_what_the_text_said_is_marked_in_a_sentence(
    sentence: str, matched: tuple[str, ...], marked: list[str]
) -> None:
    assert [sentence[start:end] for start, end in marks(sentence, matched)] == marked


def test_person_and_priority_are_told_where_no_step_says_so() -> None:
    thread = samples.thread()
    nobody = replace(thread, row=replace(thread.row, assignee=None, priority=Priority.NORMAL, status=Status.NEW))
    assert [sentence for _, sentence in unsaid(nobody, ())] == [
        "Nobody has it: it waits in the queue of Baggage.",
        "Normal priority: no rule and nobody set another.",
    ]
    assert unsaid(thread, thread.why) == []


def test_every_step_of_the_routing_has_its_mark() -> None:
    assert set(ICONS) == set(ReasonStep)


def test_the_facts_say_how_sure_they_are_and_why(qtbot: QtBot) -> None:
    pane = shown(qtbot)
    thread = samples.thread()
    facts: Facts = {
        FactKind.LANGUAGE: Fact("en", 1, FactSource.NETWORK, "English, as the network says."),
        FactKind.NEEDS_REPLY: Fact(True, 0.87, FactSource.LEARNED, "Learned from this workspace."),
        FactKind.SENTIMENT: Fact("negative", 0.65, FactSource.WORDS, "It sounds cross: “hangs up”."),
        FactKind.NOISE: Fact(False, 1, FactSource.PERSON, "Ben said so."),
    }
    last = replace(thread.mentions[-1], facts=facts)
    pane._show(replace(samples.scene(), thread=replace(thread, mentions=(*thread.mentions[:-1], last))))
    words = [label.text() for label in pane.facts.findChildren(Label)]
    for said in (
        "says the network", "Needs a reply", "Likely, 87%, learned here", "Negative",
        "Perhaps, 65%. It sounds cross: “hangs up”.", "No", "Ben said so.",
        "1,204 followers, 41 likes, 18 shares, 9 answers",
    ):  # fmt: skip
        assert said in words


def test_the_facts_of_an_earlier_mention_are_a_step_away_and_corrected_there(qtbot: QtBot) -> None:
    pane = shown(qtbot)
    thread = samples.thread()
    first = replace(thread.mentions[0], facts={FactKind.SENTIMENT: Fact("mixed", 0.8, FactSource.LEARNED)})
    pane._show(replace(samples.scene(), thread=replace(thread, mentions=(first, *thread.mentions[1:]))))
    assert pane.facts.chosen() is None
    pane.facts.older.click()
    assert pane.facts.chosen() == first
    assert pane.facts._body is not None
    words = [label.text() for label in pane.facts._body.findChildren(Label)]
    assert "Mixed" in words
    assert words[0].startswith("Mention 1 of 2: Landed, my suitcase did not.")
    assert not pane.facts.older.isEnabled()
    pane.facts.correct.click()
    box = pane.findChild(CorrectBox)
    assert box is not None
    assert (box.sentiment.currentData(), box.area.isHidden()) == ("mixed", True)
    box.close()
    pane.facts.newer.click()
    assert pane.facts.chosen() is None


def test_facts_without_a_mention_from_outside_are_nobodys(qtbot: QtBot) -> None:
    pane = shown(qtbot)
    pane._show(replace(samples.scene(), thread=replace(samples.thread(), mentions=())))
    assert "Nobody from outside has written here." in [label.text() for label in pane.facts.findChildren(Label)]
    assert pane.facts.correct.isHidden()


def test_the_author_is_told_with_followers_language_and_threads_before(qtbot: QtBot) -> None:
    pane = shown(qtbot)
    words = [label.text() for label in pane.author.findChildren(Label)]
    assert "English" in words
    assert any(each.startswith("2 before, last") for each in words)


def test_an_earlier_thread_opens(qtbot: QtBot) -> None:
    pane = shown(qtbot)
    wanted: list[object] = []
    pane._context.thread_wanted.connect(wanted.append)
    pane.earlier.findChildren(EarlierLine)[0].click()
    assert wanted == [7]


def test_correcting_says_only_what_was_changed(qtbot: QtBot) -> None:
    pane = shown(qtbot)
    box = CorrectBox(pane)
    qtbot.addWidget(box)
    judged: list[object] = []
    moved: list[str] = []
    box.corrected.connect(judged.append)
    box.moved.connect(moved.append)
    box.ask(samples.thread(), samples.AREAS, QPoint(0, 0))
    QTest.keyClick(box.needs, Qt.Key.Key_Right)
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert judged == [{"needs_reply": False}]
    assert not moved
    box.ask(samples.thread(), samples.AREAS, QPoint(0, 0))
    box.area.setCurrentText("Billing")
    box.save.click()
    assert moved == ["Billing"]
    assert len(judged) == 1
    box.ask(samples.thread(), samples.AREAS, QPoint(0, 0))
    box.sentiment.setCurrentIndex(box.sentiment.findData("mixed"))
    box.language.setCurrentIndex(box.language.findData("pl"))
    QTest.keyClick(box.noise, Qt.Key.Key_Left)
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert judged[1:] == [{"hidden": True, "language": "pl", "sentiment": "mixed"}]


def test_escape_corrects_nothing(qtbot: QtBot) -> None:
    pane = shown(qtbot)
    box = CorrectBox(pane)
    qtbot.addWidget(box)
    said: list[object] = []
    box.corrected.connect(said.append)
    box.ask(samples.thread(), samples.AREAS, QPoint(0, 0))
    QTest.keyClick(box.needs, Qt.Key.Key_Right)
    QTest.keyClick(box, Qt.Key.Key_Escape)
    assert said == []
    assert not box.isVisible()


def test_what_is_not_clear_can_be_left_so(qtbot: QtBot) -> None:
    pane = shown(qtbot)
    box = CorrectBox(pane)
    qtbot.addWidget(box)
    thread = samples.thread()
    unclear = replace(thread.mentions[-1], language=None, sentiment=None)
    said: list[object] = []
    box.corrected.connect(said.append)
    box.ask(replace(thread, mentions=(unclear,)), samples.AREAS, QPoint(0, 0))
    assert (box.language.currentText(), box.sentiment.currentText()) == ("Not clear", "Not clear")
    box.save.click()
    assert said == []


def test_a_screen_reader_finds_the_state_of_each_clock_and_the_reasons(qtbot: QtBot) -> None:
    pane = shown(qtbot)
    pills = pane.findChildren(DeadlinePill)
    assert pills
    for pill in pills:
        said = QAccessible.queryAccessibleInterface(pill)
        assert said.text(QAccessible.Text.Name) == pill.shown.text != ""
    for reason in pane.findChildren(PostText):
        inside = QAccessible.queryAccessibleInterface(reason).textInterface()
        assert inside is not None
        assert inside.text(0, inside.characterCount()) == reason.toPlainText() != ""
