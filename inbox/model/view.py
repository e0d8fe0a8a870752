"""Views: which threads a queue shows, in which order, and a page of them."""

from dataclasses import dataclass
from enum import StrEnum

from inbox.model.ids import AreaId, EmployeeId
from inbox.model.thread import ThreadRow
from inbox.model.words import Status


class Order(StrEnum):
    """How a queue is ordered: next deadline first (none last), or by the last mention."""

    DUE = "due"
    NEWEST = "newest"
    OLDEST = "oldest"


OPEN_STATUSES = (Status.NEW, Status.OPEN)


@dataclass(frozen=True, slots=True)
class ThreadFilter:
    """All given conditions hold; empty means any. ``areas`` holds area ids; ``assignee`` one employee;
    ``unassigned`` only threads that nobody has; ``soon_or_late`` only those past their warning;
    ``hidden`` False leaves noise out; ``needs_reply`` asks for those judged so.
    """

    statuses: tuple[Status, ...] = ()
    areas: tuple[AreaId, ...] = ()
    no_area: bool = False
    assignee: EmployeeId | None = None
    unassigned: bool = False
    soon_or_late: bool = False
    account: int | None = None
    tag: str | None = None
    author: int | None = None
    hidden: bool | None = False
    needs_reply: bool | None = None


@dataclass(frozen=True, slots=True)
class View:
    """A named filter: ``key`` is stable ("mine", "areas", "unsorted", "waiting", "snoozed", "area:3")."""

    key: str
    title: str
    filter: ThreadFilter
    order: Order = Order.DUE


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of a view; ``next`` is the cursor of the page after it, None at the end."""

    rows: tuple[ThreadRow, ...]
    next: str | None
