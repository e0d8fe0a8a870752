"""Pages, counts and positions of views, on both engines."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert

from inbox.model.ids import AreaId, EmployeeId
from inbox.model.thread import ThreadRow
from inbox.model.view import OPEN_STATUSES, Order, ThreadFilter
from inbox.model.words import Status
from inbox.store import counters, threads, views
from inbox.store.engine import Store
from inbox.store.errors import NotFound, Refused
from inbox.store.schema import account, area, author, employee, thread, thread_tag

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
LIVE = ThreadFilter(statuses=OPEN_STATUSES)


def fill(store: Store, number: int = 60) -> None:
    """Threads of three areas and nobody's; every third is Ana's, every fifth waits, every seventh has no deadline."""
    with store.write() as s:
        s.execute(account.insert().values(id=1, network="mastodon", handle="exampleair"))
        s.execute(author.insert().values(id=1, network="mastodon", remote_id="1", handle="dana"))
        s.execute(insert(area), [{"id": n, "name": f"Area {n}"} for n in (1, 2, 3)])
        s.execute(employee.insert().values(id=1, name="ana", full_name="Ana Ruiz"))
        s.execute(
            insert(thread),
            [
                {
                    "id": n,
                    "account_id": 1,
                    "author_id": 1,
                    "network": "mastodon",
                    "status": "waiting" if n % 5 == 0 else "open",
                    "area_id": (n % 4) or None,
                    "assignee_id": 1 if n % 3 == 0 else None,
                    "first_mention_at": NOON,
                    "last_mention_at": NOON + timedelta(minutes=n * 37 % 100),
                    "next_due_at": None if n % 7 == 0 else NOON + timedelta(minutes=n * 31 % 90),
                    "warn_at": None,
                }
                for n in range(1, number + 1)
            ],
        )
        s.execute(thread_tag.insert().values(thread_id=2, tag="bag"))


def walk(store: Store, filter: ThreadFilter, order: Order) -> list[int]:
    """Every page of a view, one after the other."""
    found: list[int] = []
    cursor = None
    with store.read() as s:
        while True:
            page = views.page(s, filter, order, limit=7, cursor=cursor)
            found += [row.id for row in page.rows]
            if page.next is None:
                return found
            cursor = page.next


@pytest.mark.parametrize("order", list(Order))
@pytest.mark.parametrize(
    "filter",
    [
        LIVE,
        ThreadFilter(statuses=OPEN_STATUSES, areas=(AreaId(1), AreaId(3))),
        ThreadFilter(statuses=OPEN_STATUSES, areas=(AreaId(2),), no_area=True),
        ThreadFilter(statuses=OPEN_STATUSES, assignee=EmployeeId(1)),
        ThreadFilter(statuses=(Status.WAITING,)),
        ThreadFilter(),
        ThreadFilter(statuses=OPEN_STATUSES, unassigned=True),
        ThreadFilter(statuses=(Status.OPEN,), tag="bag"),
    ],
    ids=["live", "two areas", "unsorted too", "mine", "waiting", "everything", "unassigned", "tagged"],
)
def test_pages_hold_every_matching_thread_once_in_order(store: Store, filter: ThreadFilter, order: Order) -> None:
    fill(store)
    with store.read() as s:
        every = threads.rows(s, list(range(1, 61)))  # type: ignore[arg-type]  # plain numbers are fine here
        total = views.count(s, filter)

    def wanted(row: ThreadRow) -> bool:
        in_area = (row.area_id in filter.areas or (filter.no_area and row.area_id is None)) if filter.areas else True
        return (
            (not filter.statuses or row.status in filter.statuses)
            and in_area
            and (filter.assignee is None or row.assignee_id == filter.assignee)
            and (not filter.unassigned or row.assignee_id is None)
            and (filter.tag is None or filter.tag in row.tags)
        )

    def place(row: ThreadRow) -> tuple[float, int]:
        if order is Order.DUE:
            return (row.next_due_at.timestamp() if row.next_due_at else 1e18, row.id)
        return (row.last_mention_at.timestamp(), row.id)

    expected = [
        row.id for row in sorted((row for row in every if wanted(row)), key=place, reverse=order is Order.NEWEST)
    ]
    assert expected
    assert walk(store, filter, order) == expected
    assert total == len(expected)


def test_marks_lead_to_the_same_rows_as_paging(store: Store) -> None:
    fill(store)
    everything = walk(store, LIVE, Order.DUE)
    with store.read() as s:
        mark = views.marks(s, LIVE, step=10)
        second = views.marks(s, LIVE, step=10, after=mark)
        page = views.page(s, LIVE, limit=5, cursor=second)
        past = views.marks(s, LIVE, step=1000)
    assert [row.id for row in page.rows] == everything[20:25]
    assert past is None


def test_a_position_starts_a_page_at_its_thread(store: Store) -> None:
    fill(store)
    target = walk(store, LIVE, Order.DUE)[17]
    with store.read() as s:
        for order in Order:
            cursor = views.position(s, LIVE, order, target)
            assert views.page(s, LIVE, order, limit=1, cursor=cursor).rows[0].id == target


def test_only_soon_or_late_threads_are_shown_when_asked(store: Store) -> None:
    fill(store)
    now = NOON + timedelta(minutes=20)
    with store.read() as s:
        rows = views.page(s, ThreadFilter(statuses=OPEN_STATUSES, soon_or_late=True), limit=100, now=now).rows
    assert rows
    assert all(row.next_due_at is not None and row.next_due_at <= now for row in rows)


def test_a_foreign_cursor_is_refused_plainly(store: Store) -> None:
    with store.read() as s, pytest.raises(Refused, match="cursor"):
        views.page(s, LIVE, cursor="page two")


@pytest.mark.parametrize("cursor", ["9" * 30 + ":1", "1:" + "9" * 30, "-" + "9" * 30 + ":0", "1:2:3"])
@pytest.mark.parametrize("order", list(Order))
def test_a_cursor_beyond_all_numbers_is_refused(store: Store, order: Order, cursor: str) -> None:
    with store.read() as s, pytest.raises(Refused, match="cursor"):
        views.page(s, LIVE, order, cursor=cursor)


@pytest.mark.parametrize("order", [Order.NEWEST, Order.OLDEST])
def test_a_cursor_of_another_order_breaks_nothing(store: Store, order: Order) -> None:
    with store.read() as s:
        assert views.page(s, LIVE, order, cursor=f"{2**63 - 1}:7").next is None


def test_a_thread_that_is_not_there_is_said_to_be_missing(store: Store) -> None:
    with store.read() as s, pytest.raises(NotFound, match="99"):
        threads.get(s, 99)  # type: ignore[arg-type]  # a plain number


def test_counters_fold_without_changing_what_they_say(store: Store) -> None:
    fill(store)
    with store.write() as s:
        s.execute(thread.update().where(thread.c.id < 20).values(status="closed"))
    with store.write() as s:
        before = counters.kept(s)
        counters.fold(s)
        assert counters.kept(s) == before == counters.counted(s)
        counters.rebuild(s)
        assert counters.kept(s) == before
