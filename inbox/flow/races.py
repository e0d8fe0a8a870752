"""Tells a person who was quicker, and what they did."""

from inbox.model.ids import ThreadId
from inbox.model.thread import AuditEvent
from inbox.store import audit, people
from inbox.store.engine import Session
from inbox.store.errors import LostRace


def lost_race(s: Session, thread_id: ThreadId, expect: int) -> LostRace:
    """The error for a decision on a version that is no longer the newest, naming who changed it and how."""
    events = [each for each in audit.for_thread(s, thread_id) if int(each.details.get("version", 0)) > expect]
    if events:
        return LostRace(f"{who(s, events[-1].actor)} {did(events[-1])} meanwhile. Nothing was changed; look again.")
    return LostRace(f"Something new arrived in thread {thread_id} meanwhile. Nothing was changed; look again.")


def who(s: Session, actor: str) -> str:
    """How colleagues call an actor: the first name, else the name."""
    if actor == "collector":
        return "The routing"
    if actor == "command":
        return "A command"
    found = next((each for each in people.employees(s, removed=True) if each.name == actor), None)
    return found.full_name.split()[0] if found and found.full_name.strip() else actor


def by(s: Session, actor: str) -> str:
    """The same inside a sentence."""
    return {"collector": "the routing", "command": "a command"}.get(actor) or who(s, actor)


def did(event: AuditEvent) -> str:
    """What an event says was done, as the rest of a sentence that begins with who did it."""
    details = event.details
    return {
        "assign": f"assigned this to {details.get('employee')}" if details.get("employee") else "gave this back",
        "return": "gave this back to the queue",
        "move": f"moved this to {details.get('area') or 'Unsorted'}",
        "close": f"closed this ({details.get('reason')})",
        "wait": "set this to waiting",
        "snooze": "put this off",
        "wake": "brought this back from its snooze",
        "reopen": "reopened this",
        "tag": "changed the tags",
        "tag author": "changed the author's tags",
        "note": "wrote a note",
        "priority": f"set the priority to {details.get('priority')}",
        "outcome": f"set the outcome to {details.get('outcome') or 'not known'}",
        "correct": "corrected the judgement",
        "reply": "replied",
        "undo": "took back a change",
    }.get(event.action, "changed this")
