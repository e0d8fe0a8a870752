"""Workspace addresses: what is refused before anything is opened."""

import pytest

from inbox.store.address import to_url
from inbox.store.errors import Refused


@pytest.mark.parametrize(
    "address",
    [
        "postgresql+psycopg://ana:secret@localhost/inbox",
        "postgresql+psycopg://ana:@localhost/inbox",
        "postgresql://ana@localhost/inbox?password=secret",
        "postgresql+psycopg://ana@localhost/inbox?sslmode=require&PASSWORD=secret",
        "postgresql+psycopg://ana@localhost/inbox?sslpassword=secret",
    ],
)
def test_an_address_with_a_password_anywhere_in_it_is_refused(address: str) -> None:
    with pytest.raises(Refused, match="holds a password"):
        to_url(address)


def test_an_address_off_this_machine_asks_for_a_proven_server() -> None:
    assert to_url("postgresql+psycopg://ana@db.example.org/inbox").query["sslmode"] == "verify-full"
    assert "sslmode" not in to_url("postgresql+psycopg://ana@localhost/inbox").query
