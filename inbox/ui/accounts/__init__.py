"""Accounts: how each is doing, connecting one, signing in again, and what could not be read."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from inbox.ui.accounts.page import AccountsPage

__all__ = ["AccountsPage"]


def __getattr__(name: str) -> object:
    """``AccountsPage``, on demand: the first-run guide takes only the form to connect."""
    if name == "AccountsPage":
        from inbox.ui.accounts.page import AccountsPage

        return AccountsPage
    raise AttributeError(name)
