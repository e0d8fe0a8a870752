"""The whole window on a real workspace: folding, going places, deciding by keys alone, and undo."""

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from inbox.model.words import Status
from inbox.store import threads
from inbox.store.engine import open_store
from inbox.ui.context import Context
from inbox.ui.decisions import Picker
from inbox.ui.pages import PANES
from inbox.ui.queue.filters import Filters
from inbox.ui.theme import Theme
from inbox.ui.window import Window
from tests.ui import scenes


class Rig:
    """A window on the scene, and ways to wait for it."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.qtbot = qtbot
        self.now = scenes.NOW
        self.store = open_store(folder / "workspace.inbox")
        self.context = Context(now=self._now)
        self.context.employee = "ana"
        self.settings = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
        self.window = Window(self.context, self.settings)
        self.window.resize(1440, 900)
        qtbot.addWidget(self.window)
        self.window.show()
        qtbot.waitExposed(self.window)
        self.window.fill()
        self.context.open(self.store, "scene")
        self.rest()

    def _now(self) -> datetime:
        return self.now

    @property
    def queue(self):  # type: ignore[no-untyped-def]  # noqa: ANN201
        return self.window.page.queue

    def rest(self) -> None:
        """Waits until nothing is being read or written."""
        for _ in range(2):
            self.qtbot.waitUntil(self._idle, timeout=10_000)
            QApplication.processEvents()

    def _idle(self) -> bool:
        return not self.context.lanes.busy and not self.window.rail.soon.isActive()

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        focus: QWidget | None = self.window.focusWidget()
        QTest.keyClick(self.window if focus is None else focus, key, held)
        QApplication.processEvents()

    def status(self, number: int) -> Status:
        with self.store.read() as session:
            return threads.row(session, number).status  # type: ignore[arg-type]

    def picker(self) -> Picker:
        found = [
            widget for widget in QApplication.topLevelWidgets() if isinstance(widget, Picker) and widget.isVisible()
        ]
        assert len(found) == 1
        return found[0]


@pytest.fixture(scope="session")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The scene's workspace, made once and copied for each test."""
    made = tmp_path_factory.mktemp("scene") / "workspace.inbox"
    scenes.build(made).close()
    return made


@pytest.fixture
def rig(qtbot: QtBot, theme: Theme, scene: Path, tmp_path: Path) -> Iterator[Rig]:
    del theme
    shutil.copyfile(scene, tmp_path / "workspace.inbox")
    (tmp_path / "workspace.inbox").chmod(0o600)
    made = Rig(qtbot, tmp_path)
    yield made
    # The window was closed by now: pytest-qt ends its widgets before fixtures end.
    made.context.lanes.close()
    made.store.close()


def test_the_first_view_lists_my_areas_with_the_next_deadline_first(rig: Rig) -> None:
    assert rig.window.shown == "areas"
    assert rig.queue.model.rowCount() == 16
    assert rig.queue.model.peek(0).author_name == "Marta Kowalczyk"
    assert rig.window.rail.items["areas"].count == "16"
    assert rig.window.rail.items["waiting"].count == "1"


def test_without_a_collector_the_side_bar_says_so(rig: Rig) -> None:
    rig.window.rail.read()
    rig.rest()
    assert rig.window.rail._state.text() == "No collector is running"


def test_a_thread_is_closed_and_brought_back_by_keys_alone(rig: Rig) -> None:
    first = rig.queue.model.peek(0).id
    rig.key(Qt.Key.Key_J)
    rig.key(Qt.Key.Key_K)
    rig.key(Qt.Key.Key_Home)
    assert rig.context.thread_id == first
    rig.key(Qt.Key.Key_E)
    rig.rest()
    assert rig.status(first) is Status.CLOSED
    assert rig.queue.model.place_of(first) is None
    assert rig.context.thread_id == rig.queue.model.peek(0).id
    rig.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    rig.rest()
    assert rig.status(first) is Status.OPEN


def test_several_threads_are_moved_at_once_by_keys_alone(rig: Rig) -> None:
    rig.key(Qt.Key.Key_Home)
    for _ in range(2):
        rig.key(Qt.Key.Key_X)
        rig.key(Qt.Key.Key_Down)
    assert rig.queue.bulk.isVisible()
    assert rig.queue.bulk.count.text() == "2 selected"
    ids = tuple(rig.queue.view.delegate.checked)
    rig.key(Qt.Key.Key_M)
    picker = rig.picker()
    QTest.keyClicks(picker.field, "press")
    QTest.keyClick(picker.field, Qt.Key.Key_Return)
    rig.rest()
    with rig.store.read() as session:
        assert {row.area for row in threads.rows(session, ids)} == {"Press"}
    assert not rig.queue.bulk.isVisible()
    assert rig.window.toast.isVisible()


@pytest.mark.parametrize("page", ["notices", "quality", "settings"])
def test_keys_of_a_thread_do_nothing_to_one_that_another_page_hides(rig: Rig, page: str) -> None:
    hidden = rig.queue.model.peek(0).id
    rig.key(Qt.Key.Key_Home)
    assert rig.context.thread_id == hidden
    rig.window.go(page)
    rig.rest()
    rig.key(Qt.Key.Key_E)
    rig.key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    rig.rest()
    assert rig.status(hidden) is Status.OPEN
    assert not rig.window.decisions.ticked()
    assert rig.context.commands.can("compact")
    assert rig.context.commands.can("go-areas")
    rig.window.go("areas")
    rig.rest()
    rig.key(Qt.Key.Key_E)
    rig.rest()
    assert rig.status(hidden) is Status.CLOSED


def test_a_letter_typed_into_a_field_is_no_command(rig: Rig) -> None:
    rig.key(Qt.Key.Key_Home)
    first = rig.context.thread_id
    field = QLineEdit(rig.window)
    field.show()
    field.setFocus()
    QTest.keyClicks(field, "e")
    rig.rest()
    assert first is not None
    assert rig.status(first) is Status.OPEN
    assert field.text() == "e"


@pytest.mark.parametrize(("key", "chosen"), [(Qt.Key.Key_R, "Rebooking"), (Qt.Key.Key_C, "Cabin")])
def test_a_letter_typed_at_a_list_of_choices_chooses_there(rig: Rig, key: Qt.Key, chosen: str) -> None:
    choices = QComboBox(rig.window)
    choices.addItems(["Baggage", "Cabin", "Rebooking"])
    choices.show()
    choices.setFocus()
    rig.key(key)
    assert choices.currentText() == chosen
    rig.key(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert rig.window.palette_layer.isVisible()


def test_the_palette_finds_a_view_and_goes_there(rig: Rig) -> None:
    rig.key(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    palette = rig.window.palette_layer
    assert palette.isVisible()
    QTest.keyClicks(palette.field, "waiting")
    rig.rest()
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    rig.rest()
    assert not palette.isVisible()
    assert rig.window.shown == "waiting"


def test_the_help_sheet_opens_and_escape_closes_it(rig: Rig) -> None:
    rig.key(Qt.Key.Key_F1)
    assert rig.window.help_layer.isVisible()
    rig.key(Qt.Key.Key_Escape)
    assert not rig.window.help_layer.isVisible()


@pytest.mark.parametrize("key", [Qt.Key.Key_F1, Qt.Key.Key_Slash])
def test_tab_stays_in_a_layer_over_the_window_and_escape_gives_the_keyboard_back(rig: Rig, key: Qt.Key) -> None:
    before = QApplication.focusWidget()
    rig.key(key)
    layer = rig.window.help_layer if key is Qt.Key.Key_F1 else rig.window.palette_layer
    for step in (Qt.Key.Key_Tab, Qt.Key.Key_Tab, Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
        rig.key(step)
        held = QApplication.focusWidget()
        assert held is not None
        assert layer.isAncestorOf(held)
    rig.key(Qt.Key.Key_Escape)
    assert not layer.isVisible()
    assert QApplication.focusWidget() is before


@pytest.mark.parametrize("width", [1440, 900, 640, 1200])
def test_no_key_of_the_help_sheet_is_cut_off_at_the_side(rig: Rig, width: int) -> None:
    rig.key(Qt.Key.Key_F1)
    rig.window.resize(width, 480)
    QApplication.processEvents()
    area = rig.window.help_layer.findChild(QScrollArea)
    assert isinstance(area, QScrollArea)
    assert area.horizontalScrollBar().maximum() == 0
    assert all(group.isVisible() for group in rig.window.help_layer.groups.values())


@pytest.mark.parametrize(
    ("width", "folded", "drawer", "panes"),
    [(1440, False, False, 3), (1200, False, True, 2), (1000, True, True, 2), (800, True, True, 1)],
)
def test_the_window_folds_as_it_narrows(rig: Rig, width: int, folded: bool, drawer: bool, panes: int) -> None:
    rig.window.resize(width, 700)
    QApplication.processEvents()
    page = rig.window.page
    assert rig.window.rail.folded is folded
    assert (page.splitter.indexOf(page.details_pane) < 0) is drawer
    assert len([pane for pane in (page.queue, page.thread_pane, page.details_pane) if pane.isVisible()]) == panes


def test_the_list_says_that_the_keyboard_is_there_also_while_no_row_is_chosen(rig: Rig) -> None:
    rig.window.go("areas")
    rig.rest()
    view = rig.queue.view
    view.selectionModel().clear()
    rig.window.rail.search.setFocus()
    view.setFocus()
    assert view.selectionModel().hasSelection(), "the first is chosen, and drawn so"
    assert not rig.window.ring.isVisible()
    view.selectionModel().clear()
    assert rig.window.ring.isVisible()
    assert rig.window.ring.size() == view.size()
    rig.key(Qt.Key.Key_Down)
    assert view.selectionModel().hasSelection()
    assert not rig.window.ring.isVisible(), "now the row is marked"


def test_who_one_is_can_be_chosen_by_keyboard(rig: Rig) -> None:
    rig.window.rail.me.setFocus(Qt.FocusReason.TabFocusReason)
    assert rig.window.ring.isVisible()
    QTest.keyClick(rig.window.rail.me, Qt.Key.Key_Space)
    menu = QApplication.activePopupWidget()
    assert menu is not None
    QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    rig.rest()
    assert rig.context.employee == rig.context.employees[1].name


def test_one_says_that_one_is_away_and_back(rig: Rig) -> None:
    person = rig.context.me()
    assert person is not None
    for away in (True, False):
        rig.context.commands.run("away")
        rig.rest()
        rig.window.desk.read()
        rig.rest()
        now = rig.context.me()
        assert now is not None
        assert now.away is away
        assert (rig.window.rail.me.shift.text() == "Away") is away


def test_in_a_narrow_window_a_thread_takes_the_lists_place_and_back_returns(rig: Rig) -> None:
    rig.window.resize(800, 700)
    rig.queue.view.setFocus()
    rig.key(Qt.Key.Key_Home)
    rig.key(Qt.Key.Key_Return)
    assert rig.window.page.thread_pane.isVisible()
    assert not rig.queue.isVisible()
    rig.key(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert rig.queue.isVisible()


def test_a_chip_narrows_the_list_and_an_empty_result_offers_to_clear_it(rig: Rig) -> None:
    rig.window.go("mine")
    rig.rest()
    assert rig.queue.model.rowCount() == 2
    rig.context.commands.run("unassigned")
    rig.rest()
    assert rig.queue.model.rowCount() == 0
    assert rig.queue.empty.isVisible()
    assert rig.queue.empty.button.text() == "Clear filter"
    rig.queue.empty.button.click()
    rig.rest()
    assert rig.queue.model.rowCount() == 2


def test_a_deadline_that_passes_is_shown_without_asking_the_store(rig: Rig) -> None:
    row = rig.queue.model.peek(1)
    rig.queue.view._count_down()
    reads = rig.context.lanes.busy
    rig.now += timedelta(minutes=10)
    rig.queue.view._count_down()
    assert rig.queue.view._seen[row.id].text == "5 min late"
    assert rig.context.lanes.busy == reads


def test_every_button_in_the_frame_has_an_accessible_name(rig: Rig) -> None:
    frame = [rig.window.rail, rig.queue]
    nameless = [
        button for part in frame for button in part.findChildren(QAbstractButton)
        if button.isVisible() and not button.accessibleName() and not button.text()
    ]  # fmt: skip
    assert nameless == []


def test_the_size_of_the_list_and_of_rows_is_remembered(rig: Rig, qtbot: QtBot) -> None:
    rig.context.commands.run("comfortable")
    rig.window.resize(760, 620)
    rig.window.close()
    again = Window(rig.context, rig.settings)
    qtbot.addWidget(again)
    assert again.page.queue.density.value == "comfortable"
    assert again.size() == rig.window.size()


def test_nothing_but_the_window_itself_is_ever_a_window(theme: Theme, qtbot: QtBot, tmp_path: Path) -> None:
    del theme
    shown: list[QWidget] = []

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - the name Qt calls
            if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
                shown.append(watched)
            return False

    watch, app = Watch(), QApplication.instance()
    assert app is not None
    app.installEventFilter(watch)
    context = Context()
    window = Window(context, QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat))
    qtbot.addWidget(window)
    window.fill()
    for key in set(PANES) - {"thread", "details"}:
        window.go(key)
    app.removeEventFilter(watch)
    assert shown == []
    context.lanes.close()


def test_filters_narrow_the_queue_say_so_and_can_be_cleared(rig: Rig) -> None:
    every = rig.queue.model.rowCount()
    rig.queue.set_filters(Filters(tag="no such tag"))
    rig.rest()
    assert rig.queue.model.rowCount() == 0
    assert rig.queue.chips.more.text() == "1 filter"
    assert rig.queue.head.beside.text().startswith("0")
    rig.queue.empty.button.click()
    rig.rest()
    assert rig.queue.model.rowCount() == every
    assert rig.queue.chips.more.text() == "Filter"


def test_tab_goes_through_the_window_as_one_reads_it(rig: Rig) -> None:
    rig.queue.view.go_to(0)
    rig.key(Qt.Key.Key_Return)
    rig.rest()
    rig.window.rail.search.setFocus()
    places: list[str] = []
    for _ in range(80):
        focus = QApplication.focusWidget()
        assert focus is not None
        assert focus.isVisible()
        place = next(name for name, pane in panes(rig) if pane is focus or pane.isAncestorOf(focus))
        if not places or places[-1] != place:
            places.append(place)
        if places[-1] == "side bar" and len(places) > 1:
            break
        rig.key(Qt.Key.Key_Tab)
    assert places == ["side bar", "queue", "thread", "details", "side bar"]


def panes(rig: Rig) -> list[tuple[str, QWidget]]:
    page = rig.window.page
    return [
        ("side bar", rig.window.rail),
        ("queue", page.queue),
        ("thread", page.thread_pane),
        ("details", page.details_pane),
    ]
