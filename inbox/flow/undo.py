"""Takes a decision back, exactly, unless somebody has changed the thread since."""

from datetime import datetime

from inbox.flow.deciding import (
    AuthorTags,
    Decided,
    Decision,
    Undo,
    Undone,
    committed,
    current,
    decided,
    recompute,
    write_down,
)
from inbox.flow.races import who
from inbox.store import audit, authors, corrections, decisions, notes, spells
from inbox.store.engine import Session, Store
from inbox.store.errors import LostRace


def undo(store: Store, undo: Undo, *, actor: str, now: datetime) -> Decided:
    """Put the threads back as they were before the decision. Raises ``LostRace`` naming who changed one since."""
    with store.write() as s:
        found = current(
            s, [each.before.id for each in undo.threads], {each.before.id: each.version for each in undo.threads}
        )
        # As if the decision had never been: with its status events gone, the clocks come out as they stood.
        decisions.drop_events(s, [event for each in undo.threads for event in each.events])
        if undo.author is not None:
            _untag(s, undo.author, actor, now)
        corrections.drop(s, [number for each in undo.threads for number in each.corrections])
        for each in undo.threads:
            _take_back(s, each)
        decisions.put(s, [each.before for each in undo.threads])
        spells.take_back(s, [each.before.id for each in undo.threads], by=actor, at=now)
        write_down(s, found, Decision("undo", actor, now, {"of": undo.action}, f"{who(s, actor)} took that back."))
        recompute(s, [each.before.id for each in undo.threads], now)
        done = decided(s, "Taken back.", "undo", [])
    return committed(done, s)


def _untag(s: Session, undone: AuthorTags, actor: str, now: datetime) -> None:
    if authors.tags(s, undone.id) != undone.after:
        raise LostRace("Somebody changed the author's tags meanwhile. Nothing was changed; look again.")
    authors.set_tags(s, undone.id, undone.before)
    audit.record(s, actor, "undo", None, now, of="tag author", author=undone.id)


def _take_back(s: Session, each: Undone) -> None:
    """What the decision changed beside the thread's row."""
    decisions.drop_tags(s, [(each.before.id, word) for word in each.added])
    decisions.add_tags(s, [(each.before.id, word) for word in each.removed])
    if each.note is not None:
        notes.remove(s, each.note)
    if each.judged is not None:
        decisions.judge(s, each.judged)
