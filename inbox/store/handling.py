"""How long people worked on a reply: from when somebody first opened its editor to when it was sent."""

from datetime import datetime

from sqlalchemy import select

from inbox.model.ids import EmployeeId, ReplyId, ThreadId
from inbox.store.schema import handling
from inbox.store.session import Session


def opened(s: Session, thread_id: ThreadId, employee_id: EmployeeId, now: datetime) -> None:
    """The employee opened the thread's composer: the first time since their last reply there begins a row."""
    if not _unsent(s, thread_id, employee_id):
        s.execute(handling.insert().values(thread_id=thread_id, employee_id=employee_id, opened_at=now))


def sent(s: Session, thread_id: ThreadId, employee_id: EmployeeId, reply_id: ReplyId, at: datetime) -> None:
    """Their reply stands on the network; without an opening before (a reply by command) there is nothing to measure."""
    rows = _unsent(s, thread_id, employee_id)
    if not rows:
        return
    first, opened_at = rows[0]
    s.execute(handling.update().where(handling.c.id == first).values(sent_at=max(at, opened_at), reply_id=reply_id))
    s.execute(handling.delete().where(handling.c.id.in_([number for number, _ in rows[1:]])))


def _unsent(s: Session, thread_id: ThreadId, employee_id: EmployeeId) -> list[tuple[int, datetime]]:
    """The earliest opening first; two desktops of one person may have written one each."""
    mine = (handling.c.thread_id == thread_id, handling.c.employee_id == employee_id, handling.c.sent_at.is_(None))
    query = select(handling.c.id, handling.c.opened_at).where(*mine).order_by(handling.c.opened_at, handling.c.id)
    return [(row.id, row.opened_at) for row in s.execute(query)]
