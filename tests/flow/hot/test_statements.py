"""A statement is written, approved by somebody else than its writer, sent back, and thrown away with a way back."""

from dataclasses import replace

import pytest

from inbox.flow.hot import deciding, statements
from inbox.model.ids import AccountId
from inbox.model.incident import StatementState
from inbox.model.words import HealthState, Role
from inbox.store import accounts, people
from inbox.store.engine import Store
from inbox.store.errors import LostRace, NotFound, Refused
from tests.flow.hot.scene import ANA, CLARA
from tests.flow.hot.statement_scene import ADA, NOW, SAM, TEXT, Room, later


def test_a_statement_goes_from_draft_by_approval_to_its_accounts_and_the_timeline_tells_it(store: Store) -> None:
    room = Room(store)
    number = room.published()
    found = room.one(number)
    assert (found.text, found.version, found.written_by, found.approved_by) == (TEXT, 1, "ana", "clara")
    assert found.account_ids == tuple(room.accounts)
    assert room.timeline() == [
        "Version 1 of the statement published by Ana on air, air_de and air_help.",
        "Version 1 of the statement approved by Clara.",
        "Approval asked for version 1 of the statement. Told: Clara Lind.",
        "Statement written, version 1.",
    ]


def test_later_statements_are_updates_and_stand_first(store: Store) -> None:
    room = Room(store)
    first, second = room.published(), room.drafted("All are well.")
    assert [each.id for each in room.all()] == [second, first]


def test_a_statement_that_says_nothing_or_too_much_is_refused(store: Store) -> None:
    room = Room(store)
    with pytest.raises(Refused, match="nothing in it"):
        room.drafted("  \n ")
    with pytest.raises(Refused, match="10,000 characters"):
        room.drafted("x" * 10_001)
    with pytest.raises(NotFound, match="no account number 99"):
        room.drafted(accounts=[AccountId(99)])
    with pytest.raises(NotFound, match="has no statement 7"):
        statements.ask(store, room.id, 7, actor="ana", now=NOW)
    assert room.timeline() == []


def test_an_edit_makes_a_new_version_and_voids_the_approval_and_says_so(store: Store) -> None:
    room = Room(store)
    number = room.approved()
    done = statements.edit(store, room.id, number, "Better.", actor="sam", now=later(5), expect=1)
    found = room.one(number)
    assert done.sentence == "The statement is version 2 now. The approval by Clara is void."
    assert room.timeline()[0] == "Statement changed, version 2. The approval by Clara is void."
    assert (found.state, found.version, found.text) == (StatementState.DRAFT, 2, "Better.")
    assert (found.written_by, found.written_at) == ("sam", later(5)), "whoever changed the words wrote them"
    assert (found.approved_by, found.approved_at, found.asked_at) == ("", None, None)


def test_other_accounts_void_the_approval_too_but_the_words_keep_their_writer(store: Store) -> None:
    room = Room(store)
    number = room.approved()
    statements.edit(store, room.id, number, accounts=room.accounts[:1], actor="clara", now=NOW)
    found = room.one(number)
    assert (found.state, found.written_by, found.account_ids) == (
        StatementState.DRAFT,
        "ana",
        tuple(room.accounts[:1]),
    )


def test_the_same_words_are_no_edit(store: Store) -> None:
    room = Room(store)
    number = room.approved()
    same = list(reversed(room.accounts))
    done = statements.edit(store, room.id, number, f" {TEXT} ", same, actor="sam", now=NOW)
    assert (done.sentence, room.state(number)) == ("Nothing was changed.", StatementState.APPROVED)


def test_a_published_one_is_changed_by_nobody(store: Store) -> None:
    room = Room(store)
    number = room.published()
    for deed in (statements.edit, statements.discard, statements.ask, statements.approve):
        with pytest.raises(Refused, match=r"published already \(Ana: Version 1 .*\)\. Write another statement"):
            deed(store, room.id, number, actor="clara", now=NOW)
    with pytest.raises(Refused, match="published already"):
        statements.send_back(store, room.id, number, "no", actor="clara", now=NOW)


def test_crisis_leads_are_asked_else_supervisors_else_admins(store: Store) -> None:
    room = Room(store, CLARA, ANA, SAM, ADA)
    number = room.drafted()
    statements.ask(store, room.id, number, actor="ana", now=NOW)
    asked = ["Ana asks you to approve the statement about “Smoke”."]
    assert (room.told("clara"), room.told("sam"), room.told("ada")) == (asked, [], [])
    statements.edit(store, room.id, number, "Other.", actor="clara", now=later(1))
    assert room.told("clara") == [], "what was asked is over"
    statements.ask(store, room.id, number, actor="clara", now=later(2))
    assert (room.told("clara"), len(room.told("sam")), room.told("ada")) == ([], 1, []), "Clara wrote it herself"


def test_who_is_away_is_not_waited_for(store: Store) -> None:
    room = Room(store, CLARA, ANA, ADA)
    with store.write() as s:
        people.set_away(s, "clara", away=True, actor="clara", now=NOW)
    number = room.drafted(by="ada")
    done = statements.ask(store, room.id, number, actor="ada", now=NOW)
    assert done.sentence == "Approval is asked for."
    statements.approve(store, room.id, number, actor="ada", now=NOW)
    assert room.timeline()[0] == "Version 1 of the statement approved by Ada. Nobody else checked it."


def test_the_writer_approves_only_where_nobody_else_may(store: Store) -> None:
    room = Room(store)
    number = room.drafted(by="clara")
    with pytest.raises(Refused, match="You wrote it, so somebody else approves it: Sam Hall"):
        statements.approve(store, room.id, number, actor="clara", now=NOW)
    with pytest.raises(Refused, match="A crisis lead, a supervisor or an admin approves a statement: Clara"):
        statements.approve(store, room.id, number, actor="ana", now=NOW)
    assert room.state(number) is StatementState.DRAFT
    done = statements.approve(store, room.id, number, actor="sam", now=NOW)
    assert done.sentence == "The statement is approved."
    assert room.told("clara")[0] == "Sam approved the statement about “Smoke”."


def test_the_only_one_who_may_approves_what_they_wrote_and_the_timeline_says_that_nobody_checked(
    store: Store,
) -> None:
    room = Room(store, CLARA, ANA)
    number = room.drafted(by="clara")
    done = statements.approve(store, room.id, number, actor="clara", now=NOW)
    assert done.sentence == "The statement is approved. Nobody else checked it."
    assert room.timeline()[0].endswith("approved by Clara. Nobody else checked it.")


def test_where_nobody_has_a_role_colleagues_approve_each_other(store: Store) -> None:
    ben = replace(ANA, name="ben", full_name="Ben Ohm")
    room = Room(store, ANA, ben)
    number = room.drafted()
    with pytest.raises(Refused, match="You wrote it, so somebody else approves it: Ben Ohm"):
        statements.approve(store, room.id, number, actor="ana", now=NOW)
    statements.approve(store, room.id, number, actor="ben", now=NOW)
    assert room.state(number) is StatementState.APPROVED


def test_a_command_approves_what_somebody_else_wrote(store: Store) -> None:
    room = Room(store)
    theirs, own = room.drafted(), room.drafted(by="command")
    statements.approve(store, room.id, theirs, actor="command", now=NOW)
    with pytest.raises(Refused, match="You wrote it"):
        statements.approve(store, room.id, own, actor="command", now=NOW)


def test_asking_and_approving_twice_is_told(store: Store) -> None:
    room = Room(store)
    number = room.approved()
    again = statements.approve(store, room.id, number, actor="sam", now=NOW)
    assert again.sentence == "It was approved by Clara already."
    assert statements.ask(store, room.id, number, actor="ana", now=NOW).sentence == "Approval is given already."
    assert room.one(number).approved_by == "clara"


def test_sent_back_it_is_a_draft_whose_writer_is_told_why(store: Store) -> None:
    room = Room(store)
    number = room.drafted()
    statements.ask(store, room.id, number, actor="ana", now=NOW)
    with pytest.raises(Refused, match="Say why"):
        statements.send_back(store, room.id, number, " . ", actor="clara", now=NOW)
    statements.send_back(store, room.id, number, "Name the flight.", actor="clara", now=later(1))
    assert room.state(number) is StatementState.DRAFT
    assert room.told("ana") == ["Clara sent the statement back: Name the flight."]
    assert room.told("clara") == []
    with pytest.raises(Refused, match=r"sent back by Clara: Name the flight\. Change it, or ask for approval again"):
        statements.approve(store, room.id, number, actor="sam", now=NOW)
    statements.ask(store, room.id, number, actor="ana", now=later(2))
    statements.approve(store, room.id, number, actor="sam", now=later(3))
    assert room.state(number) is StatementState.APPROVED


def test_an_approval_is_taken_away_by_sending_back(store: Store) -> None:
    room = Room(store)
    number = room.approved()
    statements.send_back(store, room.id, number, "The count is wrong", actor="sam", now=NOW)
    assert (room.state(number), room.one(number).approved_by) == (StatementState.DRAFT, "")
    with pytest.raises(Refused, match=r"It is not approved \(Sam: Version 1 .* The count is wrong\)\. Have it"):
        statements.publish(store, room.id, number, actor="ana", now=NOW)


@pytest.mark.parametrize("deed", [statements.ask, statements.approve])
def test_what_keeps_it_from_an_account_is_said_before_anybody_is_asked(store: Store, deed: object) -> None:
    assert callable(deed)
    room = Room(store)
    number = room.drafted()
    room.limit(1, len(TEXT) - 3)
    with pytest.raises(Refused, match="air_de: 3 characters too many: the network takes"):
        deed(store, room.id, number, actor="clara", now=NOW)
    room.refuse(1)
    with pytest.raises(Refused, match=r"air_de may not post\."):
        deed(store, room.id, number, actor="clara", now=NOW)
    room.limit(1, 500)
    with store.write() as s:
        accounts.set_health(s, room.accounts[2], HealthState.SIGN_IN, error="", now=NOW)
    with pytest.raises(Refused, match="air_help has to sign in again before it can post"):
        deed(store, room.id, number, actor="clara", now=NOW)
    with store.write() as s:
        accounts.remove(s, room.accounts[2], NOW)
    with pytest.raises(Refused, match="An account that was chosen is there no more"):
        deed(store, room.id, number, actor="clara", now=NOW)
    empty = room.drafted(accounts=[])
    with pytest.raises(Refused, match="No account is chosen"):
        deed(store, room.id, empty, actor="clara", now=NOW)


def test_a_paused_account_stops_nothing(store: Store) -> None:
    room = Room(store)
    with store.write() as s:
        accounts.set_paused(s, room.accounts[0], paused=True)
    assert room.state(room.published()) is StatementState.PUBLISHED


def test_words_changed_after_approval_was_asked_for_are_not_approved_unread(store: Store) -> None:
    room = Room(store)
    number = room.drafted()
    statements.ask(store, room.id, number, actor="ana", now=NOW)
    for minute, words in enumerate(("Other.", "Yet others."), 1):
        statements.edit(store, room.id, number, words, actor="ana", now=later(minute))
        with pytest.raises(Refused, match=r"Look at it, and ask for approval again"):
            statements.approve(store, room.id, number, actor="clara", now=later(minute))
    seen = room.one(number).version
    statements.approve(store, room.id, number, actor="clara", now=later(3), expect=seen)
    assert room.state(number) is StatementState.APPROVED, "who says which version was read may approve that"


def test_the_number_of_a_discarded_statement_is_never_given_again(store: Store) -> None:
    room = Room(store)
    gone = room.drafted()
    statements.discard(store, room.id, gone, actor="ana", now=NOW)
    assert room.drafted() > gone, "who approves by number approves the words that were read"


def test_what_was_discarded_comes_back_as_it_was(store: Store) -> None:
    room = Room(store)
    number = room.approved()
    statements.edit(store, room.id, number, "Second.", actor="ana", now=NOW)
    statements.ask(store, room.id, number, actor="ana", now=later(1))
    statements.approve(store, room.id, number, actor="sam", now=later(2))
    before = room.one(number)
    done = statements.discard(store, room.id, number, actor="ana", now=later(3))
    assert room.all() == []
    assert done.undo is not None
    back = statements.take_back(store, done.undo, actor="ana", now=later(4))
    assert back.statement_id is not None
    assert replace(room.one(back.statement_id), id=number) == before
    assert room.timeline()[0] == "The statement that was discarded is there again."


def test_once_the_incident_is_over_a_draft_can_only_be_thrown_away(store: Store) -> None:
    room = Room(store)
    number = room.drafted()
    deciding.close(store, room.id, actor="clara", now=NOW)
    with pytest.raises(Refused, match="“Smoke” is closed already"):
        statements.edit(store, room.id, number, "x", actor="ana", now=NOW)
    with pytest.raises(Refused, match="“Smoke” is closed already"):
        room.drafted()
    statements.discard(store, room.id, number, actor="ana", now=NOW)
    assert room.all() == []


def test_who_was_quicker_is_told_and_nothing_is_done(store: Store) -> None:
    room = Room(store)
    number = room.drafted()
    statements.edit(store, room.id, number, "Other words.", actor="sam", now=NOW, expect=1)
    told = r"changed meanwhile \(Sam: Statement changed, version 2\)\. Nothing was done; look again\."
    for deed in (statements.ask, statements.approve, statements.publish, statements.discard):
        with pytest.raises(LostRace, match=told):
            deed(store, room.id, number, actor="clara", now=NOW, expect=1)
    with pytest.raises(LostRace, match=told):
        statements.edit(store, room.id, number, "Mine.", actor="ana", now=NOW, expect=1)
    assert room.one(number).text == "Other words."


def test_the_roles_that_approve_are_crisis_lead_supervisor_and_admin() -> None:
    from inbox.flow.hot.statements_approval import approvers

    staff = [replace(ANA, name=role.value, roles=(role,)) for role in Role]
    assert [each.name for each in approvers(staff)] == ["supervisor", "crisis lead", "admin"]
