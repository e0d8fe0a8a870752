"""Secrets on a headless machine, and without a keyring."""

from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail, null
from keyring.errors import KeyringLocked

from inbox import secrets
from inbox.model.ids import AccountId

ACCOUNT = AccountId(3)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "secrets"
    place.mkdir(mode=0o700)
    monkeypatch.setenv("INBOX_SECRETS_DIR", str(place))
    return place


@pytest.fixture
def use(monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]  # noqa: ANN201
    monkeypatch.delenv("INBOX_SECRETS_DIR", raising=False)

    def choose(backend: KeyringBackend) -> None:
        monkeypatch.setattr(keyring, "get_keyring", lambda: backend)
        monkeypatch.setattr(keyring, "get_password", backend.get_password)
        monkeypatch.setattr(keyring, "set_password", backend.set_password)

    return choose


class Locked(KeyringBackend):
    priority = 1.0

    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked

    def set_password(self, service: str, username: str, password: str) -> None:
        raise KeyringLocked


class Breaking(KeyringBackend):
    priority = 1.0

    def get_password(self, service: str, username: str) -> str | None:
        raise ConnectionResetError

    def set_password(self, service: str, username: str, password: str) -> None:
        raise ConnectionResetError


def test_a_folder_keeps_what_is_put(folder: Path) -> None:
    secrets.put("w", ACCOUNT, "token")
    assert secrets.get("w", ACCOUNT) == "token"
    assert (folder / "w.3").stat().st_mode & 0o777 == 0o600
    secrets.drop("w", ACCOUNT)
    assert secrets.get("w", ACCOUNT) is None


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o700])
def test_a_looser_file_is_refused(folder: Path, mode: int) -> None:
    secrets.put("w", ACCOUNT, "token")
    (folder / "w.3").chmod(mode)
    with pytest.raises(secrets.SecretError, match="chmod 600"):
        secrets.get("w", ACCOUNT)


def test_a_read_only_file_is_fine(folder: Path) -> None:
    secrets.put("w", ACCOUNT, "token")
    (folder / "w.3").chmod(0o400)
    assert secrets.get("w", ACCOUNT) == "token"


def test_a_folder_that_others_write_into_is_refused(folder: Path) -> None:
    folder.chmod(0o770)
    with pytest.raises(secrets.SecretError, match="chmod 700"):
        secrets.get("w", ACCOUNT)


def test_a_link_is_not_followed(folder: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_text("token")
    elsewhere.chmod(0o600)
    (folder / "w.3").symlink_to(elsewhere)
    with pytest.raises(secrets.SecretError, match="cannot be read"):
        secrets.get("w", ACCOUNT)


def test_no_keyring_is_said_plainly(use) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    use(fail.Keyring())
    for work in (lambda: secrets.get("w", ACCOUNT), lambda: secrets.put("w", ACCOUNT, "token"), secrets.usable):
        with pytest.raises(secrets.SecretError, match="no system keyring here"):
            work()


def test_a_locked_keyring_is_said_plainly(use) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    use(Locked())
    with pytest.raises(secrets.SecretError, match="locked"):
        secrets.get("w", ACCOUNT)


def test_a_keyring_that_breaks_is_said_plainly_and_names_no_secret(use) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    use(Breaking())
    with pytest.raises(secrets.SecretError, match="does not answer") as caught:
        secrets.put("w", ACCOUNT, "token-of-mine")
    assert "token-of-mine" not in str(caught.value)


def test_a_keyring_that_keeps_nothing_is_refused(use) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    use(null.Keyring())
    with pytest.raises(secrets.SecretError, match="does not keep secrets safe"):
        secrets.put("w", ACCOUNT, "token")
