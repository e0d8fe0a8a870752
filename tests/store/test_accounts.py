"""Accounts and their sources in the store."""

from datetime import UTC, datetime, timedelta

import pytest

from inbox.model.account import Account, Limits
from inbox.model.words import HealthState, LengthRule, SourceKind
from inbox.store import accounts, sources
from inbox.store.engine import Store
from inbox.store.errors import NotFound, Refused

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def connect(store: Store, handle: str = "exampleair", remote_id: str = "17") -> Account:
    with store.write() as s:
        made = accounts.by_handle(s, "mastodon", handle) or accounts.add(s, "mastodon", handle, server="https://m.test")
        return accounts.connected(
            s,
            made.id,
            handle=handle,
            server="https://m.test",
            remote_id=remote_id,
            display_name="Example Air",
            limits=Limits(length=500, length_rule=LengthRule.MASTODON, url_length=23),
            details={"may": ["read"]},
            look_back_to=NOON - timedelta(days=1),
            now=NOON,
        )


def test_an_account_comes_back_as_it_was_connected(store: Store) -> None:
    made = connect(store)
    with store.read() as s:
        found = accounts.by_handle(s, "mastodon", "@ExampleAir")
    assert found == made
    assert found is not None
    assert found.limits.length_rule is LengthRule.MASTODON
    assert found.connected_at == NOON
    assert found.health is HealthState.WORKING


def test_connecting_twice_is_refused(store: Store) -> None:
    connect(store)
    with pytest.raises(Refused, match="connected already"), store.write() as s:
        accounts.add(s, "mastodon", "exampleair")


def test_signing_in_as_somebody_else_is_refused(store: Store) -> None:
    connect(store)
    with pytest.raises(Refused, match="another account"):
        connect(store, remote_id="99")


def test_a_removed_account_keeps_its_number_and_comes_back(store: Store) -> None:
    made = connect(store)
    with store.write() as s:
        accounts.remove(s, made.id, NOON)
    with store.read() as s:
        assert accounts.all(s) == ()
        assert accounts.get(s, made.id).connected_at is None
    with store.write() as s:
        assert accounts.add(s, "mastodon", "exampleair").id == made.id


def test_an_import_makes_an_account_once_and_it_is_not_connected(store: Store) -> None:
    with store.write() as s:
        first = accounts.ensure_unconnected(s, "x", "AmericanAir", NOON)
        second = accounts.ensure_unconnected(s, "x", "@americanair", NOON)
        found = accounts.get(s, first)
    assert first == second
    assert found.handle == "AmericanAir"
    assert found.health is HealthState.NOT_CONNECTED


def test_a_name_that_fits_two_accounts_asks_which(store: Store) -> None:
    with store.write() as s:
        accounts.ensure_unconnected(s, "x", "brand", NOON)
        accounts.ensure_unconnected(s, "bluesky", "brand", NOON)
        with pytest.raises(Refused, match="Say which"):
            accounts.named(s, "brand")
        assert accounts.named(s, "x:brand").network == "x"
        with pytest.raises(NotFound, match="accounts list"):
            accounts.named(s, "nobody")


def test_the_source_remembers_its_cursor_and_its_trouble(store: Store) -> None:
    made = connect(store)
    with store.write() as s:
        source_id = sources.ensure(s, made.id, SourceKind.MENTIONS)
        assert sources.ensure(s, made.id, SourceKind.MENTIONS) == source_id
        sources.advance(s, source_id, "c1", now=NOON, last_mention_at=NOON, lag_seconds=2.5)
        assert sources.failed(s, source_id, "No answer.", now=NOON, next_pull_at=NOON) == 1
        assert sources.failed(s, source_id, "No answer.", now=NOON, next_pull_at=NOON) == 2
        troubled = sources.get(s, source_id)
        sources.succeeded(s, source_id, now=NOON)
        well = sources.get(s, source_id)
    assert (troubled.cursor, troubled.error, troubled.lag_seconds) == ("c1", "No answer.", 2.5)
    assert (well.cursor, well.error) == ("c1", "")


def test_a_dead_token_is_told_and_recovers(store: Store) -> None:
    made = connect(store)
    with store.write() as s:
        accounts.set_health(s, made.id, HealthState.SIGN_IN, error="Sign in again.", now=NOON)
        dead = accounts.get(s, made.id)
        accounts.set_health(s, made.id, HealthState.WORKING, now=NOON, budget_left=0.5)
        well = accounts.get(s, made.id)
    assert (dead.health, dead.error, dead.error_at) == (HealthState.SIGN_IN, "Sign in again.", NOON)
    assert (well.error, well.error_at, well.budget_left) == ("", None, 0.5)
    assert s.change.accounts == {made.id}
