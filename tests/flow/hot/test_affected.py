"""The authors whom an incident concerns are listed once each, with what the mentions themselves say of them."""

import csv
import random
from datetime import timedelta
from io import StringIO

import pytest
from sqlalchemy import select

from inbox.flow import report_files
from inbox.flow.hot import affected, by_hand, deciding
from inbox.model.ids import IncidentId, ThreadId
from inbox.model.report import ReportTable
from inbox.model.workspace import FileKind
from inbox.store import audit
from inbox.store.engine import Store
from inbox.store.errors import NotFound
from inbox.store.schema import author, mention, thread
from tests.support.desk import NOON, many_waiting, replied, staffed, waiting_thread
from tests.support.tables import HOSTILE
from tests.support.world import put_mention

LATER = NOON + timedelta(hours=1)
Rows = dict[str, dict[str, object]]


def opened(store: Store, ids: list[ThreadId]) -> IncidentId:
    return by_hand.open_incident(store, "Double charges", ids, actor="ana", now=LATER)[0]


def read(store: Store, number: IncidentId) -> Rows:
    """The rows by author, each cell by its key."""
    return by_author(affected.table(store, number, actor="ana", now=LATER))


def by_author(made: ReportTable) -> Rows:
    keys = [column.key for column in made.columns]
    found = [dict(zip(keys, row, strict=True)) for row in made.rows]
    rows = {str(row["author"]): dict[str, object](row) for row in found}
    assert len(rows) == len(found), "an author twice"
    return rows


def say(store: Store, thread_id: ThreadId, minutes: int, text: str) -> None:
    """The author of a thread writes once more."""
    with store.read() as s:
        row = s.execute(select(thread.c.account_id, thread.c.author_id).where(thread.c.id == thread_id)).one()
    put_mention(store, row.account_id, thread_id, row.author_id, at=NOON + timedelta(minutes=minutes), text=text)


def change(store: Store, thread_id: ThreadId, **values: object) -> None:
    """Something about the first mention of a thread."""
    with store.write() as s:
        first = select(mention.c.id).where(mention.c.thread_id == thread_id).order_by(mention.c.id).limit(1)
        s.execute(mention.update().where(mention.c.id == first.scalar_subquery()).values(**values))


def test_each_author_is_one_row_with_all_their_threads(store: Store) -> None:
    staffed(store)
    ids = [waiting_thread(store, who=who, at=NOON + timedelta(minutes=at)) for who, at in (("kim", 0), ("kim", 5))]
    ids.append(waiting_thread(store, who="lee", at=NOON - timedelta(minutes=1)))
    say(store, ids[0], 9, "Still nothing?")
    replied(store, ids[1], "ana", at=NOON + timedelta(minutes=20))
    change(store, ids[0], url="https://social.example/1")
    change(store, ids[1], url="https://social.example/2", visibility="private")
    rows = read(store, opened(store, ids))
    assert list(rows) == ["lee", "kim"], "the earliest first"
    assert rows["kim"] == {
        "author": "kim",
        "name": "Kim",
        "network": "fake",
        "account": "exampleair",
        "followers": None,
        "threads": 2,
        "mentions": 3,
        "first_mention_at": "2026-03-02T12:00:00+00:00",
        "last_mention_at": "2026-03-02T12:09:00+00:00",
        "last_text": "Still nothing?",
        "language": "",
        "answered": "partly",
        "answered_at": "2026-03-02T12:20:00+00:00",
        "answered_by": "Ana Doe",
        "visibility": "both",
        "url": "https://social.example/1",
    }
    assert (rows["lee"]["answered"], rows["lee"]["answered_at"], rows["lee"]["answered_by"]) == ("no", "", "")


def test_the_sums_are_those_of_the_mentions_themselves(store: Store) -> None:
    staffed(store)
    chance = random.Random(7)
    ids, wrote, answers = [], dict[str, list[int]](), dict[str, list[bool]]()
    for _ in range(40):
        who, at = f"author{chance.randrange(12)}", chance.randrange(0, 40)
        number = waiting_thread(store, who=who, at=NOON + timedelta(minutes=at))
        ids.append(number)
        wrote.setdefault(who, []).append(at)
        for more in range(chance.randrange(3)):
            say(store, number, at + 1 + more, "And?")
            wrote[who].append(at + 1 + more)
        answers.setdefault(who, []).append(chance.random() < 0.5)
        if answers[who][-1]:
            replied(store, number, None, at=NOON + timedelta(minutes=50))
    rows = read(store, opened(store, ids))
    assert rows.keys() == wrote.keys()
    for who, minutes in wrote.items():
        row = rows[who]
        assert (row["threads"], row["mentions"]) == (len(answers[who]), len(minutes))
        assert str(row["first_mention_at"])[11:16] == f"12:{min(minutes):02d}"
        assert str(row["last_mention_at"])[11:16] == f"12:{max(minutes):02d}"
        told = "yes" if all(answers[who]) else "partly" if any(answers[who]) else "no"
        assert row["answered"] == told
        assert row["answered_by"] == ("from the network's own app" if any(answers[who]) else "")


def test_an_author_whose_threads_go_over_pages_is_still_one_row(store: Store) -> None:
    staffed(store)
    many = many_waiting(store, "Billing", 1203)
    lone = waiting_thread(store, who="zoe", at=LATER)
    number = opened(store, [*many, lone])
    heard: list[tuple[int, int]] = []
    made = affected.table(store, number, actor="ana", now=LATER, progress=lambda done, of: heard.append((done, of)))
    rows = by_author(made)
    assert {who: row["threads"] for who, row in rows.items()} == {"many": 1203, "zoe": 1}
    assert heard == [(500, 1204), (1000, 1204), (1204, 1204)]


def test_what_was_taken_out_colleagues_and_what_is_gone_do_not_appear(store: Store) -> None:
    staffed(store)
    ids = [waiting_thread(store, who=who) for who in ("kim", "lee", "max", "eve")]
    say(store, ids[2], 3, "This was a mistake")
    with store.write() as s:
        s.execute(author.update().where(author.c.handle == "lee").values(tags=["employee"]))
        s.execute(author.update().where(author.c.handle == "eve").values(handle="", name=""))
        gone = (mention.c.thread_id == ids[2], mention.c.text == "This was a mistake")
        s.execute(mention.update().where(*gone).values(deleted_at=LATER))
    change(store, ids[3], text="")
    number = opened(store, ids)
    deciding.take(store, number, [ids[0]], actor="ana", now=LATER)
    rows = read(store, number)
    assert list(rows) == ["max"]
    assert (rows["max"]["last_text"], rows["max"]["mentions"]) == ("Where is my bag?", 2)


def test_an_answer_from_before_or_by_a_machine_is_none(store: Store) -> None:
    staffed(store)
    ids = [waiting_thread(store, who=who) for who in ("kim", "lee")]
    replied(store, ids[0], "ana", at=NOON - timedelta(minutes=5))
    replied(store, ids[1], None, at=NOON + timedelta(minutes=5))
    with store.write() as s:
        mine = (mention.c.thread_id == ids[1], mention.c.direction == "outbound")
        s.execute(mention.update().where(*mine).values(automatic=True))
    rows = read(store, opened(store, ids))
    assert [row["answered"] for row in rows.values()] == ["no", "no"]


def test_who_took_the_data_out_is_written_down_and_stopping_takes_nothing(store: Store) -> None:
    staffed(store)
    number = opened(store, [waiting_thread(store)])
    with pytest.raises(affected.Stopped):
        affected.table(store, number, actor="ana", now=LATER, stopped=lambda: True)
    with store.read() as s:
        assert audit.newest_of(s, [affected.ACTION]) is None
    read(store, number)
    with store.read() as s:
        event = audit.newest_of(s, [affected.ACTION])
    assert event is not None
    assert event.actor == "ana"
    assert event.details == {"incident": number, "what": "affected-authors", "authors": 1}
    with pytest.raises(NotFound, match="There is no incident 99"):
        affected.table(store, IncidentId(99), actor="ana", now=LATER)


def test_no_cell_of_a_file_is_taken_for_a_formula(sqlite_store: Store) -> None:
    staffed(sqlite_store)
    ids = [waiting_thread(sqlite_store, who=f"author{place}") for place in range(len(HOSTILE))]
    for number, text in zip(ids, HOSTILE, strict=True):
        change(sqlite_store, number, text=text, url=text)
    made = affected.table(sqlite_store, opened(sqlite_store, ids), actor="ana", now=LATER)
    text = report_files.content(made, FileKind.CSV, workspace_name="W", zone="UTC", now=LATER).decode("utf-8-sig")
    cells = [cell for row in csv.reader(StringIO(text)) for cell in row]
    assert len(cells) == 16 * (len(HOSTILE) + 1)
    assert not [cell for cell in cells if cell.strip("\ufeff \t\n").startswith(tuple("=+-@＝＠"))]
    assert report_files.content(made, FileKind.XLSX, workspace_name="W", zone="UTC", now=LATER)[:2] == b"PK"


def test_an_incident_without_threads_concerns_nobody(store: Store) -> None:
    staffed(store)
    made = affected.table(store, opened(store, []), actor="ana", now=LATER)
    assert made.rows == ()
