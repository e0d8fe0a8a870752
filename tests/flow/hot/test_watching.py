"""What came in is counted once, an incident opens by itself, and a restart changes nothing."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from inbox.flow.hot import knowing, volume, watching
from inbox.flow.hot.evidence import paragraph
from inbox.flow.hot.watching import Watcher
from inbox.model.incident import Incident, IncidentState
from inbox.store import hot, incidents, notices, people, threads
from inbox.store.engine import Session, Store
from inbox.store.errors import StoreError
from inbox.store.schema import author, thread
from tests.flow.hot.scene import END, NOON, WORKSPACE, bring, complaints, configure, days, post, watch
from tests.hot.scene import ACCOUNT, START

STREAM = f"account:{ACCOUNT}"


def _incidents(store: Store) -> list[Incident]:
    with store.read() as s:
        return incidents.newest(s)


def _about(store: Store, word: str) -> list[Incident]:
    return [each for each in _incidents(store) if word in each.terms]


def test_similar_complaints_open_an_incident_with_its_evidence_and_its_threads(store: Store, tmp_path: Path) -> None:
    configure(store)
    bring(store, tmp_path, [*days(), *complaints()])
    watch(store)
    (found,) = _about(store, "charged")
    assert (found.state, found.opened_by) == (IncidentState.SUSPECTED, "collector")
    assert found.began_at == NOON
    assert NOON < found.opened_at <= NOON + timedelta(minutes=25)
    assert found.threads == 6
    said = paragraph(found.evidence)
    assert said.startswith("4 people wrote about “charged twice”")
    assert "since 2026-03-04 12:00 UTC" in said
    with store.read() as s:
        gathered = threads.rows(s, incidents.threads(s, found.id))
        assert {row.incident for row in gathered} == {found.title}
        assert all("charged" in row.text.lower() for row in gathered)
        assert [each.kind for each in incidents.timeline(s, found.id)] == ["state"]


def test_crisis_leads_are_told_once(store: Store, tmp_path: Path) -> None:
    configure(store)
    bring(store, tmp_path, [*days(), *complaints()])
    watch(store)
    (found,) = _about(store, "charged")
    with store.read() as s:
        ids = {each.name: each.id for each in people.employees(s)}
        told = [each.sentence for each in notices.newest(s, ids["clara"]) if found.title in each.sentence]
        assert notices.newest(s, ids["ana"]) == []
    assert told == [f"Suspected incident: {found.title}, 4 people, usual 0"]


def test_history_is_learnt_and_opens_nothing(store: Store, tmp_path: Path) -> None:
    configure(store)
    bring(store, tmp_path, [*days(), *complaints()], replay=False)
    watch(store)
    assert _incidents(store) == []
    with store.read() as s:
        assert sum(each.posts for each in hot.counts(s, STREAM, START, END)) == len([*days(), *complaints()])


def test_each_mention_is_counted_once_whoever_starts_when(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "BATCH", 50)
    configure(store)
    lines = [*days(), *complaints()]
    bring(store, tmp_path, lines)
    watch(store, anew=True)
    with store.read() as s:
        assert sum(each.posts for each in hot.counts(s, STREAM, START, END)) == len(lines)
    assert len(_about(store, "charged")) == 1


def test_a_restart_knows_what_is_usual(store: Store, tmp_path: Path) -> None:
    configure(store)
    bring(store, tmp_path, days(2.4))
    watch(store)
    bring(store, tmp_path, complaints())
    watch(store)
    assert len(_about(store, "charged")) == 1


def test_more_of_the_same_is_a_sign_of_the_open_incident(store: Store, tmp_path: Path) -> None:
    configure(store)
    bring(store, tmp_path, [*days(), *complaints()])
    watch(store)
    later = [
        post(f"x{n}", END + timedelta(seconds=20 * n), f"x{n}", f"{n} charged twice, says person {n * 7}")
        for n in range(40)
    ]
    bring(store, tmp_path, later)
    watch(store)
    (found,) = _about(store, "charged")
    assert found.threads == 46
    assert [each for each in _incidents(store) if each.opened_at > END] == []


def test_a_watched_phrase_opens_one_in_a_new_workspace(store: Store, tmp_path: Path) -> None:
    configure(store, replace(WORKSPACE, hot={"watch": ["caught fire"]}))
    bring(store, tmp_path, [post("1", NOON, "one", "The charger CAUGHT  fire"), post("2", NOON, "two", "firm seats")])
    watch(store)
    (found,) = _incidents(store)
    assert (found.title, str(found.severity), found.threads) == (f"“caught fire” was said ({ACCOUNT})", "high", 1)
    with store.read() as s:
        (counted,) = hot.counts(s, found.stream, START, END)
        shown = volume.read(s, found, NOON + timedelta(minutes=10))
    assert (counted.posts, counted.authors) == (1, 1), "how often a watched phrase is said is counted too"
    assert (shown.accounts, shown.most) == (("caught fire",), 1), "and the room shows that, not all that was written"


def test_a_failed_write_loses_and_repeats_nothing(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    configure(store)
    lines = [*days(), *complaints()]
    bring(store, tmp_path, lines)
    watcher = Watcher(store)
    failing = iter([False, True, True, False, True])

    def keep(s: Session, *rest: object) -> None:
        if next(failing, False):
            raise StoreError("The disk is full.")
        kept(s, *rest)  # type: ignore[arg-type]

    kept = hot.keep
    monkeypatch.setattr(hot, "keep", keep)
    for _ in range(60):
        try:
            if watcher.step(END, replayed=True) is None:
                break
        except StoreError:
            continue
    with store.read() as s:
        assert sum(each.posts for each in hot.counts(s, STREAM, START, END)) == len(lines)
    assert len(_about(store, "charged")) == 1


def test_our_own_employees_and_noise_are_not_heard(store: Store, tmp_path: Path) -> None:
    configure(store)
    bring(
        store,
        tmp_path,
        [post("1", NOON, "one", "hello there, a question?"), post("2", NOON, "two", "and another one?")],
    )
    with store.write() as s:
        s.execute(author.update().where(author.c.handle == "one").values(tags=["employee"]))
    with store.read() as s:
        assert [each.text for each in hot.heard(s, 0, 10)] == ["and another one?"]
    with store.write() as s:
        s.execute(thread.update().values(hidden=True))
    with store.read() as s:
        assert hot.heard(s, 0, 10) == []


def test_a_workspace_that_was_never_watched_learns_from_its_newest_mentions(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(knowing, "LEARNT_FROM", 50)
    configure(store)
    bring(store, tmp_path, days(1), replay=False)
    watcher = Watcher(store)
    while watcher.step(END) is not None:
        pass
    bring(store, tmp_path, complaints(), replay=False)
    while watcher.step(END) is not None:
        pass
    with store.read() as s:
        total = sum(each.posts for each in hot.counts(s, STREAM, START, END))
    assert total == 50 + len(complaints()) < len(days(1))
