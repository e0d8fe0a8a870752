"""The detector's settings: what they may be, saved from a screen, never over somebody else's change."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from inbox.flow import campaigns, config_file, config_writing
from inbox.flow.hot import settings as flow
from inbox.flow.hot.settings import BadSettings
from inbox.hot.detector import Settings
from inbox.model.workspace import Workspace
from inbox.store import config
from inbox.store.engine import Store
from inbox.store.errors import LostRace
from inbox.store.schema import audit
from tests.flow.hot.scene import END, NOON, WORKSPACE, configure

DAY = timedelta(days=1)
ALL: dict[str, Any] = {
    "watch": ["recall"],
    "min_authors": 3,
    "false_alarms_per_day": 0.5,
    "similarity": 0.4,
    "reach": 10_000,
    "growth": 50,
}


def loaded(store: Store) -> Workspace:
    with store.read() as s:
        return config.load(s)


def test_what_the_file_says_holds_and_the_rest_is_as_usual() -> None:
    assert flow.settings_of(Workspace()) == Settings()
    assert flow.settings_of(Workspace(hot=ALL)) == Settings(3, 0.5, ("recall",), 10_000, 50, 0.4)
    assert flow.document(flow.settings_of(Workspace(hot=ALL))) == ALL


def test_all_settings_are_written_and_read_again(tmp_path: Path) -> None:
    file = tmp_path / "w.toml"
    file.write_text(config_writing.written(replace(WORKSPACE, hot=ALL)), encoding="utf-8")
    assert config_file.read(file).hot == ALL


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("min_authors = 1", "say from 2 to 1,000"),
        ("min_authors = 5000", "say from 2 to 1,000"),
        ("min_authors = 2.5", "should be a whole number"),
        ("false_alarms_per_day = -1", "should be 0 or more"),
        ("false_alarms_per_day = 1000", "say from 0 to 100"),
        ("similarity = 1.5", "should be from 0 to 1"),
        ('similarity = "high"', "should be a number, not text"),
        ("reach = 0", "say from 1 to 1,000,000,000"),
        ("growth = 0", "say from 1 to 1,000,000,000"),
        ("growth = true", "should be a whole number, not true or false"),
        ('watch = "recall"', "should be a list"),
        ('watch = ["recall", ""]', "This is empty"),
        (f'watch = ["{"x" * 101}"]', "100 characters at most"),
        ("watch = [" + 201 * '"x", ' + "]", "200 at most"),
    ],
)
def test_the_check_of_a_file_says_what_a_setting_may_be(tmp_path: Path, line: str, words: str) -> None:
    file = tmp_path / "w.toml"
    file.write_text(f"[hot]\n{line}\n", encoding="utf-8")
    (found,) = config_file.check(file)
    assert found.line == 2
    assert words in found.reason


def test_settings_are_saved_with_who_did_it_and_taken_back(store: Store) -> None:
    configure(store, replace(WORKSPACE, hot={"watch": ["recall"], "note": "ours"}))
    done = flow.save(store, {"min_authors": 6, "watch": None}, actor="clara", now=NOON, expect=loaded(store))
    assert done.workspace.hot == {"min_authors": 6, "note": "ours"} == loaded(store).hot
    with store.read() as s:
        row = s.execute(select(audit).where(audit.c.action == "hot")).one()
    assert (row.actor, row.details["before"]) == ("clara", {"min_authors": None, "watch": ["recall"]})
    assert done.undo is not None
    flow.undo_settings(store, done.undo, actor="clara", now=NOON)
    assert loaded(store).hot == {"watch": ["recall"], "note": "ours"}


def test_saving_what_is_so_already_changes_nothing(store: Store) -> None:
    configure(store, replace(WORKSPACE, hot={"reach": 7}))
    done = flow.save(store, {"reach": 7}, actor="clara", now=NOON)
    assert (done.undo, done.sentence) == (None, "Nothing was changed: it is so already.")


def test_a_setting_that_cannot_be_names_its_field(store: Store) -> None:
    configure(store)
    with pytest.raises(BadSettings) as error:
        flow.save(store, {"similarity": 2, "watch": ("a\0b",)}, actor="clara", now=NOON)
    assert [field for field, _ in error.value.troubles] == ["similarity", "watch"]
    assert loaded(store).hot == {}


def test_nobody_saves_over_what_somebody_else_saved(store: Store) -> None:
    configure(store)
    seen = loaded(store)
    done = flow.save(store, {"growth": 90}, actor="clara", now=NOON, expect=seen)
    with pytest.raises(LostRace, match="Clara changed these settings meanwhile"):
        flow.save(store, {"growth": 10}, actor="ana", now=NOON, expect=seen)
    flow.save(store, {"growth": 20}, actor="ana", now=NOON)
    assert done.undo is not None
    with pytest.raises(LostRace, match="Ana changed these settings meanwhile"):
        flow.undo_settings(store, done.undo, actor="clara", now=NOON)


def test_only_campaigns_that_may_still_matter_reach_the_detector(store: Store) -> None:
    configure(store)
    for name, begins in (("long over", -10), ("just over", -3), ("soon", 5), ("far off", 9)):
        campaigns.add(store, name, NOON + begins * DAY, NOON + (begins + 1) * DAY, words=(name,), actor="ana", now=END)
    with store.read() as s:
        found = flow.in_force(s, NOON, NOON).campaigns
    assert [each.words for each in found] == [("just over",), ("soon",)]
