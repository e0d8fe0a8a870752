"""Notes: what employees write for colleagues only."""

from datetime import datetime

from sqlalchemy import delete

from inbox.model.ids import NoteId, ThreadId
from inbox.store.schema import note
from inbox.store.session import Session


def add(s: Session, thread_id: ThreadId, employee: str, text: str, now: datetime) -> NoteId:
    """Write a note; its number."""
    values = {"thread_id": thread_id, "employee": employee, "text": text, "created_at": now}
    number = s.scalar(note.insert().values(**values).returning(note.c.id))
    s.changed(threads=[thread_id])
    return NoteId(number)


def remove(s: Session, note_id: NoteId) -> None:
    """Take a note back."""
    s.execute(delete(note).where(note.c.id == note_id))
