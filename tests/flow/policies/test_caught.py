"""Which stored threads a policy would take, by the code that gives clocks their terms."""

from dataclasses import replace
from datetime import timedelta

import pytest

from inbox.flow import triage
from inbox.flow.policies import caught, sample
from inbox.flow.policies.caught import Caught, Stopped
from inbox.model.ids import AreaId
from inbox.model.people import Area
from inbox.model.words import Priority
from inbox.model.workspace import Policy, Rule, Then, When, Workspace
from inbox.store import config, threads
from inbox.store.engine import Store
from tests.support.talk import Talk, at

HOUR = timedelta(hours=1)
FAST = Policy("fast", When(area=("Billing",)), first_response=HOUR)
REST = Policy("rest", first_response=4 * HOUR)
ROOM = Workspace(
    areas=(Area(AreaId(0), "Baggage", ("suitcase",)), Area(AreaId(0), "Billing", ("refund",))),
    policies=(FAST, REST),
    rules=(Rule("press", When(text_any=("reporter",)), Then(policy="rest", area="Billing")),),
)
SAID = ("My suitcase is lost", "A refund please", "Where is my refund", "I am a reporter, refund me", "Hello, anyone?")


def furnish(store: Store) -> tuple[Talk, Workspace]:
    talk = Talk(store, ROOM)
    for number, text in enumerate(SAID):
        talk.says(number, text, who=f"who{number}")
    triage.triage_pending(store, now=at(10))
    with store.read() as s:
        return talk, config.load(s)


def test_the_counts_are_those_of_the_clocks(store: Store) -> None:
    talk, workspace = furnish(store)
    read = sample(store, now=at(20))
    fast = caught(read, workspace, FAST, replaces="fast")
    rest = caught(read, workspace, REST, replaces="rest")
    assert (fast, rest) == (Caught(5, 2, 2), Caught(5, 3, 3))
    with store.read() as s:
        clocks = [clock.policy for n in range(1, 6) for clock in threads.clocks(s, n)]  # type: ignore[arg-type]
    assert clocks.count("fast") == 2 * clocks.count("rest") / 3
    assert talk.numbers == 5


def test_an_edit_and_a_new_policy_are_asked_at_their_place(store: Store) -> None:
    _talk, workspace = furnish(store)
    read = sample(store, now=at(20))
    wider = replace(FAST, when=When(area=("Billing", "Baggage")))
    assert caught(read, workspace, wider, replaces="fast") == Caught(5, 3, 2)
    assert caught(read, workspace, replace(FAST, when=When(text_any=("lost",))), replaces="fast").would == 1
    new = Policy("", When(text_any=("refund", "hello")), first_response=HOUR)
    assert caught(read, workspace, new) == Caught(5, 0, None)
    assert caught(read, workspace, new, position=0) == Caught(5, 3, None)
    assert caught(read, workspace, new, position=1).would == 1


def test_priorities_and_old_threads_count_as_they_stand(store: Store) -> None:
    talk, workspace = furnish(store)
    first = talk.says(6, "urgent suitcase", who="late")
    triage.triage_pending(store, now=at(10))
    talk.set(first, priority="urgent")
    urgent = Policy("urgent", When(priority=(Priority.URGENT,)), first_response=HOUR)
    assert caught(sample(store, now=at(20)), workspace, urgent, position=0).would == 1
    assert caught(sample(store, now=at(20) + timedelta(days=8)), workspace, urgent, position=0) == Caught(0, 0, None)


def test_more_threads_than_are_looked_at_are_said_and_a_stopped_question_ends(store: Store) -> None:
    _talk, workspace = furnish(store)
    few = sample(store, now=at(20), limit=3)
    assert caught(few, workspace, REST, replaces="rest").more
    assert caught(few, workspace, REST, replaces="rest").threads == 3
    with pytest.raises(Stopped):
        caught(few, workspace, REST, replaces="rest", stop=lambda: True)


def test_a_bad_expression_is_refused_with_a_sentence(store: Store) -> None:
    _talk, workspace = furnish(store)
    with pytest.raises(ValueError, match="regular expression"):
        caught(sample(store, now=at(20)), workspace, replace(FAST, when=When(text_regex="(")), replaces="fast")
