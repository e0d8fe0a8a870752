"""Connecting an account: tested first, saved only when the test is passed."""

from datetime import timedelta
from pathlib import Path

import pytest

from inbox import secrets
from inbox.flow import connect
from inbox.flow.pull_once import pull_all
from inbox.model.account import Account
from inbox.model.words import SourceKind
from inbox.networks.errors import Refused, SignInAgain, Unreachable
from inbox.store import accounts, sources
from inbox.store.engine import Store
from inbox.store.errors import Refused as NotAllowed
from tests.support.fake_network import FakeNetworks
from tests.support.world import NOON


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "secrets"
    place.mkdir(mode=0o700)
    monkeypatch.setenv("INBOX_SECRETS_DIR", str(place))
    return place


def add(
    store: Store,
    networks: FakeNetworks,
    handle: str = "exampleair",
    *,
    server: str = "https://network.test",
    look_back: timedelta | None = None,
    searches: tuple[str, ...] = (),
) -> Account:
    made, _ = connect.add(
        store,
        networks,
        "fake",
        handle=handle,
        server=server,
        secret="token",
        workspace_id=connect.workspace_id_of(store),
        look_back=look_back,
        searches=searches,
        actor="command",
        now=NOON,
    )
    return made


def test_a_passed_test_saves_the_account_its_sources_and_its_secret(store: Store) -> None:
    made = add(store, FakeNetworks(), searches=("lost bag", "#air"), look_back=timedelta(hours=24))
    assert (made.remote_id, made.limits.length) == ("id-exampleair", 300)
    assert made.look_back_to == NOON - timedelta(hours=24)
    assert secrets.get(connect.workspace_id_of(store), made.id) == "token"
    with store.read() as s:
        kinds = [(each.kind, each.query) for each in sources.for_account(s, made.id)]
    assert kinds == [
        (SourceKind.MENTIONS, ""),
        (SourceKind.OWN_POSTS, ""),
        (SourceKind.SEARCH, "lost bag"),
        (SourceKind.HASHTAG, "#air"),
    ]


@pytest.mark.parametrize("trouble", [SignInAgain("Sign in again."), Unreachable("No answer."), Refused("No.")])
def test_a_failed_test_saves_nothing(store: Store, folder: Path, trouble: Exception) -> None:
    networks = FakeNetworks()
    networks.server().fail("identify", trouble)
    with pytest.raises(type(trouble)):
        add(store, networks)
    with store.read() as s:
        assert accounts.all(s) == ()
    assert list(folder.iterdir()) == []


def test_a_secret_that_cannot_be_kept_saves_nothing(store: Store, folder: Path) -> None:
    folder.chmod(0o777)
    with pytest.raises(secrets.SecretError):
        add(store, FakeNetworks())
    with store.read() as s:
        assert accounts.all(s) == ()


def test_a_network_that_needs_a_server_asks_for_it(store: Store) -> None:
    with pytest.raises(Refused, match="--server"):
        add(store, FakeNetworks(), server="")


def test_connecting_the_same_account_again_is_refused(store: Store) -> None:
    add(store, FakeNetworks())
    with pytest.raises(NotAllowed, match="already"):
        add(store, FakeNetworks())


def test_pulling_once_brings_everything_and_says_what_went_wrong(store: Store) -> None:
    networks = FakeNetworks()
    add(store, networks, "good", look_back=timedelta(hours=24))
    add(store, networks, "bad")
    networks.server("good").say("Where is my bag?", at=NOON)
    networks.server("bad").break_for_good("pull", Unreachable("No answer."))
    found = {
        (each.account.handle, each.source.kind): each for each in pull_all(store, now=lambda: NOON, networks=networks)
    }
    good = found["good", SourceKind.MENTIONS]
    assert (good.pulled.read, good.pulled.stored, good.pulled.lag_seconds, good.error) == (1, 1, 0.0, "")
    assert found["bad", SourceKind.MENTIONS].error == "No answer."
    again = pull_all(store, now=lambda: NOON, networks=networks)
    assert sum(each.pulled.stored for each in again) == 0
