"""What is kept of edited entries while the workspace changes below them."""

from dataclasses import replace
from datetime import timedelta

from inbox.model.escalation import Ladder, LadderStep
from inbox.model.workspace import Policy, When, Workspace
from inbox.store.escalations import ladder_document
from inbox.ui.ladders.draft import book as ladders
from inbox.ui.policies.draft import Draft, book, draft_of, policy_of

A, B, C = (Policy(name, When()) for name in "ABC")
ABC = Workspace(policies=(A, B, C))


def test_an_edit_stays_while_others_change_and_goes_when_it_says_the_same() -> None:
    page = book()
    page.see(ABC)
    page.keep("B", replace(page.draft("B"), warn="5m"))
    page.see(replace(ABC, policies=(A, replace(B, calendar="office"), C)))
    assert page.raced("B")
    assert page.unsaved() == 1
    page.see(replace(ABC, policies=(A, replace(B, warn_before=timedelta(minutes=5)), C)))
    assert page.unsaved() == 0


def test_what_cannot_be_read_yet_stays_when_something_else_changes() -> None:
    page = book()
    page.see(ABC)
    page.keep("B", replace(page.draft("B"), warn="soo"))
    page.see(replace(ABC, policies=(replace(A, calendar="office"), B, C)))
    assert page.draft("B").warn == "soo"


def test_what_was_typed_while_it_was_saved_stays_an_edit_of_what_is_stored() -> None:
    page = book()
    page.see(ABC)
    page.keep("B", replace(page.draft("B"), warn="5m"))
    saving = policy_of(page.draft("B"))
    page.keep("B", replace(page.draft("B"), warn="5m x"))
    page.saved("B", saving)
    assert page.draft("B") == replace(draft_of(saving), warn="5m x", position=1)


def test_new_entries_stand_where_they_are_to_be_stored() -> None:
    page = book()
    page.see(ABC)
    page.add(Draft("last"))
    key = page.add(Draft("second"), 1)
    assert [each.entry.name for each in page.rows()] == ["A", "second", "B", "C", "last"]
    page.move(key, 3)
    assert [each.entry.name for each in page.rows()] == ["A", "B", "C", "second", "last"]
    assert page.twin_name("B") == "B 2"


def test_my_edit_of_what_somebody_took_away_becomes_a_new_entry_as_it_stands() -> None:
    page = book()
    page.see(ABC)
    page.keep("B", replace(page.draft("B"), warn="half"))
    page.see(replace(ABC, policies=(A, C)))
    assert page.raced("B")
    key = page.rebase("B")
    assert [(each.key, each.new) for each in page.rows()] == [("A", False), (key, True), ("C", False)]
    assert page.draft(key).warn == "half"


def test_the_workspace_follows_the_screen_before_it_is_stored() -> None:
    page = book()
    page.see(ABC)
    page.move("A", 2)
    page.forget("B")
    assert page.workspace.policies == (C, A)


def test_moving_keeps_what_else_the_file_says_of_an_escalation_policy() -> None:
    made = [Ladder(name, (LadderStep(("admin",), timedelta(minutes=5)),), 0) for name in "AB"]
    documents = tuple({**ladder_document(each), "more": each.name} for each in made)
    page = ladders()
    page.see(Workspace(escalations=documents))
    page.move("A", 1)
    assert page.workspace.escalations == documents[::-1]
