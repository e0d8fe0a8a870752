"""Settings tried on the stored history: what they would have opened, found and missed, with nothing written."""

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from inbox.flow import campaigns as announced
from inbox.flow.hot import by_hand, deciding, trial
from inbox.flow.hot.knowing import Recent
from inbox.flow.hot.trying import Tried, side_by_side, tried
from inbox.hot.detector import Settings
from inbox.model.incident import Incident
from inbox.store import hot, incidents
from inbox.store.engine import Store
from inbox.store.schema import mention, metadata
from tests.flow.hot.scene import END, NOON, bring, complaints, configure, days, post, watch
from tests.hot.scene import START

SINCE = START + timedelta(days=2, hours=2)
USUAL = Settings()
WATCH = replace(USUAL, watch=("caught fire",))


def world(store: Store, folder: Path, *more: str) -> None:
    configure(store)
    bring(store, folder, [*days(), *complaints(), *more])


def run(store: Store, settings: Settings = USUAL, since: datetime = SINCE) -> Tried:
    return tried(store, settings, since=since, until=END)


def one(store: Store) -> Incident:
    with store.read() as s:
        (found,) = [each for each in incidents.newest(s) if "charged" in each.terms]
    return found


def about(done: Tried) -> list[str]:
    return [each.title for each in done.incidents if "charged" in " ".join(each.terms)]


def test_what_the_collector_opened_is_opened_by_the_same_settings_with_the_same_words(
    store: Store, tmp_path: Path
) -> None:
    world(store, tmp_path)
    watch(store)
    real, done = one(store), run(store)
    (found,) = [each for each in done.incidents if real.id in each.real]
    with store.read() as s:
        told = incidents.timeline(s, real.id)[-1].text
    assert (found.title, found.began_at, found.stream) == (real.title, real.began_at, real.stream)
    assert told == f"Suspected: {found.paragraph}"
    (same,) = [each for each in done.real if each.id == real.id]
    assert (same.found_at, same.earlier, same.was_real) == (found.at, timedelta(0), None)


def test_history_that_opened_nothing_can_be_tried(store: Store, tmp_path: Path) -> None:
    configure(store)
    bring(store, tmp_path, [*days(), *complaints()], replay=False)
    done = run(store)
    assert len(about(done)) == 1
    assert done.real == ()
    assert (done.learnt + done.mentions, done.stopped) == (len([*days(), *complaints()]), False)
    assert done.alarms >= done.opened == len(done.incidents)


def test_nothing_is_written(store: Store, tmp_path: Path) -> None:
    world(store, tmp_path)
    watch(store)

    def rows() -> dict[str, object]:
        with store.read() as s:
            counted = {each.name: s.scalar(select(func.count()).select_from(each)) for each in metadata.sorted_tables}
            return counted | {"newest": incidents.newest(s)}

    before = rows()
    run(store, WATCH)
    assert rows() == before


def test_more_people_than_wrote_leave_a_confirmed_incident_missed(store: Store, tmp_path: Path) -> None:
    world(store, tmp_path)
    watch(store)
    deciding.confirm(store, one(store).id, actor="clara", now=END)
    strict, usual = side_by_side(store, (replace(USUAL, min_authors=40), USUAL), since=SINCE, until=END)
    assert [each.id for each in strict.missed] == [one(store).id]
    assert usual.missed == ()
    assert usual.alarms_a_day > strict.alarms_a_day == 0


def test_a_watched_phrase_finds_earlier_what_somebody_opened_by_hand(store: Store, tmp_path: Path) -> None:
    fire = post("fire", NOON, "f", "My charger caught fire!")
    world(store, tmp_path, fire)
    with store.read() as s:
        mine = list(s.execute(select(mention.c.thread_id).where(mention.c.global_id == "fire")).scalars())
    made, _ = by_hand.open_incident(store, "Chargers", mine, actor="clara", now=NOON + timedelta(hours=3))
    (real,) = [each for each in run(store, WATCH).real if each.id == made]
    assert (real.found_at, real.earlier, real.was_real) == (NOON, timedelta(hours=3), True)
    assert [each.id for each in run(store).missed] == [made]


def test_dismissed_alarms_count_against_the_budget_and_confirmed_ones_do_not(store: Store, tmp_path: Path) -> None:
    world(store, tmp_path)
    watch(store)
    before = run(store).false_a_day
    deciding.confirm(store, one(store).id, actor="clara", now=END)
    after = run(store)
    assert before - after.false_a_day == pytest.approx(1 / after.days)
    assert next(each.was_real for each in after.real if each.id == one(store).id)


def test_nobody_is_woken_by_what_was_open_before_the_period(store: Store, tmp_path: Path) -> None:
    world(store, tmp_path)
    later = run(store, since=NOON + timedelta(hours=1))
    assert about(later) == []
    assert all(each.alert.at >= later.since for each in later.alerts)


def test_a_campaign_of_that_time_is_expected(store: Store, tmp_path: Path) -> None:
    world(store, tmp_path)
    words = ("charged twice", "charged", "twice")
    assert about(run(store))
    begins = NOON - timedelta(hours=2)
    announced.add(store, "Sale", begins, NOON + timedelta(hours=3), words=words, actor="ana", now=END)
    assert run(store).settings.campaigns[0].words == words


def test_a_young_detector_says_that_it_knew_nothing(store: Store, tmp_path: Path) -> None:
    world(store, tmp_path)
    done = run(store, since=START)
    assert done.notes[0].startswith("Little was written before this time")
    assert run(store).notes == ()
    assert tried(store, USUAL, since=END, until=END + timedelta(days=1)).notes != ()


def test_it_stops_at_once_and_gives_what_it_has(store: Store, tmp_path: Path) -> None:
    world(store, tmp_path)
    asked: Iterator[bool] = iter([False] * 10 + [True] * 100)
    told: list[tuple[int, int]] = []
    done = tried(
        store, USUAL, since=SINCE, until=END, progress=lambda *each: told.append(each), stop=lambda: next(asked)
    )
    assert done.stopped
    assert done.learnt + done.mentions == 50
    assert done.until < END
    assert done.notes[-1].startswith("Stopped after 50 of ")
    assert told[0] == (0, len([*days(), *complaints()]))


def test_a_stop_is_heard_while_the_history_is_being_found(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world(store, tmp_path)
    monkeypatch.setattr(hot, "_WINDOW", 50)
    answers = iter((False, False, True))
    with store.read() as s:
        assert len(hot.posted(s, START, END, lambda: next(answers))) == 150
    done = tried(store, USUAL, since=SINCE, until=END, stop=lambda: True)
    assert (done.stopped, done.mentions, done.notes) == (True, 0, ("Stopped before anything was looked at.",))


def test_the_history_is_found_in_the_order_of_its_posting_however_it_was_stored(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    configure(store)
    hour = timedelta(hours=1)
    for folder, at in enumerate((NOON + hour, NOON - hour, NOON, NOON, NOON + 9 * hour)):
        bring(store, tmp_path, [post(f"p{folder}", at, f"a{folder}", "Where is my bag?")])
    monkeypatch.setattr(hot, "_WINDOW", 2)
    with store.read() as s:
        assert list(hot.posted(s, NOON - hour, NOON + 9 * hour)) == [2, 3, 4, 1]


def test_a_stop_is_heard_within_a_fifth_of_a_second(sqlite_store: Store, tmp_path: Path) -> None:
    world(sqlite_store, tmp_path)
    pressed = time.monotonic() + 0.1
    tried(sqlite_store, USUAL, since=SINCE, until=END, stop=lambda: time.monotonic() > pressed)
    assert time.monotonic() - pressed < 0.2


def test_alarms_beyond_those_kept_in_words_are_counted(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trial, "MOST", 3)
    world(store, tmp_path, *(post(f"w{n}", NOON + n * timedelta(minutes=1), f"w{n}", f"word{n}") for n in range(9)))
    done = run(store, replace(USUAL, watch=tuple(f"word{n}" for n in range(9))))
    assert (len(done.alerts), len(done.incidents)) == (3, 3)
    assert done.alarms >= 9


def test_a_post_that_spread_hours_later_is_raised_when_it_did(store: Store, tmp_path: Path) -> None:
    world(store, tmp_path, post("seat", NOON, "seat", "Look at this seat"))
    with store.write() as s:
        grown = {"likes": 9_000, "figures_at": NOON + timedelta(hours=5)}
        s.execute(mention.update().where(mention.c.global_id == "seat").values(grown))
    (found,) = [each for each in run(store).alerts if each.alert.kind == "fast growth"]
    assert found.alert.at == NOON + timedelta(hours=5)


def test_memory_stays_flat_over_the_period(
    sqlite_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world(sqlite_store, tmp_path)
    most = 0
    add = Recent.add

    def counted(self: Recent, heard: object) -> None:
        nonlocal most
        add(self, heard)  # type: ignore[arg-type]  # what it is given
        most = max(most, len(self.kept))

    monkeypatch.setattr(Recent, "add", counted)
    run(sqlite_store)
    assert most <= 200
