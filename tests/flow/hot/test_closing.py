"""The closing report says when each step was taken, how it was answered, and what was done; checked by other sums."""

import json
import random
from datetime import datetime, timedelta
from math import ceil

import pytest
from sqlalchemy import select

from inbox.flow import holds
from inbox.flow.escalate import raising, stepping
from inbox.flow.hot import bulk, closing_parts, closing_words, deciding, tasks
from inbox.flow.hot.closing import Closing, closing
from inbox.flow.hot.closing_page import document_of
from inbox.flow.hot.volume import Measure
from inbox.model.escalation import CallState, EscalationState
from inbox.model.ids import IncidentId, ThreadId
from inbox.model.words import ReplyState
from inbox.store import hot, incident_tasks, incidents
from inbox.store.engine import Store
from inbox.store.errors import NotFound
from inbox.store.hot import StreamCount
from inbox.store.schema import incident, mention, outbox, thread
from tests.flow.hot.closed import at, seen, suspected, three, whole
from tests.support.desk import NOON, many_waiting, replied, staffed, waiting_thread
from tests.support.world import put_mention

DAY_AFTER = NOON + timedelta(days=1)


def report(store: Store, number: IncidentId, now: datetime = DAY_AFTER) -> Closing:
    return closing(store, number, now=now)


def test_each_step_has_its_time_both_durations_and_who_took_it(store: Store) -> None:
    made = report(store, whole(store))
    found = [
        (each.key, each.at, each.by, _minutes(each.from_began), _minutes(each.from_detected)) for each in made.times
    ]
    assert found == [
        ("began", at(0), "", None, None),
        ("detected", at(11), "", 11, None),
        ("acknowledged", at(14), "Ben Doe", 14, 3),
        ("confirmed", at(18), "Ana Doe", 18, 7),
        ("stated", at(30), "", 30, 19),
        ("contained", at(120), "Ana Doe", 120, 109),
        ("closed", at(180), "Ben Doe", 180, 169),
    ]
    assert made.is_over
    assert (made.owner, made.account, made.zone) == ("Ana Doe", "exampleair", "UTC")


def test_what_did_not_happen_is_a_sentence_and_an_open_one_is_a_report_so_far(store: Store) -> None:
    number = suspected(store, three(store))
    made = report(store, number)
    assert not made.is_over
    assert [each.said for each in made.times if each.at is None] == [
        "Nobody has acknowledged it yet.",
        "It has not been confirmed yet.",
        "No statement stands yet.",
        "It has not been marked contained yet.",
        "It is still open.",
    ]
    deciding.dismiss(store, number, actor="ana", now=at(20))
    ended = report(store, number)
    assert [(each.title, each.said) for each in ended.times[3:]] == [
        ("Confirmed", "It was not confirmed."),
        ("First statement stood", "No statement was published."),
        ("Contained", "It was not marked contained before it was over."),
        ("Dismissed", ""),
    ]


def test_answers_are_counted_as_a_sum_by_hand_counts_them(store: Store) -> None:
    staffed(store)
    chance = random.Random(3)
    ids, waits, silent = [], list[int](), list[tuple[int, ThreadId]]()
    for place in range(37):
        asked, took = chance.randrange(60), chance.randrange(1, 300)
        number = waiting_thread(store, who=f"author{place}", at=at(asked))
        ids.append(number)
        if chance.random() < 0.6:
            replied(store, number, "ana" if place % 2 else None, at=at(asked + took))
            replied(store, number, "ana", at=at(asked + took + 7))
            waits.append(took)
        else:
            silent.append((asked, number))
    closed = {number for _, number in silent[:4]}
    with store.write() as s:
        s.execute(thread.update().where(thread.c.id.in_(closed)).values(status="closed"))
    found = report(store, suspected(store, ids)).answers
    ranked = sorted(waits)
    middle = (ranked[(len(ranked) - 1) // 2] + ranked[len(ranked) // 2]) / 2
    assert (found.threads, found.answered, found.unanswered) == (37, len(waits), len(silent))
    assert found.closed_unanswered == 4
    assert (_minutes(found.median), _minutes(found.p90)) == (middle, ranked[ceil(0.9 * len(ranked)) - 1])
    longest = sorted(each for each in silent if each[1] not in closed)[: closing_parts.MOST_WAITING]
    assert [(each.asked_at, each.thread_id) for each in found.waiting] == [(at(asked), n) for asked, n in longest]


def test_an_old_thread_waits_from_what_its_author_wrote_since_it_began(store: Store) -> None:
    ids = three(store)
    old = waiting_thread(store, who="eve", at=NOON - timedelta(days=30))
    replied(store, old, "ana", at=NOON - timedelta(days=29))
    with store.read() as s:
        row = s.execute(select(thread.c.account_id, thread.c.author_id).where(thread.c.id == old)).one()
    put_mention(store, row.account_id, old, row.author_id, at=at(5))
    number = suspected(store, ids)
    deciding.put(store, number, [old], actor="ana", now=at(12))
    assert report(store, number).answers.answered == 0
    replied(store, old, "ana", at=at(25))
    assert _minutes(report(store, number).answers.median) == 20


def test_people_mentions_and_the_height_are_those_of_the_mentions(store: Store) -> None:
    staffed(store)
    chance = random.Random(5)
    ids, posted = [], list[tuple[datetime, str, bool]]()
    for place in range(60):
        who, when = f"author{chance.randrange(25)}", at(0 if place == 0 else chance.randrange(60))
        number = waiting_thread(store, who=who, at=when)
        bad = chance.random() < 0.5
        with store.write() as s:
            feeling = "negative" if bad else "neutral"
            s.execute(mention.update().where(mention.c.thread_id == number).values(sentiment=feeling))
        ids.append(number)
        posted.append((when, who, bad))
    found = report(store, suspected(store, ids), now=at(70)).figures
    assert (found.threads, found.mentions, found.people) == (60, 60, len({who for _, who, _ in posted}))
    assert found.negative == sum(bad for *_, bad in posted) / 60
    assert found.height_length == timedelta(minutes=5)
    steps: dict[datetime, list[tuple[str, bool]]] = {}
    for when, who, bad in posted:
        steps.setdefault(when - timedelta(minutes=when.minute % 5), []).append((who, bad))
    top = min(steps, key=lambda step: (-len(steps[step]), step))
    assert found.height is not None
    assert (found.height.at, found.height.mentions) == (top, len(steps[top]))
    assert found.height.people == len({who for who, _ in steps[top]})
    assert found.height_negative == sum(bad for _, bad in steps[top]) / len(steps[top])


def test_tasks_say_whether_they_were_done_and_how_late(store: Store) -> None:
    number = suspected(store, three(store))
    with store.read() as s:
        there = [each.title for each in report(store, number).tasks]
        assert there, s.kind
    due = at(30)
    for title in ("in time", "late", "never"):
        tasks.add(store, number, title, assignee="ben", due_at=due, actor="ana", now=at(12))
    found = {each.title: task_id for each, task_id in _tasks(store, number)}
    tasks.tick(store, number, found["in time"], actor="ben", now=at(29))
    tasks.tick(store, number, found["late"], actor="ana", now=at(45))
    deciding.close(store, number, actor="ana", now=at(90))
    made = {each.title: each for each in report(store, number).tasks}
    assert [_minutes(made[title].late) for title in ("in time", "late", "never")] == [None, 15, 60]
    assert (made["late"].assignee, made["late"].done_by, made["never"].done_at) == ("Ben Doe", "Ana Doe", None)


def test_holds_and_calls_say_since_when_by_whom_and_after_how_long(store: Store) -> None:
    number = suspected(store, three(store))
    deciding.confirm(store, number, actor="ana", now=at(12))
    held = holds.hold(store, account=None, why="Nothing funny now", incident=number, actor="ana", now=at(13))
    holds.release(store, held.hold_id, actor="ben", now=at(60))
    holds.hold(store, account=None, why="Something else", incident=None, actor="ana", now=at(61))
    call = raising.raise_call(store, incident=number, reason="help", actor="ana", now=at(14))
    stepping.step(store, at(14))
    raising.acknowledge(store, call.id, actor="ben", now=at(21))
    raising.raise_call(store, incident=number, reason="press", actor="ben", now=at(30))
    made = report(store, number)
    assert [(each.account, each.why, each.by, each.since, each.until, each.released_by) for each in made.holds] == [
        ("", "Nothing funny now", "Ana Doe", at(13), at(60), "Ben Doe")
    ]
    assert [(each.reason, each.by, each.acknowledged_by, _minutes(each.after), each.state) for each in made.calls] == [
        ("help", "Ana Doe", "Ben Doe", 7, EscalationState.ACKNOWLEDGED),
        ("press", "Ben Doe", "", None, EscalationState.RUNNING),
    ]
    assert {step.state for step in made.calls[0].steps} <= set(CallState)


def test_replies_to_all_are_counted_by_what_became_of_them(store: Store) -> None:
    number = suspected(store, three(store))
    assert report(store, number).bulk_replies == {}
    assert closing_words.bulk(report(store, number)) == ""
    deciding.confirm(store, number, actor="ana", now=at(12))
    bulk.send(store, number, "Hello {name}, we know.", actor="ana", now=at(20))
    with store.write() as s:
        (first, *_) = s.execute(select(outbox.c.id).order_by(outbox.c.id)).scalars().all()
        s.execute(outbox.update().where(outbox.c.id == first).values(state="sent"))
    made = report(store, number)
    assert made.bulk_replies == {ReplyState.SENT: 1, ReplyState.QUEUED: 2}
    assert closing_words.bulk(made) == "Of 3 replies to all: 1 sent, 2 waiting."
    assert set(closing_words.REPLIED) == set(ReplyState)


def test_statements_say_who_wrote_and_approved_them_and_where_they_stand(store: Store) -> None:
    (said,) = report(store, whole(store)).statements
    assert (said.by, said.at, said.approved_by, said.approved_at) == ("Ana Doe", at(24), "Ben Doe", at(28))
    assert [(each.account, each.at, each.url) for each in said.stood] == [
        ("exampleair", at(30), "https://social.example/1")
    ]


def test_lessons_say_who_taught_what(store: Store) -> None:
    number = suspected(store, three(store))
    assert report(store, number).lessons == ()
    deciding.confirm(store, number, actor="ana", now=at(12))
    deciding.dismiss(store, number, actor="ben", now=at(13))
    found = report(store, number).lessons
    assert [(each.by, each.was_real) for each in found] == [("Ana Doe", True), ("Ben Doe", False)]


def test_the_timeline_is_whole_from_its_beginning_and_bounded(store: Store) -> None:
    number = whole(store)
    lines = report(store, number).timeline
    assert [each.at for each in lines] == sorted(each.at for each in lines)
    assert [lines[0].text, lines[-1].text] == ["Opened by hand.", "Closed by Ben."]
    more = closing_parts.MOST_LINES + 5
    with store.write() as s:
        for place in range(more):
            incidents.tell(s, number, "note", f"note {place}", actor="ana", at=at(200 + place))
    made = report(store, number)
    assert len(made.timeline) == closing_parts.MOST_LINES
    assert made.timeline_left_out == len(lines) + more - closing_parts.MOST_LINES
    assert made.timeline[-1].text == f"note {more - 1}"


def test_what_was_private_or_taken_down_is_not_told_on(store: Store) -> None:
    ids = three(store)
    with store.write() as s:
        found = {row.thread_id: row.id for row in s.execute(select(mention.c.thread_id, mention.c.id))}
        posts = [found[each] for each in ids]
        s.execute(mention.update().values(text="My number is 4111", url="https://social.example/9"))
        s.execute(mention.update().where(mention.c.id == posts[0]).values(visibility="private"))
        s.execute(mention.update().where(mention.c.id == posts[1]).values(deleted_at=at(9)))
    shown = report(store, suspected(store, ids, evidence=seen(posts))).examples
    assert [(each.handle, each.text, each.url, each.shown) for each in shown] == [
        ("kim", "", "", False),
        ("lee", "", "", False),
        ("max", "My number is 4111", "https://social.example/9", True),
    ]


def test_a_long_incident_is_drawn_from_its_beginning(store: Store) -> None:
    number = whole(store)
    with store.write() as s:
        s.execute(incident.update().where(incident.c.id == number).values(closed_at=NOON + timedelta(days=12)))
        hot.count(s, [StreamCount("account:exampleair", NOON, 9, 7, 2, 0)])
        before = [NOON - timedelta(days=8) + timedelta(minutes=5) * place for place in range(288 * 8 - 72)]
        hot.count(s, [StreamCount("account:exampleair", each, 2, 1, 0, 0) for each in before])
    made = report(store, number, now=NOON + timedelta(days=90))
    volume = made.volume
    assert volume.length == timedelta(hours=6)
    assert volume.times[0] <= NOON - timedelta(hours=2)
    assert sum(each or 0 for each in volume.lines[Measure.MENTIONS]) == 9
    assert len(volume.times) <= 170
    usual = [None if each is None else (each.low, each.level, each.high) for each in volume.usual[Measure.MENTIONS]]
    assert usual == [(144, 144, 144)] * len(volume.times), "72 times two in six hours"
    assert made.figures.height_length == timedelta(hours=1)


def test_many_threads_are_figures_and_not_lists(store: Store) -> None:
    three(store)
    made = report(store, suspected(store, many_waiting(store, "Billing", 3000)))
    assert (made.figures.threads, made.figures.people, made.answers.unanswered) == (3000, 1, 3000)
    assert len(made.answers.waiting) == closing_parts.MOST_WAITING
    assert len(json.dumps(document_of(made), default=str)) < 60_000


def test_an_incident_that_is_not_there_is_said(store: Store) -> None:
    with pytest.raises(NotFound, match="There is no incident 7"):
        report(store, IncidentId(7))


def test_one_without_threads_or_mentions_is_a_report_too(store: Store) -> None:
    staffed(store)
    made = report(store, suspected(store, []))
    assert (made.figures.height, made.figures.negative, made.answers.median) == (None, None, None)


def _tasks(store: Store, number: IncidentId) -> list[tuple[closing_parts.TaskDone, int]]:
    with store.read() as s:
        rows = incident_tasks.of(s, number)
    return list(zip(report(store, number).tasks, [each.id for each in rows], strict=True))


def _minutes(span: timedelta | None) -> float | None:
    return None if span is None else span.total_seconds() / 60
