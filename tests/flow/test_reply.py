"""Writing a reply: claiming, checks, the undo time, lost races."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from inbox.flow import reply
from inbox.flow.findings import check, used_length
from inbox.model.account import Account, Limits
from inbox.model.ids import AccountId
from inbox.model.outbox import Reply
from inbox.model.words import HealthState, LengthRule, ReplyState, Visibility
from inbox.store import accounts, audit, drafts, outbox
from inbox.store.engine import Store
from inbox.store.errors import LostRace, NotFound, Refused
from inbox.store.schema import employee, thread
from tests.support.world import NOON, World, put_mention, world

SOON = NOON + timedelta(minutes=1)


def send(store: Store, here: World, text: str = "We are looking for it.", **rest: object) -> Reply:
    return reply.send(store, here.thread, text, employee="ana", now=NOON, **rest)  # type: ignore[arg-type]


def test_a_reply_waits_for_the_undo_time_and_answers_the_newest_mention(store: Store) -> None:
    here = world(store)
    sent = send(store, here)
    assert (sent.state, sent.not_before - sent.queued_at) == (ReplyState.QUEUED, timedelta(seconds=10))
    assert (sent.answers, sent.employee_id, sent.thread_version) == (here.mention, here.employee, 1)
    with store.read() as s:
        event = audit.for_thread(s, here.thread)[-1]
    assert (event.actor, event.action) == ("ana", "reply")


def test_taking_a_reply_back_makes_it_a_draft_again(store: Store) -> None:
    here = world(store)
    sent = send(store, here)
    assert reply.unsend(store, sent.id, actor="ana", now=SOON).state is ReplyState.CANCELLED
    with store.read() as s:
        draft = drafts.get(s, here.thread, here.employee)
    assert draft is not None
    assert draft.text == "We are looking for it."
    with pytest.raises(LostRace, match="taken back already"):
        reply.unsend(store, sent.id, actor="ana", now=SOON)


def test_what_is_going_out_is_not_taken_back(store: Store) -> None:
    sent = send(store, world(store))
    with store.write() as s:
        outbox.begin(s, sent.id, key="k", now=NOON)
    with pytest.raises(LostRace, match="going out"):
        reply.unsend(store, sent.id, actor="ana", now=SOON)


def test_sending_drops_the_draft(store: Store) -> None:
    here = world(store)
    reply.save_draft(store, here.thread, "We", employee="ana", version=1, now=NOON)
    assert reply.claim(store, here.thread, "ana", now=NOON).draft is not None
    send(store, here)
    assert reply.claim(store, here.thread, "ana", now=NOON).draft is None


def test_a_second_person_sees_who_is_writing(store: Store) -> None:
    here = world(store)
    with store.write() as s:
        s.execute(employee.insert().values(name="ben", full_name="Ben Li"))
    assert reply.claim(store, here.thread, "ana", now=NOON).others == ()
    others = reply.claim(store, here.thread, "ben", now=SOON - timedelta(seconds=20)).others
    assert [(each.full_name, each.claimed) for each in others] == [("Ana Ruiz", True)]
    reply.leave(store, here.thread, "ana")
    assert reply.look(store, here.thread, "ben", now=SOON) == ()


def test_opening_the_composer_starts_the_assignees_thread(store: Store) -> None:
    here = world(store)
    reply.claim(store, here.thread, "ana", now=NOON)
    with store.write() as s:
        assert s.scalar(select(thread.c.started_at)) is None
        s.execute(thread.update().values(assignee_id=here.employee))
    reply.claim(store, here.thread, "ana", now=SOON)
    with store.read() as s:
        assert s.scalar(select(thread.c.started_at)) == SOON


def test_a_newer_thread_is_told_with_who_did_what(store: Store) -> None:
    here = world(store)
    claim = reply.claim(store, here.thread, "ana", now=NOON)
    with store.write() as s:
        s.execute(thread.update().values(version=2))
        audit.record(s, "ben", "move", here.thread, NOON, area="Billing")
    with pytest.raises(LostRace, match="ben moved this to Billing while you were writing"):
        send(store, here, expect=claim.version, seen=claim.newest)
    assert send(store, here).state is ReplyState.QUEUED


def test_a_mention_that_came_while_writing_is_told(store: Store) -> None:
    here = world(store)
    claim = reply.claim(store, here.thread, "ana", now=NOON)
    put_mention(store, here.account.id, here.thread, 1, at=SOON, name="fake://later")
    with pytest.raises(LostRace, match="wrote again"):
        send(store, here, seen=claim.newest)


@pytest.mark.parametrize(("text", "why"), [("  ", "nothing to send"), ("x" * 501, "1 character too many")])
def test_a_text_that_cannot_go_out_is_refused(store: Store, text: str, why: str) -> None:
    here = world(store)
    with pytest.raises(Refused, match=why):
        send(store, here, text)
    with store.read() as s:
        assert outbox.newest(s) == ()


def test_a_dead_token_blocks_the_reply(store: Store) -> None:
    here = world(store)
    with store.write() as s:
        accounts.set_health(s, here.account.id, HealthState.SIGN_IN, error="Sign in again.", now=NOON)
    with pytest.raises(Refused, match="sign in again"):
        send(store, here)


def test_only_an_employee_or_the_command_line_replies(store: Store) -> None:
    here = world(store)
    assert reply.send(store, here.thread, "Hello.", employee="command", now=NOON).employee_id is None
    with pytest.raises(NotFound, match="employee"):
        reply.send(store, here.thread, "Hello.", employee="nobody", now=NOON)


def test_a_failed_reply_is_sent_again_by_a_person_only_once(store: Store) -> None:
    sent = send(store, world(store))
    with store.write() as s:
        outbox.failed(s, sent.id, error="The network refused.")
    assert reply.send_again(store, sent.id, actor="ana", now=SOON).state is ReplyState.QUEUED
    with pytest.raises(LostRace, match="is queued"):
        reply.send_again(store, sent.id, actor="ana", now=SOON)


def test_the_undo_time_can_be_ended(store: Store) -> None:
    sent = send(store, world(store))
    assert reply.send_now(store, sent.id, now=NOON).not_before == NOON


def brand(limits: Limits) -> Account:
    return Account(
        id=AccountId(1),
        network="mastodon",
        handle="air",
        brand="",
        server="",
        remote_id="",
        display_name="",
        limits=limits,
        connected_at=NOON,
        look_back_to=None,
        paused=False,
        health=HealthState.WORKING,
        error="",
        error_at=None,
        budget_left=None,
        budget_resets_at=None,
    )


def test_the_length_is_the_networks_own_and_says_what_is_too_much() -> None:
    graphemes = brand(Limits(length=3, length_rule=LengthRule.GRAPHEMES))
    assert check("👩‍👩‍👧é!", graphemes) == ()
    (found,) = check("👩‍👩‍👧é!!!", graphemes)
    assert (found.check, found.level, found.message) == (
        "length",
        "block",
        "2 characters too many: the network takes 3.",
    )


def test_a_mastodon_reply_counts_the_name_that_is_put_in_front() -> None:
    account = brand(Limits(length=500, length_rule=LengthRule.MASTODON))
    assert used_length("Hi", account, "kim@social.test") == len("@kim Hi")
    assert used_length("Hi @kim@social.test", account, "kim@social.test") == len("Hi @kim")


def test_private_where_there_is_no_private_is_stopped() -> None:
    (found,) = check("Hi", brand(Limits()), visibility=Visibility.PRIVATE)
    assert found.level == "block"
    assert check("Hi", brand(Limits(can_message=True)), visibility=Visibility.PRIVATE) == ()
