"""The views that the side bar lists for somebody: their own, their areas', and the workspace's."""

from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from inbox.model.people import Employee
from inbox.model.thread import ThreadRow
from inbox.model.view import OPEN_STATUSES, Order, ThreadFilter, View
from inbox.model.words import Status
from inbox.model.workspace import UNSORTED, Workspace
from inbox.ui.opening import in_my_areas

ICONS = {
    "mine": "user", "areas": "inbox", "unsorted": "shuffle", "waiting": "hourglass", "snoozed": "moon",
    "all": "list", "closed": "double-check", "unsorted-list": "shuffle",
}  # fmt: skip


def standing(workspace: Workspace, me: Employee | None) -> tuple[View, ...]:
    """The views at the top of the side bar."""
    return (
        View("mine", _tr("My threads"), ThreadFilter(OPEN_STATUSES, assignee=me.id if me else None)),
        View("areas", _tr("My areas"), in_my_areas(workspace, me)),
        View("unsorted", _tr("Unsorted"), _unsorted(workspace)),
        View("waiting", _tr("Waiting"), ThreadFilter((Status.WAITING,)), Order.NEWEST),
        View("snoozed", _tr("Snoozed"), ThreadFilter((Status.SNOOZED,))),
    )


def of_areas(workspace: Workspace) -> tuple[View, ...]:
    """One view for each area; Unsorted stands above them."""
    return tuple(
        View(f"area:{area.id}", area.name, ThreadFilter(OPEN_STATUSES, areas=(area.id,)))
        for area in workspace.areas
        if area.name != UNSORTED
    )


def saved() -> tuple[View, ...]:
    """Views over the whole workspace."""
    return (
        View("all", _tr("All open"), ThreadFilter(OPEN_STATUSES)),
        View("closed", _tr("Closed"), ThreadFilter((Status.CLOSED,)), Order.NEWEST),
    )


def unsorted_list(workspace: Workspace) -> View:
    """The unsorted threads as any other view: "unsorted" itself is the page on which they are sorted."""
    return View("unsorted-list", _tr("Unsorted, as a list"), _unsorted(workspace))


def every(workspace: Workspace, me: Employee | None) -> dict[str, View]:
    """All views by key."""
    found = (*standing(workspace, me), *of_areas(workspace), *saved(), unsorted_list(workspace))
    return {view.key: view for view in found}


def of_author(author_id: int, name: str) -> View:
    """All threads of one author."""
    statuses = (*OPEN_STATUSES, Status.WAITING, Status.SNOOZED, Status.CLOSED)
    return View(f"author:{author_id}", name, ThreadFilter(statuses, author=author_id), Order.NEWEST)


def narrowed(view: View, *, unassigned: bool, pressing: bool, order: Order) -> View:
    """The view with the queue's chips applied."""
    new = replace(
        view.filter,
        unassigned=view.filter.unassigned or unassigned,
        soon_or_late=view.filter.soon_or_late or pressing,
    )
    return replace(view, filter=new, order=order)


def holds(wanted: ThreadFilter, row: ThreadRow, *, now: datetime) -> bool:
    """True while ``row`` still belongs to a view of this filter; ``now`` (aware) judges soon or late."""
    if wanted.statuses and row.status not in wanted.statuses:
        return False
    if (wanted.areas or wanted.no_area) and not (
        row.area_id in wanted.areas or (wanted.no_area and row.area_id is None)
    ):
        return False
    asked = ((wanted.assignee, row.assignee_id), (wanted.account, row.account_id), (wanted.author, row.author_id))
    if any(want is not None and have != want for want, have in asked):
        return False
    if wanted.unassigned and row.assignee_id is not None:
        return False
    presses = row.warn_at or row.next_due_at
    if wanted.soon_or_late and (presses is None or presses > now):
        return False
    return wanted.tag is None or wanted.tag in row.tags


def _unsorted(workspace: Workspace) -> ThreadFilter:
    ids = tuple(area.id for area in workspace.areas if area.name == UNSORTED)
    return ThreadFilter(OPEN_STATUSES, areas=ids, no_area=True)


def _tr(text: str) -> str:
    return QCoreApplication.translate("views", text)
