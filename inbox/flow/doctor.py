"""What this computer and its workspace need to work, each as a line: fine, or what to do."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from inbox import secrets
from inbox.flow.encoding import trouble
from inbox.flow.heads import KINDS, heads
from inbox.model.placement import ModelState
from inbox.store import accounts, integrity, learned, lease, sources
from inbox.store.address import is_postgresql
from inbox.store.engine import Session, Store, open_store
from inbox.store.errors import Missing, StoreError

_SUPPORTED = ((3, 11), (3, 13))
_ROOM = 500_000_000
_CLOCK_OFF = timedelta(minutes=2)
_LAG = timedelta(minutes=10)
_QT_SECONDS = 60

_QT_SCRIPT = """
import json
from PySide6.QtGui import QFontDatabase, QGuiApplication
import PySide6.QtWidgets
from PySide6.QtCore import qVersion
app = QGuiApplication(["inbox", "-platform", "offscreen"])
print(json.dumps({"version": qVersion(), "fonts": len(QFontDatabase.families())}))
"""
_QT_PACKAGES = {
    "libGL": "libgl1",
    "libEGL": "libegl1",
    "libglib": "libglib2.0-0",
    "libxkbcommon": "libxkbcommon0",
    "libdbus": "libdbus-1-3",
    "libfontconfig": "libfontconfig1",
    "libxcb-cursor": "libxcb-cursor0",
}


@dataclass(frozen=True, slots=True)
class Check:
    """One line: ``detail`` says how it is, ``advice`` what to do when it is not ``ok``."""

    name: str
    ok: bool
    detail: str
    advice: str = ""


def examine(address: str, now: datetime) -> Iterator[Check]:
    """Every check, one after the other; the slow ones (Qt, a second) too. Raises nothing but bugs."""
    yield _python()
    yield from _qt()
    yield _keyring()
    yield _zones()
    if not is_postgresql(address):
        yield _disk(Path(address).expanduser())
    store, check = _open(address)
    yield check
    if store is None:
        return
    try:
        yield from _inside(store, now)
    finally:
        store.close()


def _python() -> Check:
    version = ".".join(map(str, sys.version_info[:3]))
    first, last = _SUPPORTED
    if first <= sys.version_info[:2] <= last:
        return Check("python", True, f"Python {version}.")
    return Check("python", False, f"Python {version}.", "Use Python 3.11, 3.12 or 3.13.")


def _qt() -> Iterator[Check]:
    """In a process of its own: a missing library must not end this one, and flows know no Qt."""
    command = [sys.executable, "-c", _QT_SCRIPT]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=_QT_SECONDS, check=False, env=environment
        )
    except subprocess.TimeoutExpired:
        yield Check("qt", False, "Qt did not start within a minute.", "Try again when the computer is less busy.")
        return
    if done.returncode != 0 or not done.stdout.strip():
        last = (done.stderr.strip().splitlines() or ["it ended without a word"])[-1]
        yield Check("qt", False, f"Qt does not start: {last}", _qt_advice(last))
        return
    told = json.loads(done.stdout.strip().splitlines()[-1])
    yield Check("qt", True, f"Qt {told['version']} starts.")
    if told["fonts"]:
        yield Check("fonts", True, f"{told['fonts']} font families.")
    else:
        yield Check("fonts", False, "No font is installed.", "Install one: apt-get install fonts-dejavu-core")


def _qt_advice(complaint: str) -> str:
    package = next((package for library, package in _QT_PACKAGES.items() if library in complaint), None)
    return f"Install the library: apt-get install {package}" if package else "Run: sh packaging/run.sh doctor"


def _keyring() -> Check:
    try:
        secrets.usable()
    except secrets.SecretError as error:
        return Check("keyring", False, str(error))
    where = os.environ.get(secrets.FOLDER_VARIABLE)
    return Check("keyring", True, f"Secrets are read from {where}." if where else "The system keyring answers.")


def _zones() -> Check:
    try:
        ZoneInfo("Europe/Madrid")
    except ZoneInfoNotFoundError:
        return Check("time zones", False, "No time zones are known.", "Install them: pip install tzdata")
    return Check("time zones", True, "Time zones are known.")


def _disk(path: Path) -> Check:
    folder = next(parent for parent in path.absolute().parents if parent.exists())
    free = shutil.disk_usage(folder).free
    said = f"{free / 1e9:.1f} GB are free where the workspace is."
    return Check("disk", free >= _ROOM, said, "" if free >= _ROOM else "Free some room: 0.5 GB at least.")


def _open(address: str) -> tuple[Store | None, Check]:
    try:
        store = open_store(address)
    except Missing as error:
        return None, Check("workspace", False, str(error), "Make one: inbox init")
    except StoreError as error:
        return None, Check("workspace", False, str(error), _advice(error))
    return store, Check("workspace", True, f"The workspace at {address} opens.")


def _advice(error: StoreError) -> str:
    return {
        "Damaged": "Restore a backup, and keep the damaged file.",
        "Newer": "",
        "Locked": "Close the other program, or wait.",
        "ReadOnly": "Change the permissions.",
        "Unreachable": "Start the server, or look at its address.",
    }.get(type(error).__name__, "Choose another workspace with -w.")


def _inside(store: Store, now: datetime) -> Iterator[Check]:
    checks: tuple[Callable[[Session, datetime], Check], ...] = (_search, _clock, _collector, _sources, _learned)
    for check in checks:
        try:
            with store.read() as s:
                found = check(s, now)
        except StoreError as error:
            found = Check("workspace", False, str(error), _advice(error))
        yield found


def _search(s: Session, now: datetime) -> Check:  # noqa: ARG001 - every check is asked alike
    if integrity.search_works(s):
        return Check("search", True, "Full-text search is there.")
    return Check("search", False, "The full-text index is missing.", "Run: inbox verify")


def _clock(s: Session, now: datetime) -> Check:
    newest = integrity.newest_change(s)
    if newest is not None and newest - now > _CLOCK_OFF:
        behind = int((newest - now).total_seconds())
        said = f"This computer's clock is {behind} s behind what was stored last."
        return Check("clock", False, said, "Set the clock: timedatectl set-ntp true")
    return Check("clock", True, "The clock is not behind what was stored.")


def _collector(s: Session, now: datetime) -> Check:
    holder = lease.living(s, now)
    if holder is not None:
        return Check("collector", True, f"A collector runs (process {holder.pid} on {holder.machine}).")
    connected = [each for each in accounts.all(s) if each.connected_at is not None and not each.paused]
    if not connected:
        return Check("collector", True, "No collector runs, and no account needs one yet.")
    said = "No collector runs: nothing is pulled or sent."
    return Check("collector", False, said, "Open the desktop, or: inbox collect")


def _sources(s: Session, now: datetime) -> Check:
    working = {each.id for each in accounts.all(s) if each.connected_at is not None and not each.paused}
    pulled = [each for each in sources.all(s) if each.account_id in working]
    errors = [each.error for each in pulled if each.error]
    if errors:
        return Check("sources", False, errors[0], "Look at: inbox accounts list")
    late = [each for each in pulled if each.last_success_at is None or now - each.last_success_at > _LAG]
    if late:
        said = f"{len(late)} of {len(pulled)} sources were not read for {int(_LAG.total_seconds() // 60)} minutes."
        return Check("sources", False, said, "Is a collector running? Look at: inbox accounts list")
    lags = [each.lag_seconds for each in pulled if each.lag_seconds is not None]
    lag = f"; the slowest stores posts {max(lags):.0f} s after they were made" if lags else ""
    return Check("sources", True, f"{len(pulled)} sources are up to date{lag}.")


def _learned(s: Session, now: datetime) -> Check:  # noqa: ARG001 - every check is asked alike
    newest = [each for kind in KINDS for each in learned.history(s, kind, limit=1)]
    damaged = [(each.id, each.sentence) for each in newest if each.state is ModelState.DAMAGED]
    found = heads(s)
    damaged += [(each.info.id, each.why) for each in found.unreadable]
    if damaged:
        number, why = damaged[0]
        instead = "The last good one is asked." if found.area else "Rules and keywords decide alone."
        return Check("learned", False, f"Version {number} is set aside. {why} {instead}", "Run: inbox route train")
    if found.area is None:
        return Check("learned", True, "No area is learnt yet: rules and keywords decide.")
    why = trouble()
    if why:
        return Check("learned", False, f"{why} Until then areas are learnt and told by words alone.")
    info = found.area.info
    right = info.figures.get("accuracy")
    said = "" if right is None else f", right for {right:.0%}"
    return Check("learned", True, f"Areas are learnt: version {info.id} from {info.examples:,} mentions{said}.")
