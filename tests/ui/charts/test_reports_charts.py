"""What reports ask of charts: stacks, bare bars, shades that outliers do not pale, and names that stay apart."""

from itertools import pairwise

from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from inbox.ui.charts import BarChart, BarData, Bars, HeatChart, HeatData, Look
from inbox.ui.charts.lines import _apart
from inbox.ui.theme import Theme

KEYS = ("Baggage", "Billing")
STACKED = BarData(
    KEYS,
    (Bars("Met", (40, 10)), Bars("Breached", (10, 0), Look.LATE), Bars("Cancelled", (5, 5), Look.GONE)),
    stacked=True,
)


def shown(made: BarChart | HeatChart, qtbot: QtBot, width: int = 760) -> None:
    qtbot.addWidget(made)
    made.resize(width, 300)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow, timeout=5_000)


def test_stacked_bars_stand_on_each_other_and_are_reached_by_arrows(qtbot: QtBot, theme: Theme) -> None:
    del theme
    chart = BarChart("Targets")
    chart.set_data(STACKED)
    shown(chart, qtbot)
    marks = {spot.cell: spot.outline for spot in chart.plot.spots}
    assert marks[0, 0].top() == marks[1, 0].bottom() + 1
    assert marks[1, 0].top() == marks[2, 0].bottom() + 1
    assert abs(marks[0, 0].height() - 4 * marks[1, 0].height()) <= 4
    assert len({mark.left() for cell, mark in marks.items() if cell[1] == 0}) == 1
    chart.plot.setFocus()
    chart.plot.go_to((0, 0))
    QTest.keyClick(chart.plot, Qt.Key.Key_Down)
    assert chart.plot.at == (1, 0)
    assert chart.plot.read_out() == "Baggage: Met 40, Breached 10, Cancelled 5"
    with qtbot.waitSignal(chart.picked) as picked:
        QTest.keyClick(chart.plot, Qt.Key.Key_Return)
    assert picked.args == [1, 0]


def test_bars_without_levels_have_the_whole_width(qtbot: QtBot, theme: Theme) -> None:
    del theme
    chart = BarChart("Distribution")
    chart.set_data(BarData(("5", "15"), (Bars("Waits", (1000, 2000)),), in_time=True))
    shown(chart, qtbot)
    before = chart.plot.spots[0].box.center().x()
    chart.set_data(BarData(("5", "15"), (Bars("Waits", (1000, 2000)),), in_time=True, levels=False, foot="up to"))
    assert chart.plot.spots[0].box.center().x() < before


def test_one_outlier_does_not_pale_all_others(qtbot: QtBot, theme: Theme) -> None:
    del theme
    chart = HeatChart("Hours")
    values = [[10.0, 20.0, 30.0, 900.0]]
    chart.set_data(HeatData(("Mon",), ("00", "01", "02", "03"), values, unit="min", darkest=30.0))
    shown(chart, qtbot)
    assert chart.legend.accessibleName() == "10 - 30 min"
    dark, darkest = (chart.plot.spots[at].box.center() for at in (2, 3))
    image = chart.plot.grab().toImage()
    near = image.devicePixelRatio()
    ground = [image.pixelColor(int((at.x() - 12) * near), int((at.y() - 8) * near)).name() for at in (dark, darkest)]
    assert ground[0] == ground[1]


def test_names_of_rows_and_the_read_out_stay_in_sight_of_a_picture_that_scrolls(qtbot: QtBot, theme: Theme) -> None:
    del theme
    chart = HeatChart("Hours")
    hours = tuple(f"{at:02d}" for at in range(24))
    chart.set_data(HeatData(("Mon", "Tue"), hours, [[5.0] * 24] * 2, heads=("Monday", "Tuesday")))
    shown(chart, qtbot, width=420)
    chart.plot.setFocus()
    chart.plot.go_to((1, 23))
    assert chart.plot.read_out() == "Tuesday 23: 5"
    seen = chart.plot.seen
    assert seen.left() > 0
    assert seen.contains(chart.plot.spots[-1].box)
    chart.plot.go_to((1, 6))
    assert chart.plot.spots[24 + 6].box.left() >= chart.plot.seen.left() + chart.plot.lead


def test_names_at_the_ends_of_lines_neither_touch_nor_fall_below_the_axis() -> None:
    area = QRect(0, 0, 100, 200)
    tops = _apart([195.0, 196.0, 198.0], 18, area)
    assert all(after - before >= 18 for before, after in pairwise(tops))
    assert tops[-1] <= area.bottom() + 1 - 18
    assert _apart([50.0], 18, area) == [41.0]
