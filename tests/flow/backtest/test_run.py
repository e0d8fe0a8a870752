"""A backtest over a stored history, on both engines."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Row, select

from inbox.flow import backtest, clocks, config_writing, triage
from inbox.flow.backtest import Backtest, run
from inbox.flow.config_file import BadFile
from inbox.model.ids import AreaId, EmployeeId, MentionId, ThreadId
from inbox.model.people import WEEKDAYS, Area, Employee, Interval, Week
from inbox.model.placement import Corrected, Correction, Placement
from inbox.model.words import ReasonStep
from inbox.model.workspace import UNSORTED, Calendar, Policy, Rule, Then, When, Workspace
from inbox.store import config, corrections, placements
from inbox.store.engine import Session, Store
from inbox.store.schema import thread
from tests.support import models
from tests.support.talk import Talk, at

AREAS = (Area(AreaId(0), "Baggage", ("suitcase",)), Area(AreaId(0), "Billing", ("refund",)))
POLICY = Policy("standard", calendar="always", first_response=timedelta(minutes=30))
LATE_SHIFT: Week = dict.fromkeys(WEEKDAYS, (Interval(time(20), time(22)),))
ANA = Employee(EmployeeId(0), "ana", "Ana Ruiz", areas=("Baggage",), capacity=1)
BEN = Employee(EmployeeId(0), "ben", "Ben Lee", areas=("Billing",), capacity=1, shifts=LATE_SHIFT)
CAROUSEL = Rule("carousel", When(text_any=("carousel",)), Then("Baggage"))
WORKSPACE = Workspace(areas=AREAS, employees=(ANA, BEN), policies=(POLICY,), calendars=(Calendar("always"),))
MONTH = timedelta(days=30)
NOW = at(600)


def history(store: Store, workspace: Workspace = WORKSPACE) -> Talk:
    """Six threads within an hour: two of bags, two of refunds, two that nothing speaks for; one is answered."""
    talk = Talk(store, workspace)
    said = ("Where is my suitcase?", "I want a refund", "Is the carousel stuck?")
    asked = [talk.says(10 * n, said[n % 3], who=f"customer {n}") for n in range(6)]
    triage.triage_pending(store, now=at(60))
    talk.answers(15, asked[0])
    triage.triage_pending(store, now=at(71))
    clocks.due(store, now=NOW)
    return talk


def present(store: Store) -> Workspace:
    with store.read() as s:
        return config.load(s)


def tried(store: Store, changed: Workspace) -> Backtest:
    return run(store, changed, since=MONTH, now=NOW)


def loads(done: Backtest) -> dict[str, tuple[int, int]]:
    return {each.area: (each.before, each.after) for each in done.by_area}


def test_an_unchanged_workspace_moves_nothing_and_misses_the_same(store: Store, tmp_path: Path) -> None:
    history(store)
    file = tmp_path / "same.toml"
    file.write_text(config_writing.written(present(store)), encoding="utf-8")
    for changed in (present(store), backtest.changed(present(store), file)):
        done = tried(store, changed)
        assert (done.threads, done.moved, done.examples) == (6, 0, ())
        assert done.missed_before == done.missed_after == 5
        assert loads(done) == {"Baggage": (2, 2), "Billing": (2, 2), UNSORTED: (2, 2)}


def test_a_new_rule_moves_what_it_matches_and_says_why(store: Store) -> None:
    history(store)
    done = tried(store, replace(present(store), rules=(CAROUSEL,)))
    assert (done.moved, done.unsorted_before, done.unsorted_after) == (2, 2, 0)
    assert loads(done) == {"Baggage": (2, 4), "Billing": (2, 2)} | {UNSORTED: (2, 0)}
    newest = done.examples[0]
    assert (newest.before, newest.after, newest.author) == (UNSORTED, "Baggage", "customer 5")
    assert "carousel" in newest.why
    hours = {(each.area, each.hour): (each.before, each.after) for each in done.by_hour}
    assert hours["Baggage", 9] == (2, 4)
    assert sum(before for before, _ in hours.values()) == sum(after for _, after in hours.values()) == 6


def test_each_missed_deadline_is_one_that_was_really_missed(store: Store) -> None:
    history(store)
    done = tried(store, replace(present(store), rules=(CAROUSEL,)))
    assert done.missed_before == 5
    assert done.simulated_before is not None
    assert done.simulated_after is not None
    assert done.missed_after == 5 + done.simulated_after - done.simulated_before


def test_an_area_misses_no_more_deadlines_than_it_has_and_the_areas_add_up(store: Store) -> None:
    history(store)
    now = present(store)
    everything = Rule("everything", When(), Then("Billing"))
    gone = replace(now, employees=(replace(BEN, areas=("Baggage",)),))
    for changed in (replace(now, rules=(everything,)), gone):
        done = tried(store, changed)
        assert all(each.missed_after is not None and each.missed_after <= each.after for each in done.by_area)
        assert done.missed_after == sum(each.missed_after or 0 for each in done.by_area)


def test_more_staff_misses_fewer_deadlines_and_never_more(store: Store) -> None:
    history(store)
    now = present(store)
    zoe = replace(BEN, name="zoe", shifts=None, capacity=None)
    done = tried(store, replace(now, employees=(*now.employees, zoe)))
    assert done.moved == 0
    assert done.missed_after is not None
    assert done.missed_before is not None
    assert done.missed_after < done.missed_before
    again = tried(store, replace(now, employees=(*now.employees, zoe, replace(zoe, name="yan"))))
    assert again.missed_after is not None
    assert again.missed_after <= done.missed_after


def test_what_was_routed_then_stands_unless_the_change_itself_moves_it(store: Store) -> None:
    talk = history(store)
    asked = talk.says(100, "My suitcase again", who="late")
    triage.triage_pending(store, now=at(101))
    with store.write() as s:
        first = placements.of_threads(s, [asked])
        placed = first.get(asked) or Placement(asked, _first(asked), at(100), None, ReasonStep.AREA)
        placements.add(s, [replace(placed, area="Billing", step=ReasonStep.RULE, rule="long gone")])
    unchanged = tried(store, present(store))
    assert unchanged.moved == 0
    assert loads(unchanged)["Billing"] == (3, 3)
    done = tried(store, replace(present(store), rules=(Rule("r", When(text_any=("again",)), Then(UNSORTED)),)))
    assert [(each.thread, each.before, each.after) for each in done.examples] == [(asked, "Billing", UNSORTED)]


def test_the_threshold_is_tried_with_what_was_learnt_at_the_time(store: Store) -> None:
    talk = Talk(store, replace(WORKSPACE, areas=(Area(AreaId(0), "Baggage"), Area(AreaId(0), "Billing"))))
    threads = [talk.says(n, f"Something about it {n}", who=f"c{n}") for n in range(4)]
    triage.triage_pending(store, now=at(10))
    shares = (0.9, 0.7, 0.6, 0.4)
    with store.write() as s:
        placements.add(s, [_learned(each, share) for each, share in zip(threads, shares, strict=True)])
    now = present(store)
    strict = tried(store, replace(now, settings=replace(now.settings, confidence=0.8)))
    assert loads(strict) == {"Baggage": (3, 1), UNSORTED: (1, 3)}
    assert strict.moved == 2
    lax = tried(store, replace(now, settings=replace(now.settings, confidence=0.2)))
    assert loads(lax) == {"Baggage": (3, 4), UNSORTED: (1, 0)}
    coverage = dict(lax.coverage)
    assert (coverage[0.0], coverage[0.5], coverage[0.65], coverage[0.95]) == (1.0, 0.75, 0.5, 0.0)


def test_threads_from_before_there_was_a_model_are_asked_of_the_one_in_use(store: Store) -> None:
    plain = (Area(AreaId(0), "Baggage"), Area(AreaId(0), "Billing"))
    talk = Talk(store, replace(WORKSPACE, areas=plain, rules=(Rule("nobody", When(), Then(UNSORTED)),)))
    talk.says(0, "Where is my backpack?")
    triage.triage_pending(store, now=at(1))
    models.keep(store)
    now = present(store)
    done = tried(store, replace(now, rules=()))
    assert loads(done) == {"Baggage": (0, 1), UNSORTED: (1, 0)}
    assert "backpack" in done.examples[0].why


def test_among_corrected_threads_it_says_how_many_would_be_right(store: Store) -> None:
    history(store)
    with store.read() as s:
        ids = [row.id for row in _rows(s) if "carousel" in row.text]
    with store.write() as s:
        for number in ids:
            moved = Correction(number, None, Corrected.AREA, UNSORTED, "Baggage", "ana", at(90))
            corrections.add(s, [moved])
    done = tried(store, replace(present(store), rules=(CAROUSEL,)))
    assert (done.corrected, done.right_before, done.right_after) == (2, 0, 2)
    assert any("the median of 2" in note for note in done.notes)


def test_hours_of_a_rule_are_those_of_the_posted_time(store: Store) -> None:
    morning = Calendar("morning", week=dict.fromkeys(WEEKDAYS, (Interval(time(9), time(9, 15)),)))
    history(store, replace(WORKSPACE, calendars=(*WORKSPACE.calendars, morning)))
    early = Rule("early", When(hours=(True, "morning")), Then("Billing"))
    done = tried(store, replace(present(store), rules=(early,)))
    assert [each.before for each in done.examples] == ["Baggage"]
    assert loads(done)["Billing"] == (2, 3)


def test_without_history_it_says_so(store: Store) -> None:
    Talk(store, WORKSPACE)
    done = tried(store, replace(present(store), rules=(CAROUSEL,)))
    assert (done.threads, done.moved, done.by_area, done.coverage) == (0, 0, (), ())
    assert "no history yet" in done.notes[0]


def test_an_old_history_is_tried_at_its_own_end(store: Store) -> None:
    history(store)
    done = run(store, present(store), since=timedelta(minutes=25), now=NOW + timedelta(days=4000))
    assert done.threads == 3
    assert "2026-11-02" in done.notes[0]


def test_without_areas_employees_or_targets_it_says_what_cannot_be_computed(store: Store) -> None:
    history(store, Workspace(rules=(), policies=(POLICY,), calendars=(Calendar("always"),)))
    done = tried(store, replace(present(store), areas=AREAS, rules=(CAROUSEL,)))
    assert done.moved == 6
    assert (done.missed_before, done.missed_after) == (5, None)
    assert any("no employees" in note for note in done.notes)


def test_without_targets_nothing_can_be_missed(store: Store) -> None:
    history(store, replace(WORKSPACE, policies=()))
    done = tried(store, replace(present(store), rules=(CAROUSEL,)))
    assert (done.missed_before, done.missed_after) == (0, 0)
    assert any("No policy" in note for note in done.notes)
    assert all(each.missed_after == 0 for each in done.by_area)


def test_an_area_deleted_since_keeps_its_name(store: Store) -> None:
    history(store)
    with store.write() as s:
        threads = [row.id for row in _rows(s) if "refund" in row.text]
        placements.add(s, [replace(_learned(each, 0.9), area="Cabin", ranked=()) for each in threads])
    done = tried(store, present(store))
    cabin = next(each for each in done.by_area if each.area == "Cabin")
    assert (cabin.before, cabin.after, cabin.gone) == (2, 2, True)
    dropped = tried(store, replace(present(store), areas=AREAS[:1], rules=(Rule("r", When(), Then("Billing")),)))
    assert loads(dropped)["Baggage"] == (2, 0)
    assert any("no area Billing" in note for note in dropped.notes)


def test_a_rule_that_matches_everything_and_5000_rules(store: Store) -> None:
    history(store)
    many = tuple(Rule(f"r{n}", When(text_any=(f"word {n}",)), Then("Billing")) for n in range(5000))
    done = tried(store, replace(present(store), rules=(*many, Rule("all", When(), Then("Baggage")))))
    assert loads(done) == {"Baggage": (2, 6), "Billing": (2, 0), UNSORTED: (2, 0)}
    assert done.moved == 4


def test_stopped_midway_it_gives_what_it_has_and_says_so(store: Store) -> None:
    history(store)
    told: list[tuple[int, int]] = []
    done = run(
        store, present(store), since=MONTH, now=NOW,
        progress=lambda n, of: told.append((n, of)), stop=lambda: len(told) > 2, page=2,
    )  # fmt: skip
    assert told == [(0, 6), (2, 6), (4, 6)]
    assert (done.stopped, done.threads) == (True, 4)
    assert "Stopped after 4 of 6" in done.notes[0]
    whole = run(store, present(store), since=MONTH, now=NOW)
    assert (whole.stopped, whole.threads) == (False, 6)


def test_nothing_is_written_and_a_writer_is_not_waited_for(store: Store) -> None:
    history(store)
    with store.write() as s:
        config.save(s, present(store), "command", NOW)
        assert tried(store, replace(present(store), rules=(CAROUSEL,))).moved == 2
    assert present(store).rules == ()


def test_what_a_file_holds_replaces_that_part_and_the_rest_stays(store: Store, tmp_path: Path) -> None:
    history(store, replace(WORKSPACE, rules=(CAROUSEL,)))
    file = tmp_path / "try.toml"
    now = present(store)

    def changed(text: str) -> Workspace:
        file.write_text(text, encoding="utf-8")
        return backtest.changed(now, file)

    only = changed('[[rules]]\nname = "r"\nwhen = { text_any = ["x"] }\nthen = { area = "Billing" }\n')
    assert [rule.name for rule in only.rules] == ["r"]
    assert replace(only, rules=now.rules) == now
    assert changed("[workspace]\nconfidence = 0.9\n").settings == replace(now.settings, confidence=0.9)
    staff = changed('[[employees]]\nname = "ana"\nareas = ["Billing"]\n').employees
    assert [(each.name, each.areas, each.id) for each in staff] == [("ana", ("Billing",), now.employees[0].id)]
    assert changed("") == now
    with pytest.raises(BadFile) as bad:
        changed('[[rules]]\nname = "r"\nthen = { area = "Bagage" }\n')
    assert (bad.value.problems[0].line, "Baggage" in bad.value.problems[0].reason) == (3, True)


def _learned(asked: ThreadId, share: float) -> Placement:
    area = "Baggage" if share >= 0.55 else None
    ranked = (("Baggage", share), ("Billing", round(1 - share, 4)))
    best = ranked if share >= 0.5 else ranked[::-1]
    if share < 0.5:
        best = (("Baggage", share), ("Billing", 0.1))
    return Placement(asked, _first(asked), at(1), area, ReasonStep.LEARNED, None, share, 1, best)


def _first(asked: ThreadId) -> MentionId:
    return MentionId(asked)  # which mention it was hardly matters here


def _rows(s: Session) -> Sequence[Row[Any]]:
    return s.execute(select(thread).order_by(thread.c.id)).all()


def test_what_a_rule_hides_waits_for_nobody_and_what_it_no_longer_hides_does(store: Store) -> None:
    hide = Rule("noise", When(text_any=("refund",)), Then(hide=True))
    history(store, replace(WORKSPACE, rules=(hide,)))
    now = present(store)
    shown = tried(store, replace(now, rules=()))
    assert (shown.moved, shown.simulated_before, shown.missed_before) == (0, 2, 3)
    assert shown.simulated_after is not None
    assert shown.simulated_after > 2
    needless = Rule("none", When(text_any=("suitcase", "carousel")), Then(needs_reply=False))
    quiet = tried(store, replace(now, rules=(hide, needless)))
    assert quiet.simulated_after == 0


def test_another_target_misses_other_deadlines(store: Store) -> None:
    history(store)
    now = present(store)
    missed = []
    for target in (timedelta(minutes=1), timedelta(minutes=30), timedelta(days=3)):
        done = tried(store, replace(now, policies=(replace(POLICY, first_response=target),)))
        assert done.missed_after is not None
        missed.append(done.missed_after)
    assert missed[0] > missed[1] == 5 > missed[2]


def test_a_workspace_without_history_is_not_said_to_promise_nothing(store: Store) -> None:
    with store.write() as s:
        config.save(s, WORKSPACE, "command", NOW)
    done = tried(store, present(store))
    assert (done.threads, done.moved, done.missed_before, done.missed_after) == (0, 0, 0, 0)
    assert [note for note in done.notes if "policy" in note] == []
