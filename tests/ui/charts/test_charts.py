"""Charts: what they draw, what is read of them by mouse, keys and ear, and the table of the same figures."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from inbox.ui.charts import BarChart, BarData, Bars, HeatChart, HeatData, Line, LineChart, LineData, Look, Marker
from inbox.ui.charts.axis import ticks
from inbox.ui.charts.frame import Chart
from inbox.ui.charts.ink import READABLE, shade
from inbox.ui.roles import ratio
from inbox.ui.theme import Scheme, Theme

AREAS = ("Baggage", "Billing", "Unsorted")
BEFORE, AFTER = Bars("As it was", (702, 61, 88), Look.BEFORE), Bars("With the change", (739, 60, 54))
GROUPED = BarData(AREAS, (BEFORE, AFTER), about="last 30 days", key_name="Area")
DAYS = ("10 Nov", "11 Nov", "12 Nov", "13 Nov")
LINES = LineData(
    DAYS,
    (Line("p90", (95, 171, None, 78), Marker.SQUARE, "soon"), Line("Median", (34, None, None, 25))),
    target=60,
    target_words="Target 60",
    place_name="Day",
)
HOURS = tuple(f"{hour:02}" for hour in range(24))
HEAT = HeatData(("Baggage", "Billing"), HOURS, [[None, *range(23)], [5.0] * 24], row_name="Area", unit="threads")


@pytest.fixture(params=["bars", "lines", "heat"])
def chart(request: pytest.FixtureRequest, qtbot: QtBot, theme: Theme) -> Chart:
    """Each kind of chart on screen with its figures."""
    del theme
    made: BarChart | LineChart | HeatChart
    if request.param == "bars":
        made = BarChart("Threads by area", "Nothing yet.")
        made.set_data(GROUPED)
    elif request.param == "lines":
        made = LineChart("Trend", "Nothing yet.")
        made.set_data(LINES)
    else:
        made = HeatChart("Load", "Nothing yet.")
        made.set_data(HEAT)
    return on_screen(made, qtbot)


def on_screen(made: Chart, qtbot: QtBot) -> Chart:
    qtbot.addWidget(made)
    made.resize(760, 300)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow, timeout=5_000)
    return made


def picture(made: Chart) -> QImage:
    return made.plot.grab().toImage()


def count(image: QImage, color: QColor) -> int:
    wanted = color.rgb()
    return sum(image.pixel(x, y) == wanted for x in range(image.width()) for y in range(image.height()))


def test_every_place_is_inside_the_picture_and_reached_by_arrows(chart: Chart, qtbot: QtBot) -> None:
    spots = chart.plot.spots
    assert spots
    assert all(chart.plot.rect().contains(spot.box.center()) for spot in spots)
    chart.plot.setFocus(Qt.FocusReason.TabFocusReason)
    assert chart.plot.at == (0, 0)
    seen = {chart.plot.at}
    for row in range(2):
        for _step in range(30):
            QTest.keyClick(chart.plot, Qt.Key.Key_Right)
            seen.add(chart.plot.at)
        QTest.keyClick(chart.plot, Qt.Key.Key_Home)
        seen.add(chart.plot.at)
        assert chart.plot.at == (row, 0)
        QTest.keyClick(chart.plot, Qt.Key.Key_Down)
    assert seen == {spot.cell for spot in spots}


def test_enter_and_a_click_pick_and_escape_ends_reading(chart: Chart, qtbot: QtBot) -> None:
    chart.plot.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(chart.plot, Qt.Key.Key_Right)
    with qtbot.waitSignal(chart.picked) as picked:
        QTest.keyClick(chart.plot, Qt.Key.Key_Return)
    assert picked.args == [0, 1]
    last = chart.plot.spots[-1]
    with qtbot.waitSignal(chart.picked) as picked:
        QTest.mouseClick(chart.plot, Qt.MouseButton.LeftButton, pos=last.box.center())
    assert tuple(picked.args or ()) == last.cell
    QTest.keyClick(chart.plot, Qt.Key.Key_Escape)
    assert chart.plot.at is None


def test_the_table_holds_the_same_figures_and_picks_the_same_place(chart: Chart, qtbot: QtBot) -> None:
    chart.show_table(on=True)
    assert chart.table.isVisible()
    assert not chart.plot.isVisible()
    cells = {spot.cell for spot in chart.plot.spots}
    picked = []
    chart.picked.connect(lambda row, place: picked.append((row, place)))
    for row in range(chart.table.rowCount()):
        for column in range(1, chart.table.columnCount()):
            chart.table.setCurrentCell(row, column)
            chart.table.cellActivated.emit(row, column)
    assert set(picked) == cells
    QTest.keyClick(chart.switch, Qt.Key.Key_Space)
    assert chart.plot.isVisible()


def test_arrows_go_through_the_table(chart: Chart, qtbot: QtBot) -> None:
    chart.show_table(on=True)
    chart.table.setFocus()
    QTest.keyClick(chart.table, Qt.Key.Key_Right)
    QTest.keyClick(chart.table, Qt.Key.Key_Down)
    assert (chart.table.currentRow(), chart.table.currentColumn()) == (1, 1)
    assert chart.table.currentItem() is not None


def test_each_chart_has_a_name_and_a_sentence(chart: Chart) -> None:
    assert chart.plot.accessibleName() == chart.table.accessibleName() == chart.title.text()
    assert chart.title.text() in chart.switch.accessibleName()
    assert chart.sentence.endswith(".")
    assert any(figure in chart.sentence for figure in ("739", "171", "22"))


@pytest.mark.parametrize("scale", [1.0, 1.3, 1.6])
@pytest.mark.parametrize("scheme", list(Scheme))
def test_nothing_is_cut_in_height_at_any_size(chart: Chart, theme: Theme, scheme: Scheme, scale: float) -> None:
    theme.use(scheme, scale)
    chart.resize(420, 320)
    chart.grab()
    assert chart.plot.height() >= chart.plot.minimumSizeHint().height()
    assert all(chart.plot.rect().contains(spot.box.center()) for spot in chart.plot.spots)


def test_without_figures_it_says_so_and_offers_no_table(qtbot: QtBot, theme: Theme) -> None:
    del theme
    bars, lines, heat = BarChart("A", "No bars."), LineChart("B", "No lines."), HeatChart("C", "No cells.")
    lines.set_data(LineData(DAYS, (Line("p90", (None,) * 4),)))
    heat.set_data(HeatData((), HOURS, ()))
    for made in (bars, lines, heat):
        on_screen(made, qtbot)
        assert made.empty.isVisible()
        assert not made.switch.isVisible()
        assert made.empty.label.text().startswith("No ")
        made.plot.grab()
    bars.set_data(GROUPED)
    assert bars.plot.isVisible()
    assert bars.switch.isVisible()


def test_the_pointer_reads_what_it_is_over(qtbot: QtBot, theme: Theme) -> None:
    del theme
    made = BarChart("Threads by area")
    made.set_data(GROUPED)
    on_screen(made, qtbot)
    spot = next(spot for spot in made.plot.spots if spot.cell == (1, 0))
    at = QPointF(spot.box.center())
    none = Qt.MouseButton.NoButton
    # Sent to the chart itself: where the pointer really is, is other windows' affair as well.
    moved = QMouseEvent(
        QEvent.Type.MouseMove, at, made.plot.mapToGlobal(at), none, none, Qt.KeyboardModifier.NoModifier
    )  # fmt: skip
    QApplication.sendEvent(made.plot, moved)
    assert made.plot.read_out() == "Baggage: As it was 702, With the change 739"


def test_bars_before_are_outlined_after_filled_and_late_hatched(qtbot: QtBot, theme: Theme) -> None:
    made = BarChart("Distribution")
    made.set_data(
        BarData(("15", "60", "90"), (Bars("Mentions", (5, 9, 7)),), late_from=2, target="60 min", in_time=True)
    )
    on_screen(made, qtbot)
    image = picture(made)
    columns = [spot.outline for spot in made.plot.spots]
    late = image.copy(columns[2])
    assert count(image.copy(columns[0]), theme.color("accent_fill")) > 100
    assert count(late, theme.color("accent_fill")) == 0
    assert 0 < count(late, theme.color("late_soft")) < late.width() * late.height()
    assert "late" in made.plot.says((0, 2))[1]
    made.set_data(GROUPED)
    image = picture(made)
    before = next(spot.outline for spot in made.plot.spots if spot.cell == (0, 0))
    assert count(image.copy(before), theme.color("accent_fill")) == 0


def test_time_runs_left_to_right_in_every_language_and_names_mirror(qtbot: QtBot, theme: Theme) -> None:
    del theme
    names, lines, heat = BarChart("A"), LineChart("B"), HeatChart("C")
    names.set_data(GROUPED)
    lines.set_data(LINES)
    heat.set_data(HEAT)
    for made in (names, lines, heat):
        made.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        on_screen(made, qtbot)
        made.plot.grab()
    for made in (lines, heat):
        row = [spot.box.center().x() for spot in made.plot.spots if spot.cell[0] == 1]
        assert row == sorted(row)
    row = [spot.box.center().x() for spot in names.plot.spots if spot.cell[0] == 1]
    assert row == sorted(row, reverse=True)
    names.plot.go_to((0, 0))
    QTest.keyClick(names.plot, Qt.Key.Key_Left)
    assert names.plot.at == (0, 1)
    heat_cells = [spot.box.left() for spot in heat.plot.spots]
    assert min(heat_cells) == 0


def test_a_gap_is_a_gap(qtbot: QtBot, theme: Theme) -> None:
    made = LineChart("Trend")
    made.set_data(LineData(DAYS, (Line("Median", (50, None, None, 50)),)))
    on_screen(made, qtbot)
    image = picture(made)
    first, last = made.plot.spots[0].box.center(), made.plot.spots[3].box.center()
    middle = image.copy(first.x() + 20, 0, last.x() - first.x() - 40, image.height())
    assert count(middle, theme.color("accent")) == 0
    assert made.plot.says((0, 1)) == ("11 Nov", "–")


def test_many_areas_scroll_rather_than_lose_their_figures(qtbot: QtBot, theme: Theme) -> None:
    del theme
    made = BarChart("Threads by area")
    names = [f"Area {number}" for number in range(40)]
    made.set_data(BarData(names, (Bars("As it was", range(40), Look.BEFORE), Bars("After", range(40)))))
    on_screen(made, qtbot)
    assert made.plot.width() > made.width()
    made.plot.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(made.plot, Qt.Key.Key_End)
    assert made._scroll.horizontalScrollBar().value() > 0


@pytest.mark.parametrize("scheme", list(Scheme))
def test_figures_can_be_read_on_every_shade(theme: Theme, scheme: Scheme) -> None:
    theme.use(scheme)
    for step in range(101):
        ground, ink = shade(step / 100)
        assert ratio(ground.name(), ink.name()) >= READABLE - 0.4, step


@pytest.mark.parametrize(("low", "high"), [(0, 1), (0, 0.003), (0, 7), (0, 739), (0, 1e6), (0, 0), (0.5, 0.93)])
def test_axes_have_few_round_steps_that_hold_everything(low: float, high: float) -> None:
    found = ticks(low, high)
    assert found[0] == low
    assert found[-1] >= high
    assert 2 <= len(found) <= 6
    assert len({round(after - before, 9) for before, after in pairwise(found)}) == 1


def test_the_legend_stands_beside_the_switch_also_after_it_was_below(qtbot: QtBot, theme: Theme) -> None:
    del theme
    made = BarChart("Threads by area")
    long = tuple(Bars(bars.name * 5, bars.values, bars.look) for bars in GROUPED.bars)
    made.set_data(BarData(AREAS, long))
    on_screen(made, qtbot)
    assert made.legend.geometry().top() > made.switch.geometry().bottom()
    made.resize(1400, 300)
    QApplication.processEvents()
    places = [part.geometry().left() for part in (made.title, made.about, made.legend, made.switch)]
    assert places == sorted(places)
    assert made.legend.geometry().top() < made.switch.geometry().bottom()


def test_one_kind_of_bar_has_no_legend_of_what_was_shown_before(qtbot: QtBot, theme: Theme) -> None:
    del theme
    made = BarChart("Threads by area")
    made.set_data(GROUPED)
    on_screen(made, qtbot)
    made.set_data(BarData(AREAS, (AFTER,)))
    assert made.legend.entries == ()
    assert made.legend.isHidden()


def test_the_hours_of_a_day_fit_without_scrolling_where_their_figures_are_short(qtbot: QtBot, theme: Theme) -> None:
    del theme
    made = BarChart("Monday")
    made.set_data(BarData(HOURS, (Bars("Needed", (1,) * 24), Bars("On shift", (8,) * 24)), in_time=True))
    qtbot.addWidget(made)
    short = made.plot.minimumSizeHint().width()
    assert short <= 1100
    made.set_data(BarData(HOURS, (Bars("Needed", (1204,) * 24), Bars("On shift", (8,) * 24)), in_time=True))
    assert made.plot.minimumSizeHint().width() > short
