"""Small charts as SVG pictures for report files: every figure in them also stands in a table of the file."""

import base64
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape

from inbox.flow.report_files.cells import clean, shown, span
from inbox.model.report import ColumnKind, ReportTable, Slot, Step

INK, QUIET, RULE, FILL, SOFT, LATE, LATE_SOFT = (
    "#1B1C1F", "#63656C", "#E2E1DC", "#2453C4", "#EAF0FD", "#A61B14", "#FCEAE8",
)  # fmt: skip
WIDTH: Final = 680
_DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_BARS: Final = 12
_OVER: Final = "; hatched: over the target"
_NAMED: Final = 30
"""Letters of a name beside a bar."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart for a file: ``source`` is its address, with everything in it; ``words`` say what it shows."""

    source: str
    words: str
    width: int
    height: int


def bars_of(table: ReportTable) -> Picture | None:
    """The first figure of each row as a bar, the first dozen rows; None where there is nothing to compare."""
    if table.question.report == "scorecard":
        return None  # its lines have units of their own
    place = _figure(table)
    rows = [(str(row[0]), float(value)) for row in table.rows if isinstance(value := row[place], (int, float))]
    if len(rows) <= 1 or max(value for _, value in rows) <= 0:
        return None
    kind, title = table.columns[place].kind, table.columns[place].title
    listed = rows[:_BARS]
    most = max(value for _, value in listed) or 1.0
    parts = []
    for number, (name, value) in enumerate(listed):
        top, long = 4 + number * 22, round(360 * max(0.0, value) / most)
        parts += [
            lettered(204, top + 13, _cut(name), anchor="end"),
            f'<rect x="212" y="{top}" width="{max(1, long)}" height="16" rx="2" fill="{FILL}"/>',
            lettered(220 + long, top + 13, shown(value, kind), QUIET),
        ]
    more = f" The first {_BARS} of {len(rows)}." if len(rows) > _BARS else ""
    return drawn(parts, 8 + 22 * len(listed), f"{title} by {table.columns[0].title.casefold()}.{more}")


def days_of(days: Sequence[tuple[object, Slot | None]]) -> Picture | None:
    """Median and p90 of each day as lines, with gaps where nobody waited."""
    given = [slot for _, slot in days if slot is not None]
    if len(given) <= 1:
        return None
    most = max(slot.p90_minutes for slot in given) or 1.0
    left, high, wide = 64, 150, WIDTH - 84

    def place(at: int, minutes: float) -> tuple[float, float]:
        return left + wide * at / max(1, len(days) - 1), 16 + high * (1 - minutes / most)

    parts = [leveled(left, 16 + high * (1 - share), wide, span(most * share)) for share in (0.0, 0.5, 1.0)]
    for ink, which, square in ((QUIET, 1, True), (FILL, 0, False)):
        figures = [None if slot is None else (slot.median_minutes, slot.p90_minutes)[which] for _, slot in days]
        spots = [None if minutes is None else place(at, minutes) for at, minutes in enumerate(figures)]
        parts += curve(spots, ink, square=square)
    parts += [
        lettered(left, high + 36, str(days[0][0]), QUIET),
        lettered(left + wide, high + 36, str(days[-1][0]), QUIET, "end"),
    ]
    words = "Each day: the median (round marks, blue) and the p90 (square marks, grey)."
    return drawn(parts, high + 44, words)


def steps_of(steps: Sequence[Step]) -> Picture | None:
    """How waits are distributed; those over the target are hatched."""
    most = max((step.n for step in steps), default=0)
    if most == 0:
        return None
    high, wide = 130, (WIDTH - 16) / len(steps)
    parts = [_HATCH]
    before = 0.0
    for number, step in enumerate(steps):
        x, tall = 8 + number * wide, max(1 if step.n else 0, round(high * step.n / most))
        look = f'fill="url(#late)" stroke="{LATE}"' if step.late else f'fill="{FILL}"'
        parts.append(f'<rect x="{x + 3:.1f}" y="{20 + high - tall}" width="{wide - 6:.1f}" height="{tall}" {look}/>')
        parts.append(lettered(x + wide / 2, 15 + high - tall, f"{step.n:,}", INK, "middle"))
        name = f"over {span(before)}" if step.upto_minutes is None else f"to {span(step.upto_minutes)}"
        parts.append(lettered(x + wide / 2, high + 36, name, QUIET, "middle"))
        before = step.upto_minutes or before
    return drawn(parts, high + 44, f"How many waits took how long{_OVER if any(step.late for step in steps) else ''}.")


def week_of(week: Sequence[Sequence[Slot | None]]) -> Picture | None:
    """The hours of the week, darker where more waits began."""
    most = max((slot.n for day in week for slot in day if slot is not None), default=0)
    if most == 0:
        return None
    side = (WIDTH - 48) / 24
    parts = []
    for day, hours in enumerate(week):
        parts.append(lettered(36, 18 + day * 22, _DAYS[day], QUIET, "end"))
        for hour, slot in enumerate(hours):
            share = 0.0 if slot is None else slot.n / most
            box = f'x="{44 + hour * side:.1f}" y="{4 + day * 22}" width="{side - 2:.1f}" height="20"'
            parts.append(f'<rect {box} fill="{_shade(share)}"/>')
    parts += [lettered(44 + hour * side, 172, f"{hour:02d}", QUIET) for hour in range(0, 24, 3)]
    return drawn(parts, 180, f"When waits began, by hour of the week; the darkest hour has {most:,}.")


def _figure(table: ReportTable) -> int:
    """The column that a bar stands for: 0 where the table has no figure."""
    wanted = ("median_minutes", "share_met", "mentions")
    keys = [column.key for column in table.columns]
    known = [keys.index(each) for each in wanted if each in keys]
    figures = [place for place, column in enumerate(table.columns) if column.kind is not ColumnKind.TEXT]
    return (known or figures or [0])[0]


def curve(
    spots: Iterable[tuple[float, float] | None], ink: str, *, square: bool = False, dots: bool = True
) -> list[str]:
    """A line through spots, parted where there is none, with a mark at each if there are ``dots``."""
    parts, run = [], list[tuple[float, float]]()
    for spot in [*spots, None]:
        if spot is not None:
            run.append(spot)
            x, y = spot
            if not dots:
                continue
            parts.append(
                f'<rect x="{x - 2.5:.1f}" y="{y - 2.5:.1f}" width="5" height="5" fill="{ink}"/>'
                if square
                else f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{ink}"/>'
            )
        elif run:
            points = " ".join(f"{x:.1f},{y:.1f}" for x, y in run)
            parts.append(f'<polyline points="{points}" fill="none" stroke="{ink}" stroke-width="1.5"/>')
            run = []
    return parts


def leveled(left: float, y: float, wide: float, words: str) -> str:
    """A level of a chart, with what it stands for on its left."""
    line = f'<line x1="{left}" y1="{y:.1f}" x2="{left + wide}" y2="{y:.1f}" stroke="{RULE}"/>'
    return line + lettered(left - 8, y + 4, words, QUIET, "end")


def lettered(x: float, y: float, words: str, ink: str = INK, anchor: str = "start") -> str:
    """Words in a chart, with their foot at ``y``."""
    style = f'font-family="sans-serif" font-size="11" fill="{ink}" text-anchor="{anchor}"'
    return f'<text x="{x:.1f}" y="{y:.1f}" {style}>{escape(words)}</text>'


def _cut(name: str) -> str:
    flat = " ".join(clean(name).split())
    return flat if len(flat) <= _NAMED else flat[: _NAMED - 1] + "…"


def _shade(share: float) -> str:
    """From the palest to the full blue."""
    low, high = (SOFT, FILL)
    parts = ((int(low[at : at + 2], 16), int(high[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * share):02X}" for a, b in parts)


def drawn(parts: Sequence[str], height: int, words: str) -> Picture:
    """The parts as a picture that needs nothing else."""
    size = f'width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}"'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{"".join(parts)}</svg>'
    coded = base64.b64encode(svg.encode()).decode()
    return Picture(f"data:image/svg+xml;base64,{coded}", words, WIDTH, height)


_HATCH: Final = (
    '<defs><pattern id="late" width="6" height="6" patternUnits="userSpaceOnUse">'
    f'<rect width="6" height="6" fill="{LATE_SOFT}"/>'
    f'<path d="M0 6 L6 0" stroke="{LATE}" stroke-width="1.2"/></pattern></defs>'
)
