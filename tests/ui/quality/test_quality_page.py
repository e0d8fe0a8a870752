"""The quality page on a real store: figures, the threads behind them, and suggested rules."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from inbox.flow.quality.suggest import Suggestion
from inbox.model.ids import MentionId, ThreadId
from inbox.model.placement import Corrected, Correction, ModelState, Placement
from inbox.model.words import ReasonStep
from inbox.model.workspace import Rule, Then, When, Workspace
from inbox.store import config, corrections, learned, placements
from inbox.store.engine import Store
from inbox.store.schema import mention
from inbox.ui.context import Context
from inbox.ui.quality import QualityPage, words
from inbox.ui.quality.suggested import Suggested
from inbox.ui.rules import RulesPage
from inbox.ui.theme import Theme
from tests.support.desk import NOON, staffed, waiting_thread

LATER = NOON + timedelta(hours=3)
WAIT_MS = 10_000


def put(store: Store, number: int, area: str | None, text: str) -> ThreadId:
    """A thread whose mention says ``text``, put into an area by the learned model."""
    thread_id = waiting_thread(store, area, who=f"p{number}")
    with store.write() as s:
        found = s.scalar(mention.select().with_only_columns(mention.c.id).where(mention.c.thread_id == thread_id))
        s.execute(mention.update().where(mention.c.id == found).values(text=text))
        step, ranked = ReasonStep.LEARNED, (("Billing", 0.8),)
        placements.add(s, [Placement(thread_id, MentionId(found), NOON, area, step, None, 0.8, 1, ranked)])
    return thread_id


def filled(store: Store) -> list[ThreadId]:
    """Twelve threads in Billing, of which six that name a suitcase were moved to Baggage; one is unsorted."""
    staffed(store)
    bags = [put(store, at, "Billing", f"My suitcase {at}") for at in range(6)]
    bills = [put(store, at, "Billing", f"Charged twice {at}") for at in range(10, 16)]
    put(store, 99, None, "Hello?")
    at = NOON + timedelta(hours=2)
    with store.write() as s:
        corrections.add(s, [Correction(each, None, Corrected.AREA, "Billing", "Baggage", "ana", at) for each in bags])
        learned.add(
            s,
            Corrected.AREA,
            ModelState.CURRENT,
            b"x",
            form=1,
            examples=400,
            figures={"accuracy": 0.81, "macro_f1": 0.7, "calibration_error": 0.021},
            sentence="Learnt from 400 threads.",
            now=NOON,
        )
    return bags + bills


class Office:
    """The page on screen, and what it asked of the window."""

    def __init__(self, qtbot: QtBot, store: Store, size: tuple[int, int] = (1200, 800)) -> None:
        self.qtbot, self.store = qtbot, store
        self.context = Context(now=lambda: LATER)
        self.context.employee = "ana"
        with store.read() as s:
            self.context.workspace = config.load(s)
        self.toasts: list[str] = []
        self.undo: list[object] = []
        self.context.toast_wanted.connect(self._toast)
        self.host = QWidget()
        qtbot.addWidget(self.host)
        self.page = QualityPage(self.context, self.host)
        self.host.resize(*size)
        self.page.resize(*size)
        self.host.show()
        self.host.activateWindow()
        self.context.open(store, "workspace.inbox")
        self.rest()

    def _toast(self, text: str, undo: object) -> None:
        self.toasts.append(text)
        self.undo.append(undo)

    def rest(self) -> None:
        """Nothing is being read or written any more."""
        for _ in range(2):
            self.qtbot.waitUntil(lambda: self.context.lanes.busy == 0, timeout=WAIT_MS)
            QApplication.processEvents()

    def listed(self) -> list[int]:
        return [row.id for row in self.page.behind.list.rows.rows]


@contextmanager
def office(qtbot: QtBot, store: Store, size: tuple[int, int] = (1200, 800)) -> Iterator[Office]:
    made = Office(qtbot, store, size)
    try:
        yield made
    finally:
        made.rest()
        made.context.lanes.close()


def test_the_figures_are_shown_with_what_they_are_made_of(qtbot: QtBot, theme: Theme, store: Store) -> None:
    del theme
    filled(store)
    with office(qtbot, store) as made:
        body = made.page.body
        assert body.kept.accessibleName() == "Accuracy: 50%. 6 of 12 stayed"
        assert body.left.accessibleName() == "Left to a person: 8%. 1 of 13 threads"
        assert body.error.accessibleName() == "Calibration error: 0.300. of 12 threads; 0 is perfect"
        assert body.corrections.accessibleName() == "Corrections: 6. 6 areas"
        assert "Accuracy" in body.over_time.sentence
        cell = body.models.item(0, 3)
        assert cell is not None
        assert cell.text().strip("\u2068\u2069") == "81%"
        assert body.said.text() == "Learnt from 400 threads."


def test_each_figure_opens_the_threads_behind_it(qtbot: QtBot, theme: Theme, sqlite_store: Store) -> None:
    del theme
    ids = filled(sqlite_store)
    bags = list(reversed(ids[:6]))
    with office(qtbot, sqlite_store) as made:
        body = made.page.body
        body.kept.click()
        made.rest()
        assert made.listed() == bags
        body.confusions.cellActivated.emit(0, 0)
        made.rest()
        assert made.page.behind.head.title.text() == "\u2068Billing\u2069 instead of \u2068Baggage\u2069"
        assert made.listed() == bags
        body.left.click()
        made.rest()
        assert len(made.listed()) == 1
        places = [area.area for area in made.page.found.areas] if made.page.found else []
        body.by_area.picked.emit(1, places.index("Baggage"))
        made.rest()
        assert made.listed() == bags
        body.steps.cellClicked.emit(0, 0)
        made.rest()
        assert set(made.listed()) == set(ids)


def test_a_thread_behind_a_figure_is_opened_by_enter_and_escape_goes_back(
    qtbot: QtBot, theme: Theme, sqlite_store: Store
) -> None:
    del theme
    ids = filled(sqlite_store)
    with office(qtbot, sqlite_store) as made:
        made.page.body.kept.click()
        made.rest()
        QTest.keyClick(made.page.behind.list, Qt.Key.Key_Down)
        with qtbot.waitSignal(made.context.thread_wanted) as wanted:
            QTest.keyClick(made.page.behind.list, Qt.Key.Key_Return)
        assert wanted.args == [ids[4]]
        QTest.keyClick(made.page.behind.list, Qt.Key.Key_Escape)
        assert not made.page.behind.isVisible()


def test_a_suggestion_opens_as_a_rule_to_edit(qtbot: QtBot, theme: Theme, sqlite_store: Store) -> None:
    del theme
    filled(sqlite_store)
    with office(qtbot, sqlite_store) as made:
        [card] = made.page.body.suggested.rows
        plain = card.asks.text().replace("\u2068", "").replace("\u2069", "")
        assert plain == "6 of 6 corrections moved “suitcase” from Billing to Baggage: make it a rule?"
        order: list[object] = []
        made.context.view_wanted.connect(order.append)
        made.context.rule_wanted.connect(order.append)
        card.make.click()
        rule = Rule("suitcase to Baggage", When(text_any=("suitcase",)), Then(area="Baggage"))
        assert order == ["rules", rule]


def test_a_suggested_rule_is_right_in_a_rules_page_that_opens_with_it(
    qtbot: QtBot, theme: Theme, sqlite_store: Store
) -> None:
    del theme
    filled(sqlite_store)
    with office(qtbot, sqlite_store) as made:
        made.context.workspace = Workspace()  # nothing is known yet
        rules = RulesPage(made.context, made.host)
        rules.resize(1200, 800)
        rules.show()
        made.page.body.suggested.rows[0].make.click()
        made.rest()
        qtbot.waitUntil(lambda: not rules.judge.busy, timeout=WAIT_MS)
        made.rest()
        assert rules.editor.draft().name == "suitcase to Baggage"
        assert rules.judge._problems == {}


def test_a_suggestion_that_is_put_away_stays_away_unless_taken_back(qtbot: QtBot, theme: Theme, store: Store) -> None:
    del theme
    filled(store)
    with office(qtbot, store) as made:
        made.page.body.suggested.rows[0].put_away.click()
        made.rest()
        assert not made.page.body.suggested.isVisible()
        assert made.toasts == ["“suitcase” will not be suggested again."]
        made.undo[0]()  # type: ignore[operator]
        made.rest()
        assert made.page.body.suggested.isVisible()


def test_three_suggestions_are_shown_and_the_others_when_asked(qtbot: QtBot, theme: Theme) -> None:
    del theme
    card = Suggested()
    qtbot.addWidget(card)
    found = [Suggestion(f"word {at}", "Billing", "Baggage", 6, 7, 0.9, 5.0, ()) for at in range(5)]
    card.show_suggestions(found)
    assert len(card.rows) == 3
    assert card.more.text() == "2 more"
    card.more.click()
    assert len(card.rows) == 5
    assert card.more.isHidden()


def test_another_time_is_read_anew(qtbot: QtBot, theme: Theme, sqlite_store: Store) -> None:
    del theme
    filled(sqlite_store)
    with office(qtbot, sqlite_store) as made:
        made.page.period.setFocus()
        QTest.keyClick(made.page.period, Qt.Key.Key_Left)
        made.rest()
        assert made.page.found is not None
        assert made.page.found.since == LATER - timedelta(days=7)
        made.page.period.set_value("all")
        made.page.read()
        made.rest()
        assert made.page.found.since == NOON


def test_a_workspace_without_choices_says_so(qtbot: QtBot, theme: Theme, sqlite_store: Store) -> None:
    del theme
    staffed(sqlite_store)
    with office(qtbot, sqlite_store) as made:
        assert made.page.empty.label.text() == "Nothing was placed in this time. Choose a longer one."
        made.page.period.set_value("all")
        made.page.read()
        made.rest()
        assert made.page.empty.label.text().startswith("Nothing was placed yet.")


def test_trouble_is_said_with_a_way_to_try_again(qtbot: QtBot, theme: Theme, sqlite_store: Store) -> None:
    del theme
    filled(sqlite_store)
    with office(qtbot, sqlite_store) as made:
        made.page._unreadable(RuntimeError("The workspace does not answer."))
        assert made.page.trouble.label.text() == "The workspace does not answer."
        made.page.trouble.button.click()
        made.rest()
        assert made.page.stack.currentWidget() is made.page._scroll


def test_in_a_small_window_the_threads_take_the_figures_place(qtbot: QtBot, theme: Theme, sqlite_store: Store) -> None:
    del theme
    filled(sqlite_store)
    with office(qtbot, sqlite_store, (584, 440)) as made:
        made.page.body.kept.click()
        made.rest()
        assert not made.page.stack.isVisible()
        assert made.page.behind.width() == 584
        made.page.behind.close_button.click()
        assert made.page.stack.isVisible()


def test_words_of_bins_and_errors() -> None:
    assert words.bin_name(0.8, 0.9) == "80–90%"
    assert words.error(0.0214) == "0.021"
    assert words.percent(None) == "—"
