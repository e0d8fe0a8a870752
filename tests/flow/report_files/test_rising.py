"""The chart of how much was written: the line, what is usual, and the moments of decisions."""

import base64
import re
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as ET

from inbox.flow.report_files.drawing import WIDTH
from inbox.flow.report_files.rising import Spot, rise_of

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
FIVE = timedelta(minutes=5)
SPOTS = [Spot(NOON + FIVE * step, step * step, 1.0, 5.0) for step in range(24)]


def drawn(spots: list[Spot], marks: list[tuple[str, datetime]], zone: str = "UTC") -> str:
    found = rise_of(spots, marks, zone, "Mentions")
    assert found is not None
    svg = base64.b64decode(found.source.partition(",")[2]).decode()
    ET.fromstring(svg)  # noqa: S314 - we wrote it ourselves
    return svg


def test_the_line_has_every_spot_and_its_height_is_the_number() -> None:
    svg = drawn(SPOTS, [])
    spots = [tuple(map(float, each.split(","))) for each in re.findall(r'<polyline points="([^"]+)"', svg)[0].split()]
    assert len(spots) == 24
    foot, top = spots[0][1], spots[-1][1]
    assert abs(spots[12][1] - (foot - (foot - top) * 144 / 529)) < 0.1
    assert ">600<" in svg


def test_marks_stand_at_their_times_and_no_name_lies_over_another() -> None:
    at = NOON + timedelta(minutes=60)
    svg = drawn(SPOTS, [("Detected", at), ("Confirmed", at + FIVE), ("Closed", NOON + timedelta(minutes=119))])
    names = re.findall(r'<text x="([\d.]+)" y="([\d.]+)"[^>]*text-anchor="(\w+)">(\w+ \d\d:\d\d)<', svg)
    assert [name for *_, name in names] == ["Detected 13:00", "Confirmed 13:05", "Closed 13:59"]
    assert len({y for _, y, _, _ in names[:2]}) == 2, "side by side they would overlap"
    assert names[2][2] == "end", "there is no room on the right"
    assert not drawn(SPOTS, [("Detected", NOON - FIVE)]).count("Detected"), "before the picture begins"


def test_what_is_usual_is_parted_where_nobody_knows_it() -> None:
    spots = [Spot(each.at, each.n) if 8 <= place < 12 else each for place, each in enumerate(SPOTS)]
    assert drawn(spots, []).count("<polygon") == 2
    assert drawn([Spot(each.at, each.n) for each in SPOTS], []).count("<polygon") == 0


def test_times_are_round_and_in_the_zone_also_over_days() -> None:
    assert re.findall(r">(\d\d:\d\d)<", drawn(SPOTS, [], "Asia/Kolkata")) == ["17:30", "18:00", "18:30", "19:00"]
    days = [Spot(NOON + timedelta(hours=6) * step, 3) for step in range(60)]
    told = re.findall(r">(\d+ \w+(?: \d\d:\d\d)?)<", drawn(days, []))
    assert told == ["9 Mar", "16 Mar"]
    assert all(float(x) < WIDTH for x in re.findall(r'<text x="([\d.]+)"', drawn(days, [])))


def test_silence_is_a_flat_line_and_one_moment_is_no_chart() -> None:
    assert "<polyline" in drawn([Spot(each.at, 0) for each in SPOTS], [])
    assert rise_of(SPOTS[:1], [], "UTC", "Mentions") is None
