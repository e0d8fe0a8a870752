"""A line against its usual range: gaps stay gaps, the words of moments touch nothing, and the table says the same."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from inbox.ui.charts import BandChart, BandData, Moment, Stretch
from inbox.ui.charts.band import _BandPlot
from inbox.ui.theme import Scheme, Theme

TIMES = tuple(f"{9 + at // 12:02}:{at % 12 * 5:02}" for at in range(24))
DATA = BandData(
    TIMES,
    (3.0, None, *(5.0 for _ in range(18)), 17.0, 28.0, 41.0, 35.0),
    usual=((1.0, 8.0), None, *((1.0, 8.0) for _ in range(22))),
    name="Now",
    usual_name="Usual",
    minutes=tuple(540 + 5 * at for at in range(24)),
    moments=(Moment(20.2, "Suspected 10:41"), Moment(21.4, "Confirmed 10:47", "hot", strong=True)),
    stretches=(Stretch(21.5, 24, "Posts held"),),
    place_name="Time",
)


@pytest.fixture
def chart(qtbot: QtBot, theme: Theme) -> BandChart:
    del theme
    made = BandChart("Volume", "Nothing was counted.")
    qtbot.addWidget(made)
    made.resize(760, 300)
    made.set_data(DATA)
    made.show()
    return made


def test_a_gap_is_said_as_one_and_the_usual_range_where_it_is_known(chart: BandChart) -> None:
    assert chart.plot.says((0, 0)) == ("09:00", "Now 3, Usual 1 – 8")
    assert chart.plot.says((0, 1)) == ("09:05", "Now –, Usual –")
    item = chart.table.item(23, 2)
    assert item is not None
    assert item.text() == "1 – 8"
    assert chart.sentence.startswith("Now: now 35 (10:55), highest 41 (10:50); Usual: 1 – 8; Suspected 10:41")


@pytest.mark.parametrize("width", [320, 480, 760, 1200])
def test_the_words_of_moments_never_lie_over_each_other(chart: BandChart, width: int) -> None:
    chart.resize(width, 300)
    plot = chart.plot
    assert isinstance(plot, _BandPlot)
    boxes = [box for box, _ in plot._labels(plot._area()).values()]
    assert len(boxes) == 2
    assert not boxes[0].intersects(boxes[1])
    assert all(QRect(0, 0, plot.width(), plot._area().top()).contains(box) for box in boxes)


@pytest.mark.parametrize("scheme", list(Scheme))
def test_range_and_hold_can_be_told_from_the_ground_in_every_scheme(
    chart: BandChart, theme: Theme, scheme: Scheme
) -> None:
    theme.use(scheme, 1.0)
    image = chart.plot.grab().toImage()
    colors = {image.pixelColor(x, y).name() for x in range(0, image.width(), 2) for y in range(0, image.height(), 2)}
    assert theme.name("select_idle" if scheme is Scheme.CONTRAST else "border") in colors
    assert theme.name("hot") in colors


def test_nothing_counted_is_said_instead(chart: BandChart) -> None:
    chart.set_data(BandData(TIMES[:2], (None, None), name="Now"))
    assert chart.empty.isVisible()
    assert not chart.switch.isVisible()


def test_keys_walk_through_time_and_stay_when_figures_change(chart: BandChart, qtbot: QtBot) -> None:
    qtbot.waitExposed(chart)
    chart.plot.setFocus()
    QTest.keyClick(chart.plot, Qt.Key.Key_End)
    QTest.keyClick(chart.plot, Qt.Key.Key_Left)
    assert chart.plot.at == (0, 22)
    chart.set_data(DATA)
    assert chart.plot.at == (0, 22)
