"""What the policy would mean, live while it is written: deadlines with their sums, and threads it would take."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from inbox.model.words import Metric
from inbox.store.engine import Store
from inbox.ui.policies.live import Answer, Question
from tests.ui.policies.conftest import Enter
from tests.ui.policies.room import CTRL, Room

if TYPE_CHECKING:
    from inbox.flow.policies import Caught

Key = Qt.Key
FIRST = Metric.FIRST


def rows(room: Room, metric: Metric = FIRST) -> list[tuple[str, str]]:
    return [(words, length) for words, length, _tone in room.page.preview.cards[metric]._rows]


def to_rest(room: Room) -> None:
    room.key(Key.Key_Down, times=2)
    room.key(Key.Key_Return)
    room.rest()


def test_friday_evening_is_due_on_monday_with_the_sum_shown(room: Room) -> None:
    to_rest(room)
    card = room.page.preview.cards[FIRST]
    assert card.sentence.text() == "A mention posted Friday 16:50 would be due Monday 09:20."
    assert rows(room) == [
        ("Fri 16:50 to 18:00", "1 h 10"),
        ("closed: weekend", "(63 h)"),
        ("Mon 09:00 to 09:20", "20 min"),
        ("Together", "1 h 30"),
    ]
    assert room.page.preview.where.text() == "Open hours of “office”, times of Europe/Berlin."
    assert "closed: weekend, (63 h)." in card.timeline.accessibleName()
    assert card._warn_line.isHidden()


def test_it_follows_each_letter(room: Room) -> None:
    to_rest(room)
    room.tab_to("Next response")
    room.type("3h")
    room.rest()
    assert room.page.preview.cards[Metric.NEXT].sentence.text().endswith("would be due Monday 10:50.")
    room.tab_to("Warn before the deadline")
    room.type("20m")
    room.rest()
    assert room.page.preview.cards[FIRST].warning.text() == "The warning comes Friday 18:00."
    room.fill("15m")
    room.rest()
    assert room.page.preview.cards[FIRST].warning.text() == "The warning comes Monday 09:05."


def test_another_mention_is_tried_by_keys(room: Room) -> None:
    to_rest(room)
    room.tab_to("Posted")
    room.key(Key.Key_Down)
    room.rest()
    assert room.page.preview.posted.text() == "fri 16:35"
    assert rows(room)[0] == ("Fri 16:35 to 18:00", "1 h 25")
    room.key(Key.Key_PageUp, times=1)
    room.rest()
    assert room.page.preview.posted.text() == "sat 16:35"
    assert rows(room)[0] == ("closed: weekend", "(40 h 25)")
    room.fill("2026-12-24 10:00")
    room.rest()
    assert rows(room) == [("Thu 10:00 to 11:30", "1 h 30"), ("Together", "1 h 30")]
    room.tab_to("Priority")
    room.key(Key.Key_Down)
    room.rest()
    assert rows(room) == [("Thu 10:00 to 10:30", "30 min"), ("Together", "30 min")]


def test_the_mention_is_one_that_the_conditions_ask_for_until_somebody_chooses(room: Room) -> None:
    preview = room.page.preview
    assert (preview.priority.chosen(), preview.area.chosen()) == ("urgent", "")
    room.key(Key.Key_Down)
    assert (preview.priority.chosen(), preview.area.chosen()) == ("normal", "Press")
    preview.priority.setCurrentIndex(preview.priority.findData("high"))
    room.key(Key.Key_Up)
    assert preview.priority.chosen() == "high"


def test_a_time_that_is_none_says_so_and_typing_on_mends_it(room: Room) -> None:
    to_rest(room)
    room.tab_to("Posted")
    room.fill("someday")
    room.rest()
    assert "“someday” is not a day" in room.page.preview.trouble.text()
    assert room.focus().accessibleDescription() == room.page.preview.trouble.text()
    assert room.page.preview.cards[FIRST].isHidden()
    room.fill("mon 10:00")
    room.rest()
    assert room.page.preview.trouble.isHidden()
    assert not room.page.preview.cards[FIRST].isHidden()


def test_what_is_too_far_away_is_said_and_what_is_not_promised(room: Room) -> None:
    to_rest(room)
    room.tab_to("Resolution")
    room.type("1200d")
    room.rest()
    card = room.page.preview.cards[Metric.RESOLUTION]
    assert card.sentence.text().endswith("would have no deadline: it is more than 10 years away.")
    assert card.timeline.isHidden()
    assert not card.paused.isHidden()
    room.key(Key.Key_A, CTRL)
    room.key(Key.Key_Delete)
    room.page.preview.priority.setCurrentIndex(0)
    room.rest()
    assert "Nothing is promised for that priority" in room.page.preview.where.text()


def test_a_long_sum_is_folded_and_shown_in_full_when_asked(room: Room) -> None:
    to_rest(room)
    room.tab_to("Resolution")
    room.type("200h")
    room.rest()
    card = room.page.preview.cards[Metric.RESOLUTION]
    assert len(rows(room, Metric.RESOLUTION)) == 7
    room.click(card.more)
    shown = rows(room, Metric.RESOLUTION)
    assert card.more.isHidden()
    assert shown[-2][0].startswith("and 10 more open times")
    assert shown[-1] == ("Together", "200 h")


def test_the_stored_threads_are_counted_as_they_would_be_and_are(room: Room) -> None:
    caught = room.page.preview.caught
    assert caught.text() == "Of the 18 threads of the last 7 days, 0 would fall under this policy (now: 0)."
    room.key(Key.Key_Down)
    room.rest()
    assert caught.text() == "Of the 18 threads of the last 7 days, 1 would fall under this policy (now: 1)."
    room.key(Key.Key_Return)
    room.tab_to("Area is")
    room.type("Billing")
    room.key(Key.Key_Return)
    room.rest()
    assert caught.text() == "Of the 18 threads of the last 7 days, 4 would fall under this policy (now: 1)."
    room.key(Key.Key_N, CTRL)
    room.rest()
    assert caught.text() == "Of the 18 threads of the last 7 days, 0 would fall under this policy."


class Broken:
    """Nothing can be asked."""

    def promises(self, question: Question, now: datetime) -> Answer:
        del question, now
        return Answer({}, trouble="The calendar “shut” has no open hours.")

    def caught(self, store: Store, question: Question, now: datetime, stop: Callable[[], bool]) -> "Caught | None":
        del store, question, now, stop
        message = "The threads could not be read."
        raise OSError(message)

    def refresh(self) -> None:
        """Nothing is kept."""


def test_a_calendar_that_refuses_and_threads_that_cannot_be_read_are_told(enter: Enter) -> None:
    room = enter(judging=Broken())
    assert room.page.preview.trouble.text() == "The calendar “shut” has no open hours."
    assert room.page.preview.caught.isHidden()
    assert room.toasts[-1][0] == "The threads could not be read."
