"""Which learned models are asked, and what happens when one cannot be read."""

import logging
import subprocess
import sys

import pytest

from inbox.flow import doctor
from inbox.flow.heads import NO_HEADS, Heads, heads, mend
from inbox.model.placement import Corrected, ModelState
from inbox.store import learned
from inbox.store.engine import Store
from tests.support.models import keep, model_bytes
from tests.support.talk import START


def found(store: Store) -> Heads:
    with store.read() as s:
        return heads(s)


def test_a_workspace_that_has_learnt_nothing_has_no_models_and_loads_no_numpy(store: Store) -> None:
    assert found(store) is NO_HEADS


def test_the_models_in_use_are_read_once_and_again_when_others_are_in_use(store: Store) -> None:
    first = keep(store)
    once = found(store)
    assert once.area is not None
    assert (once.area.info.id, once.sentiment, once.unreadable) == (first.id, None, ())
    assert once.area.model.predict(["My suitcase is gone"])[0].label == "Baggage"
    assert found(store) is once
    second = keep(store)
    again = found(store)
    assert again.area is not None
    assert again.area.info.id == second.id


@pytest.mark.parametrize("harm", ["flipped", "cut", "empty", "other format"])
def test_a_damaged_model_is_marked_and_the_last_good_one_is_asked(
    store: Store, harm: str, caplog: pytest.LogCaptureFixture
) -> None:
    good = keep(store)
    data = model_bytes()
    middle = len(data) // 2
    bad = keep(
        store,
        {
            "flipped": data[:middle] + bytes([data[middle] ^ 0xFF]) + data[middle + 1 :],
            "cut": data[:middle],
            "empty": b"",
            "other format": data[:8] + bytes([99]) + data[9:],
        }[harm],
    )
    before = found(store)
    assert before.area is not None
    assert before.area.info.id == good.id
    assert [each.info.id for each in before.unreadable] == [bad.id]
    with caplog.at_level(logging.WARNING):
        mend(store, before)
    assert f"Version {good.id} is asked instead." in caplog.text
    with store.read() as s:
        states = {each.id: each.state for each in learned.history(s, Corrected.AREA)}
        assert learned.history(s, Corrected.AREA)[0].sentence
    assert states == {good.id: ModelState.CURRENT, bad.id: ModelState.DAMAGED}
    after = found(store)
    assert after.area is not None
    assert (after.area.info.id, after.unreadable) == (good.id, ())


def test_where_no_model_is_good_none_is_asked_and_all_are_marked(store: Store) -> None:
    keep(store, b"neither")
    keep(store, b"nor")
    before = found(store)
    assert (before.area, len(before.unreadable)) == (None, 2)
    mend(store, before)
    mend(store, before)
    with store.read() as s:
        assert {each.state for each in learned.history(s, Corrected.AREA)} == {ModelState.DAMAGED}
    assert found(store) is NO_HEADS


def test_routing_loads_numpy_only_for_a_model() -> None:
    code = "import sys, inbox.flow.collect, inbox.flow.heads; print('numpy' in sys.modules, 'sklearn' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]


def test_doctor_tells_what_is_learnt_and_what_is_damaged(store: Store) -> None:
    def told() -> doctor.Check:
        with store.read() as s:
            return doctor._learned(s, START)

    assert told() == doctor.Check("learned", True, "No area is learnt yet: rules and keywords decide.")
    good = keep(store)
    assert told().detail == f"Areas are learnt: version {good.id} from 60 mentions, right for 90%."
    keep(store, b"bad")
    before = told()
    mend(store, found(store))
    assert before == told()
    assert (before.ok, before.advice) == (False, "Run: inbox route train")
    assert before.detail.endswith("The last good one is asked.")
    keep(store)
    assert told().ok
