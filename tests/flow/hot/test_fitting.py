"""How much a gathered thread is like its incident is stored with it, however it came in."""

import json
from datetime import timedelta
from pathlib import Path

from sqlalchemy import select

from inbox.flow.hot import by_hand, deciding
from inbox.model.ids import IncidentId, ThreadId
from inbox.store import gathered, incidents
from inbox.store.engine import Store
from inbox.store.schema import incident_thread, mention
from tests.flow.hot.scene import END, NOON, bring, complaints, configure, days, post, watch


def matches(store: Store, incident_id: IncidentId) -> dict[str, float | None]:
    """By what each thread says."""
    with store.read() as s:
        query = select(mention.c.text, incident_thread.c.match).where(
            incident_thread.c.incident_id == incident_id, mention.c.thread_id == incident_thread.c.thread_id
        )
        return {row.text: row.match for row in s.execute(query)}


def threads_of(store: Store, *names: str) -> list[ThreadId]:
    with store.read() as s:
        query = select(mention.c.thread_id).where(mention.c.global_id.in_(names)).order_by(mention.c.id)
        return [ThreadId(each) for each in s.execute(query).scalars()]


def test_what_matched_says_how_well_and_what_was_put_in_by_hand_too(store: Store, tmp_path: Path) -> None:
    configure(store)
    late = NOON + timedelta(hours=1)
    other = [post("same", late, "same", "Charged twice"), post("far", late, "far", "Where is my bag?")]
    bring(store, tmp_path, [*days(), *complaints(), *other])
    watch(store)
    with store.read() as s:
        (found,) = [each for each in incidents.newest(s) if "charged" in each.terms]
    deciding.put(store, found.id, threads_of(store, "far"), actor="clara", now=END)
    by_text = matches(store, found.id)
    assert all(fit is not None and 0 < fit <= 1 for text, fit in by_text.items() if "harged" in text)
    assert by_text["Where is my bag?"] == 0


def test_a_thread_is_as_like_an_incident_as_the_closest_of_its_posts(store: Store, tmp_path: Path) -> None:
    configure(store)

    def says(number: int, text: str) -> str:
        line = json.loads(post(f"long{number}", NOON + timedelta(minutes=30 + number), "long", text))
        return json.dumps({**line, "thread": "long"}) + "\n"

    def match(found: IncidentId) -> float:
        watch(store)
        with store.read() as s:
            (thread_id,) = threads_of(store, "long0")
            fit = gathered.fits(s, found, [thread_id])[thread_id].match
        assert fit is not None
        return fit

    bring(store, tmp_path, [*days(), *complaints(), says(0, "Charged! And my bag is late, and the crew was rude")])
    watch(store)
    with store.read() as s:
        (found,) = [each.id for each in incidents.newest(s) if "charged" in each.terms]
    far = match(found)
    bring(store, tmp_path, [says(1, "I was charged twice, charged for the fare sale, what is going on")])
    close = match(found)
    bring(store, tmp_path, [says(2, "You charged me")])
    assert far < close == match(found)
    deciding.take(store, found, threads_of(store, "long0"), actor="clara", now=END)
    bring(store, tmp_path, [says(3, "Charged twice")])
    watch(store)
    with store.read() as s:
        assert threads_of(store, "long0")[0] not in incidents.threads(s, found), "a person took it out"


def test_an_incident_opened_by_hand_is_about_what_it_is_called(store: Store, tmp_path: Path) -> None:
    configure(store)
    bring(store, tmp_path, [post("a", NOON, "a", "Smoke in the cabin!"), post("b", NOON, "b", "Where is my bag?")])
    made, _ = by_hand.open_incident(store, "Cabin smoke", threads_of(store, "a", "b"), actor="clara", now=END)
    assert matches(store, made) == {"Smoke in the cabin!": 1, "Where is my bag?": 0}


def test_a_thread_that_came_back_by_hand_is_compared_anew(store: Store, tmp_path: Path) -> None:
    configure(store)
    bring(store, tmp_path, [post("a", NOON, "a", "Smoke in the cabin!")])
    made, _ = by_hand.open_incident(store, "Cabin", threads_of(store, "a"), actor="clara", now=END)
    deciding.take(store, made, threads_of(store, "a"), actor="clara", now=END)
    deciding.rename(store, made, "Bags", actor="clara", now=END)
    deciding.put(store, made, threads_of(store, "a"), actor="clara", now=END)
    assert matches(store, made) == {"Smoke in the cabin!": 0}
