"""The desktop: first paint, first page of a big queue, memory at rest, and a smooth event loop while ingest runs.

Usage: python -m tests.benchmarks.bench_desktop [--rows N]. Each figure is taken in a fresh process, drawn
offscreen; the yardstick is an empty Qt window in the same run. Prints a JSON object a line. The first page is read
ahead only while a core has nothing to do, so measure on a quiet machine.
"""

import argparse
import compileall
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.benchmarks.build_store import fresh_copy

TIMES = 7
LOOP_SECONDS = 20.0
TICK_MS = 5

BARE = """
import os, sys, time
from PySide6.QtWidgets import QApplication, QMainWindow
class Bare(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        print(time.time() - float(sys.argv[1]), flush=True)
        os._exit(0)
app = QApplication([])
window = Bare()
window.resize(1440, 900)
window.show()
app.exec()
"""

START = """
import os, sys, time
import inbox.app
def when_qt_is_loaded(watch, begin=inbox.app.begin):
    def watched(address):
        ahead = begin(address)
        watch()
        return ahead
    inbox.app.begin = watched
def when_held(watch):
    from inbox.ui.shell import Shell
    def held(self, content, hold=Shell.hold):
        watch(content)
        hold(self, content)
    Shell.hold = held
def without_collector():
    from inbox.ui.collector import Collector
    Collector.look = lambda self: None
"""

FIRST_PAINT = (
    START
    + """
def watch():
    from inbox.ui.shell import Shell
    def told(self, event, paint=Shell.paintEvent):
        paint(self, event)
        print(time.time() - float(sys.argv[1]), flush=True)
        os._exit(0)
    Shell.paintEvent = told
when_qt_is_loaded(watch)
inbox.app.run(sys.argv[2])
"""
)

FIRST_PAGE = (
    START
    + """
def begun(content):
    from inbox.ui.queue.view import QueueView
    def painted(self, event, paint=QueueView.paintEvent):
        paint(self, event)
        if self.model().rowCount() and self.isVisible():
            print(time.time() - float(sys.argv[1]), flush=True)
            os._exit(0)
    QueueView.paintEvent = painted
when_qt_is_loaded(lambda: when_held(begun))
inbox.app.run(sys.argv[2])
"""
)

REST = (
    START
    + """
def told():
    for line in open("/proc/self/status"):
        if line.startswith("VmRSS"):
            print(int(line.split()[1]) / 1024, flush=True)
    os._exit(0)
def begun(content):
    from PySide6.QtCore import QTimer
    without_collector()
    QTimer.singleShot(12000, told)
when_qt_is_loaded(lambda: when_held(begun))
inbox.app.run(sys.argv[2])
"""
)

LOOP = (
    START
    + """
late, last = [], [0.0]
def tick():
    now = time.perf_counter()
    if last[0]:
        late.append(max(0.0, (now - last[0]) * 1000 - 5))
    last[0] = now
def told():
    import json
    print(json.dumps(late), flush=True)
    os._exit(0)
def watch(parent):
    from PySide6.QtCore import QTimer, Qt
    timer = QTimer(parent)
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(tick)
    timer.start(5)
    QTimer.singleShot(int(float(sys.argv[3]) * 1000), told)
def begun(content):
    from PySide6.QtCore import QTimer
    without_collector()
    QTimer.singleShot(3000, lambda: watch(content))
if sys.argv[2] == "bare":
    from PySide6.QtWidgets import QApplication, QMainWindow
    app = QApplication([])
    window = QMainWindow()
    window.resize(1440, 900)
    window.show()
    watch(window)
    app.exec()
else:
    when_qt_is_loaded(lambda: when_held(begun))
    inbox.app.run(sys.argv[2])
"""
)

INGEST = """
import sys, time
from dataclasses import replace
from datetime import timedelta
from tests.benchmarks import bench_ingest as bench
store = bench.open_store(sys.argv[1])
account, source = bench._source(store)
made = bench.mentions(int(sys.argv[3]))
print("ready", flush=True)
end, turn = time.monotonic() + float(sys.argv[2]), 0
while time.monotonic() < end:
    turn += 1
    for start in range(0, len(made), bench.PAGE):
        if time.monotonic() > end:
            break
        page = tuple(replace(each, id=f"{each.id}/{turn}") for each in made[start : start + bench.PAGE])
        pulled = bench.PulledPage(page, (), str(start), more=True, read=bench.PAGE)
        bench.store_page(store, account, source, pulled, now=bench.END + timedelta(days=1))
"""


def main() -> None:
    """Takes all figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    rows = parser.parse_args().rows
    # As the set-up leaves it: without compiled bytecode imports take two to three times as long.
    compileall.compile_dir(Path(__file__).parents[2] / "inbox", quiet=1)
    with tempfile.TemporaryDirectory() as folder:
        store = fresh_copy(rows, Path(folder))
        settings = Path(folder) / "settings"
        bare, paint, page = _starts(str(store), settings)
        _say("desktop first paint", rows, paint, "s", ("empty Qt window s", bare), "1.3x")
        _say("desktop first page", rows, page, "s", ("empty Qt window s", bare), "4x")
        memory = float(_run(REST, str(store), settings=settings))
        _say("desktop memory at rest", rows, memory, "MB", None, "170 MB")
        _loops(str(store), rows, settings)


def _starts(store: str, settings: Path) -> tuple[float, float, float]:
    """Medians of an empty window, our first paint and our first page, taken in turn."""
    found: dict[str, list[float]] = {BARE: [], FIRST_PAINT: [], FIRST_PAGE: []}
    for _ in range(TIMES):
        for script, times in found.items():
            times.append(float(_run(script, store, settings=settings)))
    bare, paint, page = (statistics.median(times) for times in found.values())
    return bare, paint, page


def _loops(store: str, rows: int, settings: Path) -> None:
    """Lateness of a 5 ms timer while mentions are stored by another process, beside an empty window's."""
    ours = _late(store, store, rows, settings)
    bare = _late("bare", store, rows, settings)
    for name, share, goal in (
        ("p99", 0.99, "16 ms"),
        ("p99.9", 0.999, "40 ms"),
        ("longest", 1.0, "beside a bare window's"),
    ):
        _say(f"event loop {name} late", rows, _at(ours, share), "ms", ("empty Qt window ms", _at(bare, share)), goal)


def _late(what: str, store: str, rows: int, settings: Path) -> list[float]:
    """Lateness of each tick in ms, with ingest at full speed."""
    command = [sys.executable, "-c", INGEST, store, str(LOOP_SECONDS + 15), str(rows)]
    busy = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    if busy.stdout is not None:
        busy.stdout.readline()
    try:
        found: list[float] = json.loads(_run(LOOP, what, str(LOOP_SECONDS), settings=settings))
    finally:
        busy.terminate()
        busy.wait()
    return sorted(found)


def _at(values: list[float], share: float) -> float:
    return values[min(len(values) - 1, int(len(values) * share))]


def _run(script: str, *arguments: str, settings: Path) -> str:
    """The last line that a script prints in a process of its own."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "XDG_CONFIG_HOME": str(settings)}
    started = [] if script is LOOP else [str(time.time())]
    command = [sys.executable, "-c", script, *(started or [""]), *arguments]
    done = subprocess.run(
        command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment
    )
    return done.stdout.strip().splitlines()[-1]


def _say(  # noqa: PLR0917 - a line of a table
    name: str, rows: int, figure: float, unit: str, yardstick: tuple[str, float] | None, goal: str
) -> None:
    result: dict[str, Any] = {"name": name, "rows": rows, "figure": figure, "unit": unit, "goal": goal}
    result["yardstick"], result["yardstick_figure"] = yardstick or ("none", None)
    result["ratio"] = figure / yardstick[1] if yardstick and yardstick[1] else None
    print(json.dumps(result), flush=True)


if __name__ == "__main__":
    main()
