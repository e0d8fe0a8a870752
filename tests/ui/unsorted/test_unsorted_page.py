"""The Unsorted page on a real store: sorting by keyboard, taking back, and bad days."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from inbox.flow.decide import close, move
from inbox.model.ids import AreaId, MentionId, ThreadId
from inbox.model.people import Area
from inbox.model.placement import Corrected, Placement
from inbox.model.words import CloseReason, ReasonStep, Status
from inbox.model.workspace import Workspace
from inbox.store import config, corrections, people, placements, threads
from inbox.store.engine import Store
from inbox.store.errors import ReadOnly
from inbox.store.schema import mention, thread
from inbox.ui.context import Context
from inbox.ui.decisions import Picker
from inbox.ui.details.correct import CorrectBox
from inbox.ui.theme import Theme
from inbox.ui.unsorted import UnsortedPage
from tests.support.desk import NOON, staffed, waiting_thread

CTRL = Qt.KeyboardModifier.ControlModifier
WAIT_MS = 10_000
RANKED = (("Baggage", 0.46), ("Billing", 0.29))


class Desk:
    """The page at Ana's desk; time stands still unless told."""

    def __init__(self, qtbot: QtBot, store: Store, size: tuple[int, int] = (1200, 800)) -> None:
        self.qtbot, self.store = qtbot, store
        self.time = NOON + timedelta(minutes=5)
        self.context = Context(now=self.now)
        self.context.employee = "ana"
        self.said: list[str] = []
        self.context.toast_wanted.connect(lambda text, _undo: self.said.append(text))
        with store.read() as s:
            self.context.workspace, self.context.employees = config.load(s), people.employees(s)
        self.host = QWidget()
        qtbot.addWidget(self.host)
        self.page = UnsortedPage(self.context, self.host)
        self.host.resize(*size)
        self.page.resize(*size)
        self.context.commands.make_shortcuts(self.host)
        self.host.show()
        self.host.activateWindow()
        self.context.open(store, "workspace.inbox")
        qtbot.waitUntil(lambda: self.page.sitting.ready, timeout=WAIT_MS)
        self.page.setFocus()
        self.rest()

    def now(self) -> datetime:
        return self.time

    def rest(self) -> None:
        """Nothing is being read or written any more."""
        idle: Callable[[], bool] = lambda: self.context.lanes.busy == 0 and not self.page._soon.isActive()  # noqa: E731
        for _ in range(2):
            self.qtbot.waitUntil(idle, timeout=WAIT_MS)
            QApplication.processEvents()

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        focus: QWidget | None = self.host.focusWidget()
        QTest.keyClick(focus or self.host, key, held)

    def where(self, thread_id: ThreadId) -> str | None:
        with self.store.read() as s:
            return threads.row(s, thread_id).area

    def status(self, thread_id: ThreadId) -> Status:
        with self.store.read() as s:
            return threads.row(s, thread_id).status


@contextmanager
def desk(qtbot: QtBot, store: Store, size: tuple[int, int] = (1200, 800)) -> Iterator[Desk]:
    made = Desk(qtbot, store, size)
    try:
        yield made
    finally:
        made.rest()
        made.context.lanes.close()


def unsorted(store: Store, n: int) -> list[ThreadId]:
    """So many unsorted threads, in the order in which they are to be sorted."""
    ids = [waiting_thread(store, None, who=f"p{each}", at=NOON + timedelta(minutes=each)) for each in range(n)]
    with store.write() as s:
        for at, each in enumerate(ids):
            # Each is a little surer than the one before, so that the order is known.
            ranked = (("Baggage", 0.40 + at / 200), ("Billing", 0.39))
            step = ReasonStep.LEARNED
            placements.add(s, [Placement(each, MentionId(1), NOON, None, step, None, 0.4, 1, ranked)])
    return ids


def test_twelve_threads_are_sorted_by_keyboard_alone(qtbot: QtBot, theme: Theme, store: Store) -> None:
    del theme
    staffed(store)
    ids = unsorted(store, 12)
    keys = [Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_1, Qt.Key.Key_N, Qt.Key.Key_X, Qt.Key.Key_1] * 2
    with desk(qtbot, store) as made:
        for key in keys:  # as fast as keys can be pressed, without waiting for the store
            made.time += timedelta(seconds=5)
            made.key(key)
        made.rest()
        assert made.page.sitting.row is None
        assert [made.where(each) for each in ids[:3]] == ["Baggage", "Billing", "Baggage"]
        assert made.status(ids[3]) is Status.CLOSED
        with store.read() as s:
            reasons = [threads.get(s, each).close_reason for each in ids[3:5]]
            taught = corrections.count(s, Corrected.AREA)
        assert reasons == [CloseReason.NO_REPLY_NEEDED, CloseReason.SPAM]
        assert taught == 8
        assert made.page.empty.label.text() == "Nothing to sort. You sorted 12 in this sitting."
        assert made.said == []


def test_progress_and_pace_are_shown(qtbot: QtBot, theme: Theme, sqlite_store: Store) -> None:
    del theme
    staffed(sqlite_store)
    unsorted(sqlite_store, 6)
    with desk(qtbot, sqlite_store) as made:
        for _ in range(2):
            made.time += timedelta(seconds=5)
            made.key(Qt.Key.Key_1)
        made.rest()
        head = made.page.work.head
        assert head.said.text() == "2 of 6 sorted"
        assert head.pace.text() == "5 s each, about 20 s to go"
        assert made.page.left.head.beside.text() == "4 left"


def test_undo_takes_one_after_the_other_back_and_they_can_be_sorted_anew(
    qtbot: QtBot, theme: Theme, store: Store
) -> None:
    del theme
    staffed(store)
    ids = unsorted(store, 3)
    with desk(qtbot, store) as made:
        for key in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_U):
            made.key(key)
        made.key(Qt.Key.Key_Z, CTRL)
        assert made.page.sitting.current == ids[0]
        made.key(Qt.Key.Key_2)  # at once, though the undo may not be stored yet
        made.rest()
        assert [made.where(each) for each in ids] == ["Billing", None, None]
        with store.read() as s:
            assert corrections.count(s, Corrected.AREA) == 1
        assert made.page.sitting.current == ids[1]
        assert made.said == []


def test_a_lost_race_says_so_and_brings_the_thread_back(qtbot: QtBot, theme: Theme, store: Store) -> None:
    del theme
    staffed(store)
    ids = unsorted(store, 3)
    with desk(qtbot, store) as made:
        made.context.changed.disconnect(made.page._changed)
        close(store, [ids[0]], CloseReason.DUPLICATE, actor="ben", now=made.time)
        made.key(Qt.Key.Key_1)
        assert made.page.sitting.current == ids[1]
        made.rest()
        assert made.said[0].startswith("Ben closed this")
        assert made.where(ids[0]) is None
        assert made.page.sitting.current == ids[1]
        assert made.page.sitting.done == []


def test_new_threads_move_nothing_on_screen(qtbot: QtBot, theme: Theme, sqlite_store: Store) -> None:
    del theme
    staffed(sqlite_store)
    ids = unsorted(sqlite_store, 2)
    with desk(qtbot, sqlite_store) as made:
        new = waiting_thread(sqlite_store, None, who="new", at=NOON - timedelta(hours=3))  # late already
        made.page.read()
        made.rest()
        assert [each.id for each in made.page.sitting.rows] == ids
        assert made.page.left.arrived.text() == "1 new thread"
        told = QAccessible.queryAccessibleInterface(made.page.left.arrived)
        assert (told.role(), told.text(QAccessible.Text.Name)) == (QAccessible.Role.Button, "1 new thread")
        made.key(Qt.Key.Key_Period)
        assert [each.id for each in made.page.sitting.rows] == [ids[0], new, ids[1]]
        assert made.page.sitting.current == ids[0]


def test_what_somebody_else_sorted_says_so_and_cannot_be_sorted(
    qtbot: QtBot, theme: Theme, sqlite_store: Store
) -> None:
    del theme
    staffed(sqlite_store)
    ids = unsorted(sqlite_store, 2)
    with desk(qtbot, sqlite_store) as made:
        done = move(sqlite_store, [ids[0]], "Billing", actor="ben", now=made.time)
        made.context.changed.emit(done.change)
        made.rest()
        assert "Somebody else" in made.page.work.strip.label.text()
        made.key(Qt.Key.Key_1)
        made.rest()
        assert made.where(ids[0]) == "Billing"
        made.key(Qt.Key.Key_Space)
        assert made.page.sitting.current == ids[1]
        assert not made.page.work.strip.isVisible()


def test_a_key_that_is_held_down_sorts_once(qtbot: QtBot, theme: Theme, sqlite_store: Store) -> None:
    del theme
    staffed(sqlite_store)
    ids = unsorted(sqlite_store, 3)
    with desk(qtbot, sqlite_store) as made:
        plain = Qt.KeyboardModifier.NoModifier
        for again in (False, True, True):
            pressed = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_1, plain, "1", autorep=again)
            QApplication.sendEvent(made.page, pressed)
        assert made.page.sitting.current == ids[1]


def test_letters_of_the_window_do_nothing_to_a_thread_out_of_sight(
    qtbot: QtBot, theme: Theme, sqlite_store: Store
) -> None:
    del theme
    staffed(sqlite_store)
    unsorted(sqlite_store, 2)
    with desk(qtbot, sqlite_store) as made:
        ran: list[str] = []
        for id_ in ("close", "note", "assign", "go-mine", "select", "unassign"):
            made.context.commands.on(id_, lambda id_=id_: ran.append(id_))  # type: ignore[misc]
        for key in (Qt.Key.Key_E, Qt.Key.Key_A):
            made.key(key)
        made.key(Qt.Key.Key_U, Qt.KeyboardModifier.ShiftModifier)
        assert ran == []
        for key in (Qt.Key.Key_G, Qt.Key.Key_M):
            made.key(key)
        assert ran == ["go-mine"]
        assert len(made.page.sitting.rows) == 2


def test_the_card_says_why_it_is_here_and_how_likely_each_area_is(
    qtbot: QtBot, theme: Theme, sqlite_store: Store
) -> None:
    del theme
    staffed(sqlite_store)
    number = waiting_thread(sqlite_store, None)
    with sqlite_store.write() as s:
        placed = Placement(number, MentionId(1), NOON, None, ReasonStep.LEARNED, None, 0.46, 1, RANKED)
        placements.add(s, [placed])
    with desk(qtbot, sqlite_store) as made:
        work = made.page.work
        assert [card.accessibleName() for card in work.areas.cards] == ["1 Baggage, 46%", "2 Billing, 29%"]
        assert [card.best for card in work.areas.cards] == [True, False]
        words = "Here because no rule matched, and the best area, Baggage, has 46%, under the 55% asked for."
        assert work.because.text() == words
        assert work.card.text.toPlainText() == "Where is my bag?"
        assert "first mention of us" in work.card.byline.text()


def test_an_area_that_is_likely_enough_by_now_is_not_called_too_unlikely(
    qtbot: QtBot, theme: Theme, sqlite_store: Store
) -> None:
    del theme
    staffed(sqlite_store)
    number = waiting_thread(sqlite_store, None)
    with sqlite_store.write() as s:
        ranked = (("Baggage", 0.61), ("Billing", 0.2))
        placements.add(s, [Placement(number, MentionId(1), NOON, None, ReasonStep.LEARNED, None, 0.61, 1, ranked)])
    with desk(qtbot, sqlite_store) as made:
        words = "Here because no rule matched when it came. By what is known now, the best area, Baggage, has 61%."
        assert made.page.work.because.text() == words


def test_what_is_learnt_meanwhile_changes_no_number_under_ones_finger(
    qtbot: QtBot, theme: Theme, sqlite_store: Store
) -> None:
    del theme
    staffed(sqlite_store)
    ids = unsorted(sqlite_store, 2)
    with desk(qtbot, sqlite_store) as made:
        learnt = (("Billing", 0.5), ("Baggage", 0.1))
        with sqlite_store.write() as s:
            step = ReasonStep.LEARNED
            new = [Placement(each, MentionId(1), NOON, None, step, None, 0.5, 2, learnt) for each in ids]
            placements.add(s, new)
            s.changed(threads=ids)
        made.context.changed.emit(s.change)
        made.rest()
        cards = made.page.work.areas
        assert cards.cards[0].name == "Baggage"
        made.key(Qt.Key.Key_1)
        made.rest()
        assert made.where(ids[0]) == "Baggage"
        assert cards.cards[0].name == "Billing"


def test_hostile_text_is_shown_plainly_and_cut(qtbot: QtBot, theme: Theme, sqlite_store: Store) -> None:
    del theme
    staffed(sqlite_store)
    ids = unsorted(sqlite_store, 2)
    texts = ("<img src=x onerror=alert(1)>\x00 \u202e" + "word " * 20_000, "\U0001f600" * 3000)
    with sqlite_store.write() as s:
        for number, text in zip(ids, texts, strict=True):
            s.execute(mention.update().where(mention.c.thread_id == number).values(text=text))
            s.execute(thread.update().where(thread.c.id == number).values(text=text, author_name="A\nB \u202e" * 90))
    with desk(qtbot, sqlite_store) as made:
        card = made.page.work.card
        assert card.text.toPlainText().startswith("<img src=x")
        assert card.rest.isVisible()
        assert "\n" not in card.name.text()
        made.key(Qt.Key.Key_1)
        made.rest()
        assert card.text.height() < 800
        assert made.where(ids[0]) == "Baggage"


def test_more_areas_than_keys_are_reached_by_typing(qtbot: QtBot, theme: Theme, sqlite_store: Store) -> None:
    del theme
    workspace = many_areas(sqlite_store, 14)
    ids = unsorted(sqlite_store, 1)
    with desk(qtbot, sqlite_store) as made:
        assert [card.key for card in made.page.work.areas.cards] == list("1234567890")
        made.key(Qt.Key.Key_0)
        picker = next(each for each in QApplication.topLevelWidgets() if isinstance(each, Picker) and each.isVisible())
        QTest.keyClicks(picker.field, workspace.areas[12].name)
        QTest.keyClick(picker.field, Qt.Key.Key_Return)
        made.rest()
        assert made.where(ids[0]) == workspace.areas[12].name


def test_ten_areas_have_ten_keys(qtbot: QtBot, theme: Theme, sqlite_store: Store) -> None:
    del theme
    workspace = many_areas(sqlite_store, 10)
    ids = unsorted(sqlite_store, 1)
    with desk(qtbot, sqlite_store) as made:
        made.key(Qt.Key.Key_0)
        made.rest()
        assert made.where(ids[0]) == workspace.areas[9].name


def test_without_areas_the_way_to_the_settings_is_shown(qtbot: QtBot, theme: Theme, sqlite_store: Store) -> None:
    del theme
    staffed(sqlite_store)
    unsorted(sqlite_store, 1)
    with sqlite_store.write() as s:
        config.save(s, replace(config.load(s), areas=(), employees=(), policies=()), "command", NOON)
    with desk(qtbot, sqlite_store) as made:
        assert "no areas" in made.page.empty.label.text()
        with qtbot.waitSignal(made.context.view_wanted) as wanted:
            made.page.empty.button.click()
        assert wanted.args == ["settings"]


def test_an_empty_queue_says_so(qtbot: QtBot, theme: Theme, sqlite_store: Store) -> None:
    del theme
    staffed(sqlite_store)
    with desk(qtbot, sqlite_store) as made:
        assert made.page.empty.label.text() == "Nothing to sort. Everything has found its area."


def test_a_workspace_that_cannot_be_written_is_read_only(qtbot: QtBot, theme: Theme, sqlite_store: Store) -> None:
    del theme
    staffed(sqlite_store)
    ids = unsorted(sqlite_store, 2)
    with desk(qtbot, sqlite_store) as made:
        entry = made.page.sitting.decide("Baggage", made.time)
        assert entry is not None
        made.page.deeds.failed.emit(entry, ReadOnly("The workspace cannot be written."))
        assert "You can read, but not sort." in made.page.work.strip.label.text()
        made.key(Qt.Key.Key_1)
        made.rest()
        assert [made.where(each) for each in ids] == [None, None]
        made.page.work.strip.button.click()
        made.key(Qt.Key.Key_1)
        made.rest()
        assert made.where(ids[1]) == "Baggage"


def test_a_hint_is_corrected_by_key_and_the_thread_stays(qtbot: QtBot, theme: Theme, sqlite_store: Store) -> None:
    del theme
    staffed(sqlite_store)
    ids = unsorted(sqlite_store, 2)
    with desk(qtbot, sqlite_store) as made:
        made.key(Qt.Key.Key_H)
        box = made.page.findChild(CorrectBox)
        assert box is not None
        box.corrected.emit({"needs_reply": False})
        box.close()
        made.rest()
        assert made.said == ["Corrected: needs no reply."]
        assert made.page.sitting.current == ids[0]
        with sqlite_store.read() as s:
            assert threads.get(s, ids[0]).mentions[0].needs_reply is False
        made.key(Qt.Key.Key_1)
        made.rest()
        assert made.where(ids[0]) == "Baggage"


def test_enter_opens_the_whole_thread(qtbot: QtBot, theme: Theme, sqlite_store: Store) -> None:
    del theme
    staffed(sqlite_store)
    ids = unsorted(sqlite_store, 1)
    with desk(qtbot, sqlite_store) as made, qtbot.waitSignal(made.context.thread_wanted) as wanted:
        made.key(Qt.Key.Key_Return)
    assert wanted.args == [ids[0]]


def test_in_a_small_window_the_list_takes_the_cards_place(qtbot: QtBot, theme: Theme, sqlite_store: Store) -> None:
    del theme
    staffed(sqlite_store)
    ids = unsorted(sqlite_store, 2)
    with desk(qtbot, sqlite_store, (580, 480)) as made:
        page = made.page
        assert not page.left.isVisible()
        page.work.head.list.click()
        assert page.left.isVisible()
        assert not page.stack.isVisible()
        page.left.list.setCurrentIndex(page.left.list.rows.index(1, 0))
        assert page.sitting.current == ids[1]
        assert page.stack.isVisible()


def many_areas(store: Store, n: int) -> Workspace:
    """A workspace of so many areas."""
    with store.write() as s:
        config.save(s, Workspace(areas=tuple(Area(AreaId(0), f"Area {at:02}") for at in range(n))), "command", NOON)
    with store.read() as s:
        return config.load(s)
