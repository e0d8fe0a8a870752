"""Filtering the queue by account, tag and need: rows, counts, the chip's words, and clearing it."""

from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from inbox.flow.decide import tag
from inbox.model.view import ThreadFilter
from inbox.store import tags, views
from inbox.store.engine import Store
from inbox.ui.queue import filters
from inbox.ui.queue.filters import Filters, Offered
from inbox.ui.views import holds
from tests.support.desk import NOON, staffed, waiting_thread
from tests.ui.fakes import NOW, OPEN, row


def test_a_filter_asks_the_store_for_what_it_says() -> None:
    asked = Filters(account=3, tag="bag", needs_reply=True).applied(OPEN).filter
    assert (asked.account, asked.tag, asked.needs_reply) == (3, "bag", True)
    assert asked.statuses == OPEN.filter.statuses
    assert Filters().applied(OPEN) == OPEN


def test_the_store_counts_and_pages_what_is_filtered(store: Store) -> None:
    staffed(store)
    first, second = waiting_thread(store, who="kim"), waiting_thread(store, who="lee")
    tag(store, [first], add=["bag", "vip"], actor="ana", now=NOON)
    with store.read() as s:
        assert tags.known(s) == ("bag", "vip")
        assert tags.known(s, limit=1) == ("bag",)
        for wanted, found in ((ThreadFilter(tag="bag"), {first}), (ThreadFilter(needs_reply=True), {first, second})):
            assert views.count(s, wanted) == len(found)
            assert {each.id for each in views.page(s, wanted).rows} == found
        assert views.count(s, ThreadFilter(needs_reply=False)) == 0


def test_a_thread_of_another_account_is_not_among_the_new_ones() -> None:
    assert holds(ThreadFilter(account=1), row(1), now=NOW)
    assert not holds(ThreadFilter(account=2), row(1), now=NOW)
    assert not holds(ThreadFilter(author=9), row(1), now=NOW)


def test_choosing_what_is_on_takes_it_off(qtbot: QtBot) -> None:
    menu = QMenu()
    qtbot.addWidget(menu)
    chosen: list[Filters] = []
    filters.fill(menu, Offered(((3, "Bluesky @a"),), ("bag", "a&b")), Filters(tag="bag"), chosen.append)
    account = next(each for each in menu.actions() if "Bluesky" in each.text())
    held = next(each for each in menu.actions() if each.menu() is not None)
    assert held.text() == "Tag: bag"
    held_menu = held.menu()
    assert isinstance(held_menu, QMenu)
    inside = held_menu.actions()
    assert [each.isChecked() for each in inside] == [True, False]
    account.trigger()
    inside[0].trigger()
    assert chosen == [Filters(account=3, tag="bag"), Filters()]
