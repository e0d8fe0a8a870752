"""The details panel: clocks in their states, reasons with what matched, the author, and corrections."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from inbox.model.thread import Reason
from inbox.model.words import Metric, ReasonStep
from inbox.ui.context import Context
from inbox.ui.details import DetailsPane
from inbox.ui.details.clock_words import clock_lines
from inbox.ui.details.correct import CorrectBox
from inbox.ui.details.sections import EarlierLine, standing
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
    found = clock_lines([samples.clock(Metric.FIRST, **changes)], samples.NOW)[0]
    assert found.pill.state is state
    assert (found.words or found.pill.text) == words


def test_the_running_clock_goes_before_an_older_one() -> None:
    old = samples.clock(Metric.NEXT, met_at=samples.SATURDAY)
    new = samples.clock(Metric.NEXT, due_at=samples.NOW + timedelta(hours=1))
    assert clock_lines([old, new], samples.NOW)[0].pill.state is DeadlineState.OK


def test_the_reasons_are_sentences_with_the_matched_words_marked(qtbot: QtBot) -> None:
    pane = shown(qtbot)
    texts = [text.toPlainText() for text in pane.why.findChildren(PostText)]
    assert texts[0].startswith("Rule “Lost bag” matched my suitcase")
    assert texts[1].startswith("Assigned to Ana")


def test_what_is_judged_anew_with_each_mention_is_told_once() -> None:
    def reason(step: ReasonStep, sentence: str, rule: str = "") -> Reason:
        return Reason(step, sentence, samples.NOW, (), {"rule": rule} if rule else None)

    why = (
        reason(ReasonStep.FACTS, "first"), reason(ReasonStep.RULE, "lost bag", "a"),
        reason(ReasonStep.RULE, "vip", "b"),
        reason(ReasonStep.PERSON, "Ana moved it"), reason(ReasonStep.FACTS, "second"),
        reason(ReasonStep.PERSON, "Ben moved it"), reason(ReasonStep.RULE, "lost bag again", "a"),
    )  # fmt: skip
    told = [each.sentence for each in standing(why)]
    assert told == ["vip", "Ana moved it", "second", "Ben moved it", "lost bag again"]


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
    judged: list[bool] = []
    moved: list[str] = []
    box.judged.connect(judged.append)
    box.moved.connect(moved.append)
    box.ask(samples.thread(), samples.AREAS, QPoint(0, 0))
    QTest.keyClick(box.needs, Qt.Key.Key_Right)
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert judged == [False]
    assert not moved
    box.ask(samples.thread(), samples.AREAS, QPoint(0, 0))
    box.area.setCurrentText("Billing")
    box.save.click()
    assert moved == ["Billing"]
    assert judged == [False]


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
