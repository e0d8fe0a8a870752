"""The closing report as a page and as a document: everything is in it, text stays text, and words are plain."""

import base64
import json
import re
from datetime import datetime, timedelta

import pytest

from inbox.cli.output import iso, seconds
from inbox.flow import holds
from inbox.flow.escalate import raising
from inbox.flow.hot import by_hand, closing_words, deciding
from inbox.flow.hot.closing import Closing, closing
from inbox.flow.hot.closing_page import document_of, page_of
from inbox.flow.hot.closing_parts import MOST_STEPS, CallDone, CallStep, Said, Stood, TaskDone
from inbox.model.escalation import CallState, EscalationState
from inbox.model.ids import IncidentId
from inbox.model.incident import StatementState
from inbox.model.words import ReplyState
from inbox.store import escalations, hot
from inbox.store.engine import Store
from inbox.store.hot import StreamCount
from inbox.store.schema import author, mention
from tests.flow.hot.closed import at, seen, stated, suspected, three, whole
from tests.support.desk import NOON, replied

MARKUP = "<img src=x onerror=alert(1)><script>alert(2)</script>&amp;\"'"
ARABIC = "شممنا رائحة دخان في الطائرة"


def report(store: Store, number: IncidentId) -> Closing:
    return closing(store, number, now=NOON + timedelta(days=1))


def test_markup_in_anything_that_people_wrote_is_shown_and_never_run(sqlite_store: Store) -> None:
    ids = three(sqlite_store)
    with sqlite_store.write() as s:
        s.execute(mention.update().values(text=MARKUP, url=MARKUP))
        s.execute(author.update().values(name=MARKUP, handle=MARKUP))
        posts = [int(each) for each in s.execute(mention.select().with_only_columns(mention.c.id)).scalars()]
    number = suspected(sqlite_store, ids, evidence=seen(posts))
    deciding.rename(sqlite_store, number, MARKUP, actor="ana", now=at(12))
    deciding.confirm(sqlite_store, number, actor="ana", now=at(13))
    deciding.note(sqlite_store, number, MARKUP, actor="ana", now=at(14))
    holds.hold(sqlite_store, account=None, why=MARKUP, incident=number, actor="ana", now=at(15))
    raising.raise_call(sqlite_store, incident=number, reason=MARKUP, actor="ana", now=at(16))
    stated(sqlite_store, number, MARKUP)
    page = page_of(report(sqlite_store, number))
    assert "<script" not in page
    assert "<img src=x" not in page
    assert page.count("&lt;script&gt;alert(2)") >= 12
    assert not re.search(r'(?:src|href)="(?!data:)', page)


def test_the_page_reads_from_the_summary_to_the_last_line(sqlite_store: Store) -> None:
    number = whole(sqlite_store)
    with sqlite_store.write() as s:
        hot.count(s, [StreamCount("account:exampleair", at(5 * place), 9, 7, 2, 0) for place in range(8)])
        s.execute(mention.update().values(text=ARABIC))
    page = page_of(report(sqlite_store, number))
    assert (
        "It was detected 11 min after its first mention and acknowledged by Ben Doe 3 min later. 3 people wrote 3 "
        "mentions in 3 threads; 0% of the mentions were negative. No thread was answered. The first statement stood 19 "
        "min after it was detected. It was closed after 2 h 49." in page
    )
    heads = re.findall(r"<h2[^>]*>([^<]+)", page)
    assert heads == [
        "When each step was taken",
        "What was seen",
        "How much was written",
        "How it was answered",
        "Statements",
        "Posts held back",
        "Calls for help",
        "Tasks",
        "What was learnt",
        "Timeline",
        "Mentions step by step",
    ]
    assert "Times are in UTC." in page
    assert ARABIC in page
    assert "A report so far" not in page
    (svg,) = [base64.b64decode(each).decode() for each in re.findall(r'src="data:image/svg\+xml;base64,([^"]+)"', page)]
    assert {"Detected 12:11", "Confirmed 12:18", "Stated 12:30", "Contained 14:00", "Closed 15:00"} <= set(
        re.findall(r">(\w+ \d\d:\d\d)<", svg)
    )


def test_an_open_one_says_that_it_is_a_report_so_far(sqlite_store: Store) -> None:
    made = report(sqlite_store, suspected(sqlite_store, three(sqlite_store)))
    page = page_of(made)
    assert "A report so far: the incident is suspected and still open." in page
    assert "Nobody has acknowledged it yet. 3 people have written 3 mentions" in closing_words.summary(made)
    assert closing_words.summary(made).endswith("It has been open for 23 h 49.")


def test_one_opened_by_hand_without_threads_is_a_page_too(sqlite_store: Store) -> None:
    three(sqlite_store)
    number, _ = by_hand.open_incident(sqlite_store, "A rumour", (), actor="ana", now=at(3))
    made = report(sqlite_store, number)
    page = page_of(made)
    assert closing_words.summary(made).startswith("It was opened by hand and acknowledged by Ana Doe at once.")
    assert "It holds no threads." in page
    assert "It was opened by hand, so there was no alarm to learn from." in page


def test_the_document_is_json_with_every_part(sqlite_store: Store) -> None:
    number = whole(sqlite_store)
    with sqlite_store.read() as s:
        first = s.scalar(mention.select().with_only_columns(mention.c.thread_id).limit(1))
    replied(sqlite_store, first, "ana", at=at(40))

    def plain(value: object) -> object:
        if isinstance(value, datetime):
            return iso(value)
        assert isinstance(value, timedelta), value
        return seconds(value)

    found = json.loads(json.dumps(document_of(report(sqlite_store, number)), default=plain))
    assert (found["id"], found["state"], found["is_over"], found["owner"]) == (number, "closed", True, "Ana Doe")
    times = {each["key"]: (each["at"], each["from_detected"]) for each in found["times"]}
    assert times["stated"] == ("2026-03-02T12:30:00Z", 19 * 60)
    assert (found["answers"]["answered"], found["answers"]["median"]) == (1, 40 * 60)
    parts = {"figures", "volume", "tasks", "holds", "calls", "statements", "lessons", "timeline", "summary", "examples"}
    assert parts <= set(found)


@pytest.mark.parametrize(
    ("done", "late", "is_over", "said"),
    [
        (at(1), None, True, "Done"),
        (at(1), timedelta(minutes=5), True, "Done, 5 min late"),
        (None, None, False, "To be done"),
        (None, None, True, "Not done"),
        (None, timedelta(hours=3), False, "Not done, 3 h late"),
    ],
)
def test_what_became_of_a_task_is_said(
    done: datetime | None, late: timedelta | None, said: str, *, is_over: bool
) -> None:
    assert closing_words.task(TaskDone("x", "", None, done, "", late), is_over=is_over) == said


def test_a_call_lists_its_first_steps_and_how_many_are_left_out(sqlite_store: Store) -> None:
    number = suspected(sqlite_store, three(sqlite_store))
    call = raising.raise_call(sqlite_store, incident=number, reason="help", actor="ana", now=at(12))
    with sqlite_store.write() as s:
        steps = [
            {"round": turn, "step": 0, "target": "supervisor", "state": "nobody there", "at": at(13 + turn)}
            for turn in range(MOST_STEPS + 4)
        ]
        escalations.call(s, call.id, [{**each, "not_before": each["at"]} for each in steps])
    page = page_of(report(sqlite_store, number))
    assert page.count("nobody was there") == MOST_STEPS
    assert "4 more are left out." in page
    assert "by Ana Doe, policy “help”</span>: nobody has acknowledged it yet." in page


def test_every_state_of_a_statement_and_a_call_has_words() -> None:
    for state in StatementState:
        said = Said("x", state, "Ana Doe", at(1), "", None, ())
        assert closing_words.statement(said, str).startswith("Written by Ana Doe, 2026-03-02 12:01")
    for posted in ReplyState:
        assert closing_words.stood(Stood("air", posted, at(1), "", "No room."), str).endswith("(No room.)")
    assert closing_words.stood(Stood("air", ReplyState.SENT, None, "", ""), str) == "air: stands"
    for called in CallState:
        assert closing_words.step(CallStep(at(1), 0, 0, "ana", called))
    for ended in EscalationState:
        assert closing_words.call(CallDone("x", "x", "Ana Doe", at(1), ended, "", None, (), 0))
    assert closing_words.took(timedelta(minutes=-5)) == "5 min before"
