"""Tags and notes on threads."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from inbox.flow.deciding import Decided, Decision, Expect, bump, committed, current, decided
from inbox.model.ids import ThreadId
from inbox.model.typed import typed, typed_line
from inbox.store import decisions, notes
from inbox.store.engine import Store
from inbox.store.errors import Refused

LONGEST_TAG = 64
LONGEST_NOTE = 100_000


def tag(
    store: Store,
    thread_ids: Iterable[ThreadId],
    *,
    add: Sequence[str] = (),
    remove: Sequence[str] = (),
    actor: str,
    now: datetime,
    expect: Expect = None,
) -> Decided:
    """Add tags to threads and take others away. Raises ``Refused`` for an empty or overlong tag."""
    wanted, unwanted = frozenset(map(clean_tag, add)), frozenset(map(clean_tag, remove))
    with store.write() as s:
        threads = current(s, thread_ids, expect)
        have = decisions.tags(s, [each.id for each in threads])
        added = {each.id: tuple(sorted(wanted - have[each.id])) for each in threads}
        removed = {each.id: tuple(sorted(unwanted & have[each.id])) for each in threads}
        touched = [each for each in threads if added[each.id] or removed[each.id]]
        decisions.add_tags(s, [(each.id, word) for each in touched for word in added[each.id]])
        decisions.drop_tags(s, [(each.id, word) for each in touched for word in removed[each.id]])
        details = {"added": sorted(wanted), "removed": sorted(unwanted)}
        undone = [
            replace(each, added=added[each.before.id], removed=removed[each.before.id])
            for each in bump(s, touched, Decision("tag", actor, now, details))
        ]
        done = decided(s, tags_said(wanted, unwanted) if undone else "The tags are so already.", "tag", undone)
    return committed(done, s)


def note(store: Store, thread_id: ThreadId, text: str, *, actor: str, now: datetime, expect: Expect = None) -> Decided:
    """Write a note for colleagues. Raises ``Refused`` for an empty one."""
    text = typed(text).strip()
    if not text:
        raise Refused("The note is empty.")
    if len(text) > LONGEST_NOTE:
        raise Refused(f"The note is too long: {LONGEST_NOTE} characters is the most.")
    with store.write() as s:
        threads = current(s, [thread_id], expect)
        number = notes.add(s, thread_id, actor, text, now)
        undone = [
            replace(each, note=number) for each in bump(s, threads, Decision("note", actor, now, {"note": number}))
        ]
        done = decided(s, "The note is there for colleagues.", "note", undone)
    return committed(done, s)


def clean_tag(word: str) -> str:
    """A tag as it is kept. Raises ``Refused`` for an empty or overlong one."""
    found = typed_line(word).lstrip("#")
    if not found:
        raise Refused("A tag cannot be empty.")
    if len(found) > LONGEST_TAG:
        raise Refused(f"A tag has {LONGEST_TAG} characters at most.")
    return found


def tags_said(added: frozenset[str], removed: frozenset[str]) -> str:
    """What was tagged and what no longer is, in a sentence."""
    parts = [f"Tagged {', '.join(sorted(added))}"] if added else []
    if removed:
        parts.append(f"{'no longer' if parts else 'No longer'} tagged {', '.join(sorted(removed))}")
    return "; ".join(parts) + "."
