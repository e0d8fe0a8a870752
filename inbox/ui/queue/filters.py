"""What narrows the queue beyond its chips: an account, a tag, whether a reply is needed; and the menu for it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMenu

from inbox.model.view import View
from inbox.ui.thread.plain import line
from inbox.ui.widgets import isolate

if TYPE_CHECKING:
    from inbox.store.engine import Session


@dataclass(frozen=True, slots=True)
class Filters:
    """What is asked for; nothing by default."""

    account: int | None = None
    tag: str | None = None
    needs_reply: bool = False

    @property
    def count(self) -> int:
        """How many are on."""
        return (self.account is not None) + (self.tag is not None) + self.needs_reply

    def applied(self, view: View) -> View:
        """The view with them."""
        was = view.filter
        new = replace(
            was,
            account=self.account if self.account is not None else was.account,
            tag=self.tag if self.tag is not None else was.tag,
            needs_reply=True if self.needs_reply else was.needs_reply,
        )
        return replace(view, filter=new)


@dataclass(frozen=True, slots=True)
class Offered:
    """What can be filtered by: accounts as (id, words), and tags."""

    accounts: tuple[tuple[int, str], ...]
    tags: tuple[str, ...]


def read(session: "Session") -> Offered:
    """Reads what there is to filter by."""
    from inbox.store import accounts, tags

    named = tuple((found.id, f"{found.network.capitalize()} @{found.handle}") for found in accounts.all(session))
    return Offered(named, tags.known(session))


def fill(menu: QMenu, offered: Offered, now: Filters, choose: Callable[[Filters], None]) -> None:
    """Adds the entries; one that is on is ticked, and choosing it again takes it off."""
    _entry(menu, _tr("Needs a reply"), now.needs_reply, partial(choose, replace(now, needs_reply=not now.needs_reply)))
    menu.addSection(_tr("Account"))
    for number, words in offered.accounts:
        on = number == now.account
        _entry(menu, isolate(words), on, partial(choose, replace(now, account=None if on else number)))
    if not offered.tags:
        return
    tags = menu.addMenu(_tr("Tag") if now.tag is None else _tr("Tag: %1").replace("%1", line(now.tag, 30)))
    for tag in offered.tags:
        on = tag == now.tag
        words = isolate(line(tag, 40)).replace("&", "&&")
        _entry(tags, words, on, partial(choose, replace(now, tag=None if on else tag)))


def _entry(menu: QMenu, words: str, on: bool, act: Callable[[], None]) -> None:  # noqa: FBT001 - a plain fact
    action = menu.addAction(words)
    action.setCheckable(True)
    action.setChecked(on)
    action.triggered.connect(lambda _checked: act())


def _tr(text: str) -> str:
    return QCoreApplication.translate("filters", text)
