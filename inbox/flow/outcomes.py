"""What became of the customer in a thread: said by a person, audited, and undone like every decision."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from inbox.flow.deciding import Decided, Decision, Expect, change, committed, current, decided
from inbox.flow.races import who
from inbox.model.ids import ThreadId
from inbox.model.words import Outcome
from inbox.store import decisions
from inbox.store.engine import Session, Store


def set_outcome(
    store: Store,
    thread_ids: Iterable[ThreadId],
    outcome: Outcome | None,
    *,
    actor: str,
    now: datetime,
    expect: Expect = None,
) -> Decided:
    """Say what became of the customer; None says that it is not known. Raises ``NotFound`` and ``LostRace``."""
    with store.write() as s:
        threads = current(s, thread_ids, expect)
        words = outcome or "not known"
        said = f"{who(s, actor)} set the outcome to {words}."
        decision = Decision("outcome", actor, now, {"outcome": outcome}, said)
        undone = change(s, threads, lambda old: replace(old, outcome=outcome), decision)
        these = f"Thread {threads[0].id}" if len(threads) == 1 else f"{len(threads)} threads"
        done = decided(s, f"{these}: outcome {words}." if undone else f"Outcome {words} already.", "outcome", undone)
    return committed(done, s)


def proposed(s: Session, thread_id: ThreadId) -> Outcome | None:
    """What a person may choose first: thanks, where the customer's last word after our answer is a kind one."""
    return Outcome.THANKS if decisions.thanked(s, thread_id) else None
