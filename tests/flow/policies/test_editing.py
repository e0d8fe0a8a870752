"""Policies changed one by one: checked like the file, audited, undoable, and never over somebody else's change."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from sqlalchemy import select

from inbox.flow import clocks, triage
from inbox.flow.entries import Saved
from inbox.flow.policies import (
    BadPolicy,
    PoliciesUndo,
    move_policy,
    remove_policy,
    save_policy,
    undo_policies,
)
from inbox.flow.rules import save_rule
from inbox.model.ids import AreaId, EmployeeId, ThreadId
from inbox.model.people import Area, Employee
from inbox.model.words import Metric, Priority
from inbox.model.workspace import Calendar, Policy, Rule, Then, When, Workspace
from inbox.store import config, policy_use, threads
from inbox.store.engine import Store, open_store
from inbox.store.errors import LostRace, NotFound
from inbox.store.policy_use import Use
from inbox.store.schema import audit
from tests.support.talk import Talk, at

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
URGENT = Policy("urgent", When(priority=(Priority.URGENT,)), first_response=timedelta(minutes=15))
PRESS = Policy("press", When(author_tags=("press",)), first_response=HOUR)
REST = Policy("rest", first_response=4 * HOUR, warn_before=HOUR)
SETS = Rule("Reporters", When(text_any=("reporter",)), Then(policy="press"))
ALSO = Rule("Magazines", When(text_any=("magazine",)), Then(policy="press", area="Billing"))
ROOM = Workspace(
    areas=(Area(AreaId(0), "Baggage"), Area(AreaId(0), "Billing")),
    employees=(Employee(EmployeeId(0), "ana", "Ana Ruiz"), Employee(EmployeeId(0), "ben", "Ben Ode")),
    calendars=(Calendar("service"),),
    policies=(URGENT, PRESS, REST),
    rules=(SETS, ALSO),
)


def room(store: Store) -> Workspace:
    with store.write() as s:
        config.save(s, ROOM, "command", NOON)
    return loaded(store)


def loaded(store: Store) -> Workspace:
    with store.read() as s:
        return config.load(s)


def names(store: Store) -> list[str]:
    return [policy.name for policy in loaded(store).policies]


def last_event(store: Store) -> tuple[str, str, dict[str, object]]:
    with store.read() as s:
        row = s.execute(select(audit).order_by(audit.c.id.desc()).limit(1)).one()
        return row.actor, row.action, row.details


def test_a_new_policy_is_put_last_or_at_its_place(store: Store) -> None:
    room(store)
    new = Policy("  nights ", first_response=HOUR)
    assert save_policy(store, new, actor="ana", now=NOON).sentence == "The policy “nights” is added."
    save_policy(store, replace(new, name="first"), position=0, actor="ana", now=NOON)
    assert names(store) == ["first", "urgent", "press", "rest", "nights"]


def test_an_edit_takes_the_place_of_the_old_one_and_is_written_down_with_both_sides(store: Store) -> None:
    room(store)
    edited = replace(REST, first_response={Priority.LOW: 8 * HOUR, Priority.HIGH: HOUR}, calendar="service")
    saved = save_policy(store, edited, replaces="rest", actor="ana", now=NOON)
    assert saved.sentence == "The policy “rest” is saved."
    assert saved.workspace.policies == (URGENT, PRESS, edited)
    assert saved.change.topics == {"config"}
    actor, action, details = last_event(store)
    assert (actor, action, details["did"], details["policy"]) == ("ana", "policy", "saved", "rest")
    assert details["before"] == {"name": "rest", "first_response": "4h", "warn_before": "1h"}
    assert isinstance(details["after"], dict)
    assert details["after"]["first_response"] == {"low": "8h", "high": "1h"}


def test_rules_follow_a_new_name_and_come_back_with_the_old_one(store: Store) -> None:
    before = room(store)
    saved = save_policy(store, replace(PRESS, name="journalists"), replaces="press", actor="ana", now=NOON)
    assert [rule.then.policy for rule in loaded(store).rules] == ["journalists", "journalists"]
    assert saved.undo is not None
    undo_policies(store, saved.undo, actor="ana", now=NOON)
    assert (loaded(store).policies, loaded(store).rules) == (before.policies, before.rules)


def test_what_a_rule_names_says_so_when_it_goes(store: Store) -> None:
    before = room(store)
    saved = remove_policy(store, "press", actor="ana", now=NOON)
    assert saved.sentence == (
        "The policy “press” is removed. The rules “Reporters”, “Magazines” named it and set no policy now. "
        "“Reporters” did nothing else and is switched off."
    )
    assert names(store) == ["urgent", "rest"]
    assert loaded(store).rules == (
        replace(SETS, then=Then(), on=False),
        replace(ALSO, then=Then(area="Billing")),
    )
    assert last_event(store)[2]["rules"] == ["Reporters", "Magazines"]
    assert saved.undo is not None
    undo_policies(store, saved.undo, actor="ana", now=NOON)
    assert (loaded(store).policies, loaded(store).rules) == (before.policies, before.rules)


def test_what_no_rule_names_just_goes(store: Store) -> None:
    room(store)
    assert remove_policy(store, "urgent", actor="ana", now=NOON).sentence == "The policy “urgent” is removed."
    assert loaded(store).rules == (SETS, ALSO)


def test_every_change_is_taken_back_exactly(store: Store) -> None:
    before = room(store)
    steps: tuple[Callable[[], Saved[PoliciesUndo]], ...] = (
        lambda: save_policy(store, replace(REST, calendar="service"), replaces="rest", actor="ana", now=NOON),
        lambda: save_policy(store, Policy("new", first_response=HOUR), position=1, actor="ana", now=NOON),
        lambda: remove_policy(store, "urgent", actor="ana", now=NOON),
        lambda: move_policy(store, "rest", 0, actor="ana", now=NOON),
    )
    for step in steps:
        saved = step()
        assert saved.undo is not None
        assert loaded(store).policies != before.policies
        assert undo_policies(store, saved.undo, actor="ana", now=NOON).sentence == "Taken back."
        assert loaded(store).policies == before.policies


def test_what_changes_nothing_says_so_and_is_not_written_down(store: Store) -> None:
    room(store)
    event = last_event(store)
    saved = move_policy(store, "rest", 99, actor="ana", now=NOON)
    assert (saved.sentence, saved.undo) == ("Nothing was changed: it is so already.", None)
    assert last_event(store) == event


def test_a_policy_is_moved_and_what_is_beyond_the_ends_means_the_ends(store: Store) -> None:
    room(store)
    assert move_policy(store, "rest", -4, actor="ana", now=NOON).sentence == "The policy “rest” is now number 1."
    assert names(store) == ["rest", "urgent", "press"]


def test_a_change_over_a_newer_one_is_refused_and_says_whose(store: Store) -> None:
    seen = room(store)
    save_policy(store, replace(PRESS, warn_before=HOUR / 2), replaces="press", actor="ben", now=NOON)
    with pytest.raises(LostRace, match="Ben saved the policy “press” meanwhile"):
        save_policy(store, replace(PRESS, calendar="service"), replaces="press", actor="ana", now=NOON, expect=seen)
    with pytest.raises(LostRace, match="Nothing was overwritten"):
        remove_policy(store, "press", actor="ana", now=NOON, expect=seen)
    assert loaded(store).policies[1].warn_before == HOUR / 2


def test_an_undo_over_newer_policies_or_over_rules_that_it_reached_is_refused(store: Store) -> None:
    room(store)
    removed = remove_policy(store, "press", actor="ana", now=NOON)
    save_rule(store, replace(ALSO, then=Then(area="Baggage")), replaces="Magazines", actor="ben", now=NOON)
    assert removed.undo is not None
    with pytest.raises(LostRace, match="Ben changed the workspace meanwhile"):
        undo_policies(store, removed.undo, actor="ana", now=NOON)
    moved = move_policy(store, "rest", 0, actor="ana", now=NOON)
    move_policy(store, "rest", 1, actor="ben", now=NOON)
    assert moved.undo is not None
    with pytest.raises(LostRace, match="Ben moved the policy “rest” meanwhile"):
        undo_policies(store, moved.undo, actor="ana", now=NOON)


def test_a_policy_does_not_come_back_to_a_calendar_that_is_gone(store: Store) -> None:
    seen = room(store)
    save_policy(store, replace(REST, calendar="service"), replaces="rest", actor="ana", now=NOON)
    removed = remove_policy(store, "rest", actor="ana", now=NOON)
    with store.write() as s:
        config.save_calendars(s, [])
    assert removed.undo is not None
    assert isinstance(removed.undo, PoliciesUndo)
    with pytest.raises(BadPolicy, match="service"):
        undo_policies(store, removed.undo, actor="ana", now=NOON)
    assert names(store) == [each.name for each in seen.policies[:2]]


def test_what_is_gone_is_not_changed(store: Store) -> None:
    room(store)
    acts: tuple[Callable[[], Saved[PoliciesUndo]], ...] = (
        lambda: remove_policy(store, "gone", actor="ana", now=NOON),
        lambda: move_policy(store, "gone", 0, actor="ana", now=NOON),
        lambda: save_policy(store, Policy("x", first_response=HOUR), replaces="gone", actor="ana", now=NOON),
    )
    for act in acts:
        with pytest.raises(NotFound, match="no policy “gone” any more"):
            act()


def test_a_policy_with_errors_is_not_saved(store: Store) -> None:
    room(store)
    with pytest.raises(BadPolicy) as caught:
        save_policy(store, replace(REST, name="PRESS", warn_before=5 * HOUR), replaces="rest", actor="a", now=NOON)
    assert {field for field, _ in caught.value.troubles} == {"name", "warn_before"}
    assert names(store) == ["urgent", "press", "rest"]


def test_of_two_who_save_at_once_one_is_refused(store: Store) -> None:
    seen = room(store)
    begin = Barrier(2)

    def save(actor: str, hours: int) -> str:
        own = open_store(store.address)
        try:
            begin.wait(10)
            edited = replace(REST, first_response=hours * HOUR)
            save_policy(own, edited, replaces="rest", actor=actor, now=NOON, expect=seen)
        except LostRace as error:
            return str(error)
        finally:
            own.close()
        return "saved"

    with ThreadPoolExecutor(2) as pool:
        said = sorted(pool.map(save, ("ana", "ben"), (2, 3)))
    assert said[1] == "saved"
    assert "saved the policy “rest” meanwhile" in said[0]


def test_clocks_that_run_keep_the_terms_of_a_policy_that_is_removed_or_edited(store: Store) -> None:
    talk = Talk(store, replace(ROOM, rules=(), policies=(REST,)))
    thread_id = talk.says(0, "Where is my bag?")
    triage.triage_pending(store, now=at(1))
    assert use(store) == {"rest": Use(1, 0)}
    remove_policy(store, "rest", actor="ana", now=at(2))
    save_policy(store, Policy("strict", first_response=timedelta(minutes=5)), actor="ana", now=at(3))
    later = talk.says(10, "And my coat?", who="kim")
    triage.triage_pending(store, now=at(11))
    recompute(store, thread_id, later)
    assert due(store, thread_id) == [("rest", at(240))]
    assert due(store, later) == [("strict", at(15))]
    clocks.due(store, now=at(241))
    assert use(store) == {"rest": Use(1, 1), "strict": Use(1, 1)}
    assert use(store, since=at(240) + timedelta(seconds=1)) == {"rest": Use(1, 0), "strict": Use(1, 0)}


def test_threads_for_which_a_rule_named_it_follow_a_new_name_and_keep_their_terms(store: Store) -> None:
    talk = Talk(store, ROOM)
    thread_id = talk.says(0, "I am a reporter. Where is the press office?")
    triage.triage_pending(store, now=at(1))
    assert due(store, thread_id) == [("press", at(60))]
    edited = replace(PRESS, name="journalists", first_response=2 * HOUR, next_response=HOUR)
    saved = save_policy(store, edited, replaces="press", actor="ana", now=at(2))
    assert talk.row(thread_id).policy == "journalists"
    recompute(store, thread_id)
    assert due(store, thread_id) == [("press", at(60))]
    talk.answers(10, thread_id)
    talk.says(20, "And by tomorrow?", to=thread_id)
    triage.triage_pending(store, now=at(21))
    assert due(store, thread_id, Metric.NEXT)[-1] == ("journalists", at(80))
    assert saved.undo is not None
    undo_policies(store, saved.undo, actor="ana", now=at(22))
    assert talk.row(thread_id).policy == "press"
    recompute(store, thread_id)
    assert due(store, thread_id, Metric.NEXT)[-1] == ("journalists", at(80))


def recompute(store: Store, *ids: ThreadId) -> None:
    with store.write() as s:
        clocks.recompute_many(s, ids, workspace=config.load(s), now=at(12))


def use(store: Store, since: datetime = NOON - timedelta(days=7)) -> dict[str, Use]:
    with store.read() as s:
        return policy_use.in_use(s, since)


def due(store: Store, thread_id: ThreadId, metric: Metric = Metric.FIRST) -> list[tuple[str | None, datetime | None]]:
    with store.read() as s:
        found = threads.clocks(s, thread_id)
    return [(each.policy, each.due_at) for each in found if each.metric is metric]
