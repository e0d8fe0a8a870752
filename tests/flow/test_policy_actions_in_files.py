"""What a policy does is written in the workspace file, read back the same, and checked."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from inbox.flow import config_file, config_writing
from inbox.flow.config_file import BadFile
from inbox.flow.import_ import import_files
from inbox.model.ids import ThreadId
from inbox.model.words import PolicyAction
from inbox.model.workspace import ON_BREACH, ON_WARNING, Policy
from inbox.sla.policy import Terms, terms_from
from inbox.store import config, notices, people, threads
from inbox.store.engine import Store
from tests.support.desk import NOON, person, staffed
from tests.support.world import connected

QUIET = '[workspace]\nname = "W"\n[[policies]]\nname = "p"\nfirst_response = "1h"\n'


def read(tmp_path: Path, more: str = "") -> Policy:
    file = tmp_path / "w.toml"
    file.write_text(QUIET + more)
    return config_file.read(file).policies[0]


def test_a_file_that_says_nothing_has_the_usual_actions_and_is_written_as_it_was(tmp_path: Path) -> None:
    policy = read(tmp_path)
    assert (policy.on_warning, policy.on_breach) == (ON_WARNING, ON_BREACH)
    written = config_writing.written(config_file.read(tmp_path / "w.toml"))
    assert "on_warning" not in written
    assert "on_breach" not in written


@pytest.mark.parametrize(
    ("written", "on_warning"),
    [
        ("[]", ()),
        ('["raise priority", "reassign"]', (PolicyAction.RAISE_PRIORITY, PolicyAction.REASSIGN)),
        ('["tell supervisor", "tell supervisor"]', (PolicyAction.TELL_SUPERVISOR,)),
    ],
)
def test_actions_come_back_from_file_and_store(
    store: Store, tmp_path: Path, written: str, on_warning: tuple[PolicyAction, ...]
) -> None:
    policy = read(tmp_path, f"on_warning = {written}\n")
    assert (policy.on_warning, policy.on_breach) == (on_warning, ON_BREACH)
    with store.write() as s:
        config.save(s, config_file.read(tmp_path / "w.toml"), "command", NOON)
    with store.read() as s:
        kept = config.load(s)
    assert kept.policies == (policy,)
    (tmp_path / "again.toml").write_text(config_writing.written(kept))
    assert config_file.read(tmp_path / "again.toml").policies == (policy,)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('on_breach = ["call"]', "“tell owner”, “tell supervisor”, “raise priority”, “reassign”, “escalate”"),
        ('on_warning = ["tell boss", 5]', "“5” is not an action of a policy"),
        ('on_warning = "tell owner"', "This should be a list"),
        ('on_warning = ["tell owners"]', "Did you mean “tell owner”?"),
    ],
)
def test_what_is_no_action_is_refused_with_what_there_is(tmp_path: Path, line: str, said: str) -> None:
    with pytest.raises(BadFile) as caught:
        read(tmp_path, f"{line}\n")
    problems = caught.value.problems
    assert any(said in each.reason for each in problems)
    assert {each.line for each in problems} == {6}


def test_terms_keep_the_actions_and_older_ones_have_the_usual() -> None:
    terms = Terms("p", None, timedelta(hours=1), timedelta(0), (), (), (PolicyAction.REASSIGN,))
    assert terms_from(terms.to_json()) == terms
    older = {key: value for key, value in terms.to_json().items() if not key.startswith("on_")}
    assert (terms_from(older).on_warning, terms_from(older).on_breach) == (ON_WARNING, ON_BREACH)


def test_a_replayed_file_tells_nobody_though_its_deadlines_passed(store: Store, tmp_path: Path) -> None:
    staffed(store, person("ana", "Baggage"))
    connected(store, "air", network="demo")
    posts = [
        {"network": "demo", "account": "air", "id": who, "author": {"id": who, "handle": who}, "text": "Where is it?"}
        | {"created_at": f"2026-01-0{day}T09:00:00Z"}
        for day, who in enumerate(("kim", "lee"), 1)
    ]
    file = tmp_path / "old.jsonl"
    file.write_text("\n".join(json.dumps(each) for each in posts))
    import_files(store, [file], replay=True, now=NOON)
    with store.read() as s:
        (ana,) = people.employees(s)
        actions = [each.action for number in (1, 2) for each in threads.audit_events(s, ThreadId(number))]
        told = notices.newest(s, ana.id)
    assert "breach" in actions
    assert told == []
