"""The live matches: asked while somebody types, never by an older question, slow or broken said so."""

import threading
from collections.abc import Callable
from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from inbox.flow.matching import Match, Matches, Stopped
from inbox.model.ids import ThreadId
from inbox.model.workspace import Workspace
from inbox.store.engine import Store
from inbox.store.errors import Unreachable
from inbox.ui.rules.live import Answer, Question
from inbox.ui.rules.matchmodel import around, row_of
from tests.ui.rules.conftest import Enter
from tests.ui.rules.room import Room

Key = Qt.Key


def match(number: int, kind: str = "stays", text: str = "my suitcase is gone", why: str = "text_any matched") -> Match:
    return Match(
        ThreadId(number), f"Author {number}", "mastodon", text, [(0, 11)], why, "Unsorted", "Baggage", kind  # type: ignore[arg-type]
    )  # fmt: skip


class FakeMatching:
    """Answers with the rule's phrases as rows, when it is let; remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[Question] = []
        self.let = threading.Event()
        self.let.set()
        self.error: Exception | None = None
        self.rows: list[Match] = [match(1), match(2, "moves"), match(3, "missed", why="Left out: found it")]
        self.refreshed = 0
        self.stubborn = False

    def answer(self, store: Store, question: Question, now: datetime, stop: Callable[[], bool]) -> Answer:
        del store, now
        self.asked.append(question)
        while not self.let.wait(0.005):
            if stop() and not self.stubborn:
                raise Stopped
        if self.error is not None:
            raise self.error
        return Answer(question, {}, Matches(1204, len(self.asked), 1, 1, self.rows))

    def counts(self, store: Store, workspace: Workspace, now: datetime) -> dict[str, int]:
        del store, now
        return {rule.name: 1000 + at for at, rule in enumerate(workspace.rules)}

    def refresh(self) -> None:
        self.refreshed += 1


@pytest.fixture
def matching() -> FakeMatching:
    return FakeMatching()


@pytest.fixture
def room(enter: Enter, matching: FakeMatching) -> Room:
    return enter(matching=matching)


def typing(room: Room, words: str) -> None:
    row = room.page.editor.whens.row_of("text_any")
    assert row is not None
    row.take_focus()
    room.type(words)


def test_keys_pressed_in_a_row_are_one_question(room: Room, matching: FakeMatching) -> None:
    before = len(matching.asked)
    typing(room, "where is my b")
    room.rest()
    assert len(matching.asked) == before + 1
    asked = matching.asked[-1]
    assert (asked.typing, asked.typing_in, asked.replaces) == ("where is my b", "text_any", "Lost bag")
    assert asked.rule.when.text_any == ("my suitcase", "lost bag")


def test_an_answer_to_an_older_question_is_dropped(room: Room, matching: FakeMatching) -> None:
    shown: list[Answer] = []
    room.page.judge._live.answered.connect(shown.append)
    matching.stubborn = True
    matching.let.clear()
    typing(room, "one")
    room.qtbot.waitUntil(lambda: matching.asked[-1].typing == "one")
    room.type(" two")
    matching.let.set()
    room.rest()
    assert [answer.question.typing for answer in shown] == ["one two"]


def test_an_older_question_stops_when_somebody_types_on(room: Room, matching: FakeMatching) -> None:
    matching.let.clear()
    typing(room, "one")
    room.qtbot.waitUntil(lambda: matching.asked[-1].typing == "one")
    room.type(" two")
    room.qtbot.waitUntil(lambda: matching.asked[-1].typing == "one two")
    matching.let.set()
    room.rest()
    assert room.page.matches.head.beside.text() == f"{len(matching.asked)} of 1,204 in 7 days"
    assert [question.typing for question in matching.asked][-2:] == ["one", "one two"]


def test_grey_bars_come_only_when_it_takes_longer_than_people_notice(room: Room, matching: FakeMatching) -> None:
    matching.let.clear()
    typing(room, "slow")
    assert room.page.matches.view.isVisible()
    room.qtbot.waitUntil(room.page.matches.bars.isVisible)
    matching.let.set()
    room.rest()
    assert room.page.matches.view.isVisible()
    assert not room.page.matches.bars.isVisible()


def test_trouble_is_said_with_a_way_to_try_again(room: Room, matching: FakeMatching) -> None:
    matching.error = Unreachable("The database server does not answer.")
    typing(room, "x")
    room.rest()
    assert room.page.matches.trouble.label.text() == "The database server does not answer."
    matching.error = None
    room.page.matches.trouble.button.click()
    room.rest()
    assert room.page.matches.view.isVisible()


def test_chips_narrow_what_is_shown(room: Room) -> None:
    chips = room.page.matches.chips
    assert [chips[key].text() for key in ("moves", "all", "missed")] == ["Would move 1", "All 1", "Just missed 1"]
    rows = room.page.matches.view.matches
    assert [row.text for row in rows.rows if row.heading] == ["Just missed"]
    assert [row.thread_id for row in rows.rows] == [1, 2, None, 3]
    chips["moves"].setFocus()
    room.key(Key.Key_Space)
    assert [row.thread_id for row in rows.rows] == [2]
    chips["missed"].click()
    assert [row.why for row in rows.rows] == ["Left out: found it"]


def test_nothing_that_matches_is_said(room: Room, matching: FakeMatching) -> None:
    matching.rows = []
    typing(room, "x")
    room.rest()
    assert room.page.matches.nothing.label.text() == "No thread of the last 7 days matches."


def test_enter_and_a_click_open_the_thread(room: Room) -> None:
    view = room.page.matches.view
    view.setFocus()
    with room.qtbot.waitSignal(room.context.thread_wanted) as wanted:
        room.key(Key.Key_Return)
    assert wanted.args == [1]
    room.window.go("rules")
    with room.qtbot.waitSignal(room.context.thread_wanted) as wanted:
        at = view.visualRect(view.matches.index(1)).center()
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert wanted.args == [2]


def test_counts_stand_beside_each_rule(room: Room) -> None:
    model = room.page.list.rules
    assert [model.count_of(entry) for entry in model.entries] == [1000, 1001, 1002]
    spoken = model.data(model.index(2), int(Qt.ItemDataRole.AccessibleTextRole))
    assert spoken == "3, Competitions. Hide as noise. 1002 threads in 7 days. Off"


def test_threads_that_come_in_are_asked_anew_after_a_while(room: Room, matching: FakeMatching) -> None:
    asked, refreshed = len(matching.asked), matching.refreshed
    room.page._stale.setInterval(10)
    from inbox.model.change import Change

    for number in range(5):
        room.context.changed.emit(Change(threads=frozenset({ThreadId(number)})))
    room.qtbot.waitUntil(lambda: matching.refreshed == refreshed + 1)
    room.rest()
    assert len(matching.asked) == asked + 1
    QApplication.processEvents()
    assert matching.refreshed == refreshed + 1


def test_matches_follow_what_becomes_of_other_rules(room: Room, matching: FakeMatching) -> None:
    asked = len(matching.asked)
    room.page.list.switched.emit("Competitions", True)
    room.rest()
    assert room.page.editor.name.text() == "Lost bag"
    assert len(matching.asked) > asked
    assert [rule.on for rule in matching.asked[-1].before.rules] == [True, True, True]


def test_a_row_reads_as_a_sentence(room: Room) -> None:
    model = room.page.matches.view.matches
    spoken = model.data(model.index(1), int(Qt.ItemDataRole.AccessibleTextRole))
    assert spoken == "Author 2, Mastodon. Unsorted to Baggage. my suitcase is gone. text_any matched"


def test_a_long_text_is_cut_around_its_marks() -> None:
    text = "word " * 20_000 + "my suitcase\nis gone " + "word " * 20_000
    start = text.index("my suitcase")
    shown, spans = around(text, [(start, start + 11), (start + 12, start + 14)])
    assert len(shown) < 300
    assert [shown[low:high] for low, high in spans] == ["my suitcase", "is"]
    assert "\n" not in shown
    assert shown.startswith("…")
    assert shown.endswith("…")


def test_marks_that_overlap_are_drawn_once() -> None:
    shown, spans = around("lost my bag", [(0, 7), (5, 11), (8, 11)])
    assert shown == "lost my bag"
    assert spans == ((0, 7), (8, 11))


@pytest.mark.parametrize("text", ["", "\U0001f9f3" * 3, "حقيبتي لم تصل", "\ud800 half", "a\x00b"])
def test_any_text_can_be_shown(room: Room, text: str) -> None:
    made = row_of(Match(ThreadId(1), "x" * 500, "demo", text, [(0, 1)], "why", "Unsorted", "Baggage", "moves"))
    room.page.matches.view.matches.show_rows([made])
    assert not room.page.matches.view.grab().isNull()
