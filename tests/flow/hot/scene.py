"""A workspace that has heard its customers for three days, and then of something that many are charged twice for."""

import json
from datetime import datetime, timedelta
from pathlib import Path

from inbox.flow.hot.watching import Watcher
from inbox.flow.import_ import import_files
from inbox.model.ids import AreaId, EmployeeId
from inbox.model.people import Area, Employee
from inbox.model.words import Role
from inbox.model.workspace import Workspace
from inbox.store import config
from inbox.store.engine import Store
from tests.hot.scene import ACCOUNT, START, ordinary

NOON = START + timedelta(days=2, hours=12)
END = START + timedelta(days=3, hours=1)
CLARA = Employee(EmployeeId(0), "clara", "Clara Lind", roles=(Role.CRISIS_LEAD,))
ANA = Employee(EmployeeId(0), "ana", "Ana Ruiz", areas=("Billing",))
WORKSPACE = Workspace(areas=(Area(AreaId(0), "Billing", ("refund",)),), employees=(CLARA, ANA))
COMPLAINTS = (
    "Charged twice for the fare sale, what is going on",
    "my card was charged twice??",
    "Anyone else charged twice by you today",
    "You charged me twice. Give it back!",
    "Why do I see two payments, charged twice it says",
    "Third person in my family charged twice",
)
_PLACES = ("Lisbon", "Oslo", "Accra", "Quito", "Delhi", "Perth", "Turin", "Leeds", "Porto", "Basel", "Dakar", "Sofia")


def post(number: str, at: datetime, author: str, text: str) -> str:
    """A line to import."""
    document = {
        "network": "x",
        "account": ACCOUNT,
        "id": number,
        "created_at": at.isoformat(),
        "author": {"id": author, "handle": author},
        "text": text,
    }
    return json.dumps(document) + "\n"


def complaints(count: int = len(COMPLAINTS), *, begin: datetime = NOON, mark: str = "c") -> list[str]:
    """Lines of different people who complain of the same thing, four minutes apart."""
    lines = []
    for n in range(count):
        text = COMPLAINTS[n % len(COMPLAINTS)]
        own = "" if n < len(COMPLAINTS) else f" {_PLACES[n % len(_PLACES)]} {_PLACES[n // 2 % len(_PLACES)]}"
        lines.append(post(f"{mark}{n}", begin + n * timedelta(minutes=4), f"{mark}angry{n}", text + own))
    return lines


def days(end: float = 3) -> list[str]:
    """Lines of ordinary days."""
    return [post(each.id, each.at, each.author, each.text) for each in ordinary(end, per_hour=4)]


def bring(store: Store, folder: Path, lines: list[str], *, replay: bool = True) -> None:
    """Import lines, as if they had come in at their times or as history; at ``END``, or when the last was posted."""
    file = folder / "posts.jsonl"
    file.write_text("".join(lines))
    posted = (datetime.fromisoformat(json.loads(line)["created_at"]) for line in lines)
    import_files(store, [file], now=max(END, *posted), replay=replay)


def configure(store: Store, workspace: Workspace = WORKSPACE) -> None:
    """Give the workspace its people."""
    with store.write() as s:
        config.save(s, workspace, "command", START)


def watch(store: Store, *, now: datetime = END, anew: bool = False) -> Watcher:
    """Look at all that has come in; with ``anew`` every batch is looked at by a program that has just started."""
    watcher = Watcher(store)
    while watcher.step(now, replayed=True) is not None:
        if anew:
            watcher = Watcher(store)
    return watcher
