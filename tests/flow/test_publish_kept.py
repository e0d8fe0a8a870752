"""A statement that stands is kept once, as the account's own post: no customer, no clock, a thread for who answers."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from inbox.flow import triage
from inbox.flow.hot import statements as statement_flow
from inbox.flow.ingest import store_page
from inbox.flow.publish import Publisher
from inbox.model.incident import StatementState
from inbox.model.words import Direction, ReplyState, SourceKind, Status
from inbox.networks.errors import Unreachable
from inbox.store import sources, threads
from inbox.store.engine import Store
from inbox.store.schema import author, clock, mention, thread
from tests.flow.hot.statement_scene import TEXT as STATEMENT
from tests.flow.hot.statement_scene import Room, later
from tests.flow.test_publish import stage
from tests.support.fake_network import FakeNetworks
from tests.support.stated import TEXT, Stage
from tests.support.world import NOON

__all__ = ["stage"]


def test_the_account_s_own_post_is_no_customer_and_starts_no_clock(stage: Stage) -> None:
    stage.pass_time()
    triage.triage_pending(stage.store, now=stage.at)
    with stage.store.read() as s:
        (row,) = s.execute(select(thread)).all()
        (ours,) = threads.get(s, row.id).mentions
        assert s.scalar(select(func.count()).select_from(clock)) == 0
        assert s.scalar(select(func.count()).select_from(author)) == 1
    assert (row.status, row.hidden, row.needs_reply) == (Status.CLOSED, True, False)
    assert (ours.direction, ours.text, ours.by_employee) == (Direction.OUTBOUND, TEXT, "ana")


@pytest.mark.parametrize("pulled_first", [False, True])
def test_the_copy_that_is_pulled_back_is_the_same_post(stage: Stage, *, pulled_first: bool) -> None:
    if pulled_first:
        stage.server.after.append(Unreachable("Reset.", maybe_done=True))
    stage.pass_time()
    _pull_own(stage)
    stage.pass_time(timedelta(seconds=5))
    _pull_own(stage)
    triage.triage_pending(stage.store, now=stage.at)
    assert stage.post().state is ReplyState.SENT
    with stage.store.read() as s:
        (row,) = s.execute(select(mention)).all()
        assert s.scalar(select(func.count()).select_from(thread)) == 1
    assert (row.by_employee, row.direction, row.needs_reply) == ("ana", str(Direction.OUTBOUND), False)


def _pull_own(stage: Stage) -> None:
    account = stage.accounts[0]
    client = stage.networks.open(account, lambda: False)
    with stage.store.write() as s:
        own = sources.get(s, sources.ensure(s, account.id, SourceKind.OWN_POSTS))
    for page in client.pull(own, since=NOON):
        store_page(stage.store, account, own, page, now=stage.at)


def test_whoever_answers_the_statement_gets_a_thread_and_a_clock(stage: Stage) -> None:
    stage.pass_time()
    stated = stage.server.posts[0][3].global_id
    account = stage.accounts[0]
    stage.server.say("Is my flight affected? Please help!", answers=stated, at=stage.server.now)
    stage.server.say("And mine? Can you tell me?", who="lea", answers=stated, at=stage.server.now)
    with stage.store.write() as s:
        source = sources.get(s, sources.ensure(s, account.id, SourceKind.MENTIONS))
    for page in stage.networks.open(account, lambda: False).pull(source, since=NOON):
        store_page(stage.store, account, source, page, now=stage.server.now)
    triage.triage_pending(stage.store, now=stage.server.now)
    with stage.store.read() as s:
        rows = s.execute(select(thread.c.author_handle).where(thread.c.hidden.is_(False))).scalars().all()
        assert s.scalar(select(func.count()).where(clock.c.met_at.is_not(None))) == 0
    assert sorted(rows) == ["kim", "lea"]


@pytest.mark.parametrize("taken_back", [False, True])
def test_what_people_approve_and_publish_stands_once_unless_it_is_taken_back(store: Store, *, taken_back: bool) -> None:
    room = Room(store)
    number = room.published()
    if taken_back:
        statement_flow.withdraw(store, room.id, number, actor="clara", now=later(1))
    networks, at = FakeNetworks(), later(12)
    for _ in range(2):
        for each in room.accounts:
            Publisher(store, each, networks, lambda: at, lambda: False).step()
    stands = [networks.server(handle).texts for handle in ("air", "air_de", "air_help")]
    assert stands == ([[], [], []] if taken_back else [[STATEMENT]] * 3)
    assert room.one(number).state is (StatementState.APPROVED if taken_back else StatementState.PUBLISHED)
