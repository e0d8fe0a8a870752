"""The first screen: who somebody at the desk is likely to be, and what they see first. Knows no Qt."""

import getpass
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from inbox.model.ids import AreaId
from inbox.model.people import Employee
from inbox.model.view import OPEN_STATUSES, Order, Page, ThreadFilter, View
from inbox.model.workspace import Workspace

FIRST_PAGE = 40
"""Rows of a view that are read at once: more than a tall window shows."""
Found = tuple[int, Page]
"""How many threads a view has, and its first rows."""


class Opening(NamedTuple):
    """All that stands on the first screen. ``accounts`` is how many there are."""

    workspace: Workspace
    employees: tuple[Employee, ...]
    accounts: int
    filter: ThreadFilter
    order: Order
    found: Found

    def page_of(self, view: View) -> Found | None:
        """The first page, if it is this view's."""
        return self.found if (view.filter, view.order) == (self.filter, self.order) else None


def read(address: str, told: Callable[[], Sequence[str]]) -> Opening:
    """Reads the first screen of a workspace; ``told`` waits for who sat here last. Raises ``StoreError``."""
    from inbox.store import accounts, config, people, views
    from inbox.store.engine import open_store

    with open_store(address, upgrade=False).read() as session:
        workspace, employees = config.load(session), people.employees(session)
        name = likely([each.name for each in employees], told())
        wanted = in_my_areas(workspace, next((each for each in employees if each.name == name), None))
        page = views.page(session, wanted, Order.DUE, limit=FIRST_PAGE, now=datetime.now(UTC))
        count = views.count(session, wanted)
        return Opening(workspace, employees, len(accounts.all(session)), wanted, Order.DUE, (count, page))


def likely(names: Sequence[str], wanted: Iterable[str]) -> str:
    """The first of ``wanted`` who is in ``names``, else who is called like the system's user, else the first."""
    for name in (*wanted, _user()):
        if name in names:
            return name
    return names[0] if names else ""


def key_of(address: str) -> str:
    """Where the settings keep who sat at the desk of this workspace last."""
    return f"me/{address.replace('/', '|')}"


def my_areas(workspace: Workspace, me: Employee | None) -> tuple[AreaId, ...]:
    """The ids of somebody's areas; empty, which means all, for who has none or is not known."""
    if me is None:
        return ()
    return tuple(area.id for area in workspace.areas if area.name in me.areas)


def in_my_areas(workspace: Workspace, me: Employee | None) -> ThreadFilter:
    """The threads of the view that comes first."""
    return ThreadFilter(OPEN_STATUSES, areas=my_areas(workspace, me))


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # no name for this user's number (OSError from Python 3.13 on)
        return ""
