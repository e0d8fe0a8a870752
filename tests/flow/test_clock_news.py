"""Late news: what arrives after the fact is placed at its own time, and what it corrects is said in plain values."""

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from inbox.cli import main
from inbox.flow import clocks, decide, triage
from inbox.flow.clock_words import CORRECTED, event_sentence
from inbox.flow.import_ import import_files
from inbox.model.clock import Clock
from inbox.model.ids import EmployeeId, ThreadId
from inbox.model.notice import Notice, NoticeKind
from inbox.model.people import Area, Employee
from inbox.model.words import CloseReason, Metric, Role, Status
from inbox.model.workspace import Policy, Workspace
from inbox.sla.hours import zone
from inbox.store import config, notices, threads
from inbox.store.engine import Store
from inbox.store.schema import thread
from tests.support.talk import Talk, at

HOUR = at(60) - at(0)
LEAD = Employee(EmployeeId(0), "sue", "Sue Lead", areas=("Baggage",), roles=(Role.SUPERVISOR,), capacity=0)
WORKSPACE = Workspace(
    areas=(Area(0, "Baggage", ("suitcase",)),),  # type: ignore[arg-type]
    employees=(LEAD,),
    policies=(Policy("p", first_response=HOUR, next_response=HOUR),),
)


def begin(store: Store) -> tuple[Talk, ThreadId]:
    """A question of 9:00 that is to be answered by 10:00."""
    talk = Talk(store, WORKSPACE)
    thread_id = talk.says(0, "Where is my suitcase?")
    triage.triage_pending(store, now=at(0.1))
    return talk, thread_id


def events(store: Store, thread_id: ThreadId) -> list[dict[str, Any]]:
    with store.read() as s:
        return [dict(each.details) for each in threads.audit_events(s, thread_id) if each.action == CORRECTED]


def said(store: Store, thread_id: ThreadId) -> list[str]:
    return [event_sentence(CORRECTED, each, zone("UTC")) for each in events(store, thread_id)]


def clock(store: Store, thread_id: ThreadId, metric: Metric = Metric.FIRST) -> Clock:
    with store.read() as s:
        return next(each for each in threads.clocks(s, thread_id) if each.metric is metric)


def test_a_breach_is_taken_back_when_the_answer_had_been_in_time(store: Store) -> None:
    talk, thread_id = begin(store)
    clocks.due(store, now=at(61))
    talk.answers(30, thread_id, stored_at=at(90))
    triage.triage_pending(store, now=at(90))
    assert clock(store, thread_id).breached_at is None
    assert said(store, thread_id) == [
        "First response 1 corrected: not late (was: late since 2026-11-02 10:00). "
        "A reply of 2026-11-02 09:30 UTC arrived late."
    ]
    with store.read() as s:
        why = [each.sentence for each in threads.get(s, thread_id).why]
    assert any("First response 1 corrected" in each for each in why)


def test_a_start_that_moves_earlier_is_said(store: Store) -> None:
    talk, thread_id = begin(store)
    talk.says(-20, "Hello?", to=thread_id, stored_at=at(30), needs_reply=True)
    triage.triage_pending(store, now=at(30))
    assert clock(store, thread_id).started_at == at(-20)
    first = events(store, thread_id)[0]
    assert (first["field"], first["was"], first["became"]) == ("start", at(0).isoformat(), at(-20).isoformat())
    assert "A mention of 2026-11-02 08:40 UTC arrived late." in first["because"]


def test_an_answer_found_to_have_been_given_earlier_is_said(store: Store) -> None:
    talk, thread_id = begin(store)
    talk.answers(40, thread_id)
    triage.triage_pending(store, now=at(40))
    talk.answers(10, thread_id, stored_at=at(50))
    triage.triage_pending(store, now=at(50))
    assert ("met", at(40).isoformat(), at(10).isoformat()) in [
        (each["field"], each["was"], each["became"]) for each in events(store, thread_id)
    ]


def test_a_wait_in_the_past_that_was_late_is_said(store: Store) -> None:
    talk, thread_id = begin(store)
    talk.answers(5, thread_id)
    triage.triage_pending(store, now=at(5))
    talk.says(10, "And my other one?", to=thread_id, stored_at=at(200), needs_reply=True)
    talk.answers(100, thread_id, stored_at=at(200))
    triage.triage_pending(store, now=at(200))
    assert clock(store, thread_id, Metric.NEXT).breached_at == at(70)
    assert said(store, thread_id) == [
        "Next response 1 corrected: late since 2026-11-02 10:10. A mention of 2026-11-02 09:10 UTC arrived late."
    ]


def test_normal_progress_is_no_news(store: Store) -> None:
    talk, thread_id = begin(store)
    clocks.due(store, now=at(61))
    talk.answers(70, thread_id)
    triage.triage_pending(store, now=at(70))
    talk.says(80, "Thanks, but where is it?", to=thread_id, needs_reply=True)
    triage.triage_pending(store, now=at(80))
    decide.close(store, [thread_id], CloseReason.ANSWERED, actor="command", now=at(90))
    decide.reopen(store, [thread_id], actor="command", now=at(95))
    assert events(store, thread_id) == []


def test_a_corrected_judgement_says_that_the_clock_should_never_have_been(store: Store) -> None:
    _, thread_id = begin(store)
    clocks.due(store, now=at(61))
    decide.correct(store, thread_id, needs_reply=False, actor="command", now=at(70))
    assert {(each["field"], each["became"]) for each in events(store, thread_id)} == {("clock", None)}


@pytest.mark.parametrize("seen", [True, False])
def test_who_was_told_of_a_breach_that_was_none_is_told_so(store: Store, seen: bool) -> None:
    talk, thread_id = begin(store)
    with store.write() as s:
        sue = config.load(s).employees[0].id
        key = f"breach:{thread_id}:first:1:{at(60).isoformat()}"
        notices.add(s, [Notice(0, sue, at(61), NoticeKind.BREACH, thread_id, "Late since 10:00", key)])
        if seen:
            notices.mark_seen(s, sue, at(62))
    clocks.due(store, now=at(61), act=False)
    talk.answers(30, thread_id, stored_at=at(90))
    triage.triage_pending(store, now=at(90))
    with store.read() as s:
        told = notices.newest(s, sue)
    assert [each.kind for each in told] == [NoticeKind.CORRECTED, NoticeKind.BREACH]
    assert told[0].sentence.startswith("Not late after all: ann.")


def test_a_replay_says_what_came_out_of_turn_and_nothing_else(store: Store) -> None:
    talk, thread_id = begin(store)
    talk.answers(300, thread_id)
    triage.triage_pending(store, now=at(300), replay=True)
    assert events(store, thread_id) == []
    talk.answers(30, thread_id)
    triage.triage_pending(store, now=at(400), replay=True)
    assert {each["field"] for each in events(store, thread_id)} == {"met", "breach"}


def test_a_late_answer_pauses_resolution_from_its_own_time_though_others_have_acted_since(store: Store) -> None:
    talk, thread_id = begin(store)
    decide.assign(store, [thread_id], "sue", actor="command", now=at(20))
    talk.answers(10, thread_id, stored_at=at(30))
    triage.triage_pending(store, now=at(30))
    assert talk.row(thread_id).status == Status.WAITING
    assert clock(store, thread_id, Metric.RESOLUTION).paused == ((at(10), None),)


def test_the_command_prints_the_correction_as_a_sentence(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    talk, thread_id = begin(store)
    clocks.due(store, now=at(61))
    talk.answers(30, thread_id, stored_at=at(90))
    triage.triage_pending(store, now=at(90))
    assert main(["-w", store.address, "show", str(thread_id)]) == 0
    printed = capsys.readouterr().out
    assert "collector: clock corrected: First response 1 corrected: not late (was: late since" in printed
    assert "policy: First response 1 corrected" in printed


def test_a_file_imported_in_the_wrong_order_says_what_it_corrected(store: Store, tmp_path: Path) -> None:
    def line(number: int, minutes: float, direction: str) -> str:
        posted = at(minutes).isoformat()
        author = "acme" if direction == "outbound" else "kim"
        return json.dumps(
            {"network": "demo", "id": f"m{number}", "account": "acme", "author": {"id": author, "handle": author},
             "text": "Where is my bag?", "created_at": posted, "direction": direction, "thread": "one",
             "needs_reply": direction == "inbound"}
        )  # fmt: skip

    with store.write() as s:
        config.save(s, WORKSPACE, "command", at(0))
    files = [tmp_path / "first.jsonl", tmp_path / "then.jsonl"]
    files[0].write_text("\n".join([line(1, 0, "inbound"), line(2, 300, "outbound"), line(3, 400, "inbound")]))
    files[1].write_text(line(4, 30, "outbound"))
    import_files(store, [files[0]], replay=True, now=at(9999))
    with store.read() as s:
        thread_id = ThreadId(s.scalar(select(thread.c.id)))
    assert events(store, thread_id) == []
    import_files(store, [files[1]], replay=True, now=at(9999))
    assert {"met", "breach"} <= {each["field"] for each in events(store, thread_id)}


@pytest.mark.parametrize(
    ("action", "said"),
    [
        ("breach", "Resolution is late since 2026-11-02 10:30."),
        ("warn", "Resolution came near its deadline at 2026-11-02 10:30."),
        ("assign", ""),
    ],
)
def test_what_came_to_a_clock_says_which_clock_and_when(action: str, said: str) -> None:
    details = {"metric": "resolution", "at": "2026-11-02T09:30:00+00:00"}
    assert event_sentence(action, details, zone("Europe/Berlin")) == said
