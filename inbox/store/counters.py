"""Care of the counters: folding what PostgreSQL's writers added, and recounting to check."""

from sqlalchemy import delete, func, insert, select, text

from inbox.store.schema import counter, thread
from inbox.store.session import Session

Key = tuple[int, int, int]


def fold(session: Session) -> int:
    """Make one row of each key's many (PostgreSQL; SQLite keeps one anyway). How many rows went away."""
    if session.kind == "sqlite":
        return 0
    # Rows that others add meanwhile are not seen by this statement and stay for the next time.
    gone = session.execute(
        text(
            "WITH gone AS (DELETE FROM counter RETURNING queue, area_id, assignee_id, n), "
            "kept AS (INSERT INTO counter (queue, area_id, assignee_id, n) "
            "SELECT queue, area_id, assignee_id, sum(n) FROM gone GROUP BY 1, 2, 3 HAVING sum(n) <> 0 RETURNING 1) "
            "SELECT (SELECT count(*) FROM gone) - (SELECT count(*) FROM kept)"
        )
    )
    return int(gone.scalar_one())


def kept(session: Session) -> dict[Key, int]:
    """What the counters say: (queue, area or 0, assignee or 0) to a number, zeros left out."""
    key = (counter.c.queue, counter.c.area_id, counter.c.assignee_id)
    found = session.execute(select(*key, func.sum(counter.c.n).label("n")).group_by(*key))
    return {(item.queue, item.area_id, item.assignee_id): int(item.n) for item in found if item.n}


def counted(session: Session) -> dict[Key, int]:
    """What counting every thread says; reads the whole table."""
    key = (thread.c.queue, func.coalesce(thread.c.area_id, 0), func.coalesce(thread.c.assignee_id, 0))
    found = session.execute(select(*key, func.count().label("n")).group_by(*key))
    return {(item[0], item[1], item[2]): int(item.n) for item in found}


def rebuild(session: Session) -> None:
    """Replace the counters by what counting says."""
    session.execute(delete(counter))
    rows = [
        {"queue": queue, "area_id": area, "assignee_id": assignee, "n": n}
        for (queue, area, assignee), n in counted(session).items()
    ]
    if rows:
        session.execute(insert(counter), rows)
