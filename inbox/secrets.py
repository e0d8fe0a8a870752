"""Tokens and app passwords: in the system's keyring, or on a headless machine in a folder of 0600 files.

Named by the workspace's id and the account's number, or a service's name; never by anything secret. No secret stands in
an error.
"""

import os
import stat
import tempfile
from pathlib import Path
from types import ModuleType

from inbox.model.ids import AccountId

SERVICE = "social-inbox"
FOLDER_VARIABLE = "INBOX_SECRETS_DIR"

# Backends that keep secrets readable on the disk, or keep nothing at all.
_UNSAFE = ("keyrings.alt", "keyring.backends.null")


class SecretError(Exception):
    """Secrets cannot be read or kept; ``str()`` is the sentence to show."""


def get(workspace_id: str, account: AccountId | str) -> str | None:
    """The account's secret, None when there is none. Raises ``SecretError``."""
    folder = _folder()
    if folder is not None:
        return _read(folder / _file_name(workspace_id, account))
    with _plainly() as keyring:
        found: str | None = keyring.get_password(SERVICE, _user(workspace_id, account))
        return found


def put(workspace_id: str, account: AccountId | str, secret: str) -> None:
    """Keep the account's secret. Raises ``SecretError``."""
    folder = _folder()
    if folder is not None:
        _write(folder / _file_name(workspace_id, account), secret)
        return
    with _plainly() as keyring:
        keyring.set_password(SERVICE, _user(workspace_id, account), secret)


def drop(workspace_id: str, account: AccountId | str) -> None:
    """Forget the account's secret; fine when there is none. Raises ``SecretError``."""
    folder = _folder()
    if folder is not None:
        try:
            (folder / _file_name(workspace_id, account)).unlink(missing_ok=True)
        except OSError as error:
            raise SecretError(f"The secret of this account in {folder} cannot be removed: {error.strerror}.") from error
        return
    with _plainly() as keyring:
        if keyring.get_password(SERVICE, _user(workspace_id, account)) is not None:
            keyring.delete_password(SERVICE, _user(workspace_id, account))


def usable() -> None:
    """Raise ``SecretError`` with the reason when secrets cannot be kept here; asks for no secret."""
    if _folder() is None:
        with _plainly() as keyring:
            keyring.get_password(SERVICE, "probe")


def place(workspace_id: str, account: AccountId | str) -> str:
    """Where the account's secret is looked for, in words for people."""
    folder = os.environ.get(FOLDER_VARIABLE)
    if folder:
        return str(Path(folder) / _file_name(workspace_id, account))
    return f"the system keyring, {SERVICE}, {_user(workspace_id, account)}"


def _user(workspace_id: str, account: AccountId | str) -> str:
    return f"{workspace_id}/{account}"


def _file_name(workspace_id: str, account: AccountId | str) -> str:
    return f"{workspace_id}.{account}"


class _plainly:  # noqa: N801 - reads as a word: with _plainly() as keyring
    """The keyring module, its errors turned into plain sentences. Imported here: it costs 0.2 s."""

    def __enter__(self) -> ModuleType:
        import keyring

        backend = type(keyring.get_keyring()).__module__
        if backend.startswith(_UNSAFE):
            raise SecretError(
                "The keyring set up here does not keep secrets safe. Set up the system's own keyring, "
                f"or name a folder of 0600 files by {FOLDER_VARIABLE}."
            )
        return keyring

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if error is None or isinstance(error, SecretError):
            return
        sentence = _sentence(error)
        if sentence:
            raise SecretError(sentence) from error


def _sentence(error: BaseException) -> str | None:
    from keyring import errors

    if isinstance(error, errors.KeyringLocked):
        return "The system keyring is locked. Unlock it (sign in to the desktop), then try again."
    if isinstance(error, (errors.NoKeyringError, errors.InitError)):
        return (
            "There is no system keyring here. Start one (on Linux: gnome-keyring or KWallet), "
            f"or name a folder of 0600 files by {FOLDER_VARIABLE}."
        )
    if isinstance(error, errors.KeyringError):
        return "The system keyring refused. Unlock it or look at its settings, then try again."
    # The service behind it (D-Bus, the credential store) fails with errors of its own.
    return "The system keyring does not answer. Is its service running?" if isinstance(error, Exception) else None


def _folder() -> Path | None:
    """The folder of secrets, None when the keyring is used. Raises ``SecretError`` when others can reach it."""
    named = os.environ.get(FOLDER_VARIABLE)
    if not named:
        return None
    folder = Path(named)
    try:
        found = folder.stat()
    except OSError as error:
        raise SecretError(f"The folder of secrets {folder} cannot be read: {error.strerror}.") from error
    if not stat.S_ISDIR(found.st_mode):
        raise SecretError(f"{folder}, named by {FOLDER_VARIABLE}, is not a folder.")
    if stat.S_IMODE(found.st_mode) & 0o022 or found.st_uid not in {os.geteuid(), 0}:
        raise SecretError(f"Others can write into the folder of secrets {folder}. Make it yours alone: chmod 700.")
    return folder


def _read(path: Path) -> str | None:
    try:
        # No link is followed: the file that is checked is the file that is read.
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise SecretError(f"The secret {path} cannot be read: {error.strerror}.") from error
    with os.fdopen(handle, encoding="utf-8") as file:
        found = os.fstat(file.fileno())
        if stat.S_IMODE(found.st_mode) & 0o177 or found.st_uid not in {os.geteuid(), 0}:
            raise SecretError(f"Others can read the secret {path}. Make it yours alone: chmod 600.")
        try:
            return file.read().rstrip("\n") or None
        except (OSError, UnicodeDecodeError) as error:
            raise SecretError(f"The secret {path} cannot be read.") from error


def _write(path: Path, secret: str) -> None:
    """Whole or not at all: a refreshed session that is lost half-way would need a new sign-in."""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".secret.")
    except OSError as error:
        raise SecretError(f"The folder of secrets {path.parent} cannot be written: {error.strerror}.") from error
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(secret)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except OSError as error:
        Path(name).unlink(missing_ok=True)
        raise SecretError(f"The secret {path} cannot be written: {error.strerror}.") from error
