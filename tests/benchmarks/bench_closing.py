"""How long the closing report and the affected authors of an incident with 20,000 threads take, and their files.

Usage: python -m tests.benchmarks.bench_closing
"""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from sqlalchemy import select

from inbox.flow import report_files
from inbox.flow.hot import affected, closing, closing_page
from inbox.model.ids import IncidentId
from inbox.model.report import ReportTable
from inbox.model.workspace import FileKind
from inbox.store.engine import Store, open_store
from inbox.store.schema import account, mention, thread
from tests.benchmarks.bench_room import LATER, THREADS, build
from tests.support.desk import NOON

TAKES = 5
GOALS = {"report": 1.0, "authors": 3.0, "xlsx": 5.0}


def fill(store: Store) -> IncidentId:
    """An incident of 20,000 authors who wrote twice each; half of them were answered."""
    incident = build(store, THREADS)
    with store.write() as s:
        number = s.scalar(select(account.c.id))
        rows = s.execute(select(thread.c.id, thread.c.author_id).order_by(thread.c.id)).all()
        for row in rows:
            s.execute(mention.update().where(mention.c.thread_id == row.id).values(author_id=row.author_id))
        base = {"network": "fake", "account_id": number, "text": "Where is my bag? " * 8, "triaged": True}
        more = [
            {**base, "global_id": f"{way}{row.id}", "thread_id": row.id, "author_id": row.author_id, "direction": way}
            | {"created_at": (posted := NOON + timedelta(seconds=place, hours=hours)), "stored_at": posted}
            for place, row in enumerate(rows)
            for way, hours in (("inbound", 1), ("outbound", 2))
            if way == "inbound" or place % 2
        ]
        s.execute(mention.insert(), more)
    return incident


def middle(work: Callable[[], object]) -> float:
    """Seconds, the median of some takes."""
    found = []
    for _ in range(TAKES):
        begun = time.perf_counter()
        work()
        found.append(time.perf_counter() - begun)
    return sorted(found)[TAKES // 2]


def table(store: Store, incident: IncidentId) -> ReportTable:
    """The authors, all of them."""
    made = affected.table(store, incident, actor="ana", now=LATER)
    if len(made.rows) != THREADS:
        raise RuntimeError("An author is missing.")
    return made


def written(made: ReportTable, kind: FileKind) -> bytes:
    """The file of them."""
    return report_files.content(made, kind, workspace_name="W", zone="UTC", now=LATER)


def main() -> None:
    """Run it and print a line of JSON for each figure."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=0)  # the threads are as many as the goals name
    parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder) / "closing.inbox", create=True)
        incident = fill(store)
        made = table(store, incident)
        figures = {
            "report": middle(lambda: closing_page.page_of(closing.closing(store, incident, now=LATER))),
            "authors": middle(lambda: table(store, incident)),
            "xlsx": middle(lambda: written(made, FileKind.XLSX)),
        }
        yardstick = middle(lambda: written(made, FileKind.CSV))
        store.close()
    for name, figure in figures.items():
        line = {"name": f"closing: {name} of {THREADS:,} threads", "rows": THREADS, "figure": round(figure, 3)}
        beside = {"yardstick": "written as CSV, s", "yardstick_figure": round(yardstick, 3)}
        rest = {"unit": "s", "ratio": round(figure / yardstick, 2), "goal": GOALS[name]}
        sys.stdout.write(json.dumps({**line, **beside, **rest}) + "\n")


if __name__ == "__main__":
    main()
