"""What the palette offers for what was typed, and which letters matched. No widgets."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from inbox.model.people import Employee
from inbox.model.thread import ThreadRow
from inbox.model.view import View
from inbox.ui.commands import COMMANDS, Commands, Group, caps, shown_text
from inbox.ui.views import ICONS
from inbox.ui.widgets.words import counted

if TYPE_CHECKING:
    from inbox.store.engine import Store

FOUND = 8
GROUPS = (Group.THREAD, Group.REPLY, Group.QUEUE, Group.INCIDENT, Group.GO, Group.WINDOW)


@dataclass(frozen=True, slots=True)
class Item:
    """A row of the palette: a heading has no ``act``. ``hits`` are the places of matched letters."""

    text: str
    beside: str = ""
    icon: str = ""
    initials: str = ""
    keys: tuple[str, ...] = ()
    hits: tuple[int, ...] = ()
    act: Callable[[], object] | None = None


def match(typed: str, text: str) -> tuple[int, ...] | None:
    """Places of the letters of ``typed`` in ``text``: as one piece at a word's start, else anywhere, else None."""
    if not typed:
        return ()
    low, wanted = text.casefold(), typed.casefold()
    starts = [at for at in range(len(low)) if low.startswith(wanted, at)]
    if not starts:
        return None
    best = next((at for at in starts if at == 0 or not low[at - 1].isalnum()), starts[0])
    return tuple(range(best, min(len(text), best + len(wanted))))


def commands(typed: str, table: Commands) -> list[Item]:
    """Commands that can be carried out now, under their group's heading."""
    found: list[Item] = []
    for group in GROUPS:
        rows: list[tuple[int, Item]] = []
        for command in COMMANDS:
            if command.group is not group or command.id == "palette" or not table.can(command.id):
                continue
            text = shown_text(command)
            hits = match(typed, text)
            if hits is not None:
                item = Item(text, "", command.icon, "", caps(command.key), hits, _runs(table, command.id))
                rows.append((hits[0] if hits else 0, item))
        if rows:
            found.append(Item(_tr(group.value)))
            found += [item for _place, item in sorted(rows, key=_by_place)]
    return found


def listed(typed: str, all_views: Iterable[View], counts: dict[str, str], go: Callable[[str], None]) -> list[Item]:
    """Views by name."""
    found = []
    for view in all_views:
        text = _tr("View: %1").replace("%1", view.title)
        hits = match(typed, text)
        if typed and hits:
            count = counts.get(view.key, "")
            beside = _tr("%1 threads").replace("%1", count) if count else ""
            icon = ICONS.get(view.key, "filter")
            found.append(Item(text, beside, icon, hits=hits, act=_goes(go, view.key)))
    return [Item(_tr("Views")), *found[:FOUND]] if found else []


def people(typed: str, employees: Iterable[Employee], show: Callable[[Employee], None]) -> list[Item]:
    """Employees by name."""
    found = []
    for person in employees:
        name = person.full_name or person.name
        hits = match(typed, name)
        if typed and hits:
            load = counted("%n open thread(s)", person.open_threads, "palette")
            beside = _tr("employee, away") if person.away else f"{_tr('employee')}, {load}"
            found.append(Item(name, beside, "", person.initials, hits=hits, act=_shows(show, person)))
    return [Item(_tr("People")), *found[:FOUND]] if found else []


def threads(typed: str, rows: Sequence[ThreadRow], show: Callable[[ThreadRow], None]) -> list[Item]:
    """Threads that the search found."""
    found = []
    for row in rows[:FOUND]:
        name = row.author_name or row.author_handle
        excerpt = " ".join(row.text.split())[:90]
        beside = f"{row.network.capitalize()}, {row.status}: {excerpt}"
        letters = "".join(word[0] for word in name.split()[:2]).upper()
        found.append(Item(name, beside, "", letters or "?", hits=match(typed, name) or (), act=_opens(show, row)))
    return [Item(_tr("Threads")), *found] if found else []


def search(store: "Store", words: str) -> tuple[ThreadRow, ...]:
    """The threads that hold the words, newest first. Runs on a lane."""
    from inbox.flow import search as flow_search

    return tuple(found.row for found in flow_search.find(store, words, limit=FOUND).matches)


def _runs(table: Commands, id_: str) -> Callable[[], object]:
    return lambda: table.run(id_)


def _goes(go: Callable[[str], None], key: str) -> Callable[[], object]:
    return lambda: go(key)


def _shows(show: Callable[[Employee], None], person: Employee) -> Callable[[], object]:
    return lambda: show(person)


def _opens(show: Callable[[ThreadRow], None], row: ThreadRow) -> Callable[[], object]:
    return lambda: show(row)


def _by_place(pair: tuple[int, Item]) -> int:
    return pair[0]


def _tr(text: str) -> str:
    return QCoreApplication.translate("palette", text)
