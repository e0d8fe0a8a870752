"""Puts a file where it belongs, whole or not at all; what the disk refuses is said in plain words."""

import contextlib
import errno
import os
import secrets
from pathlib import Path
from typing import Final

from inbox.store.errors import StoreError

_LINKLESS: Final = frozenset((errno.EPERM, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK, errno.EACCES))
"""What a file system says that knows no hard links."""


class NotWritten(StoreError):
    """The file could not be written; what stood there before stands there still."""


class Exists(NotWritten):
    """There is a file of that name already, and nobody asked to replace it."""


def put(path: Path, content: bytes, *, force: bool = False) -> None:
    """Write a file under a name of its own and rename it. Raises ``NotWritten``; ``Exists`` unless ``force``."""
    if not force and os.path.lexists(path):
        raise _exists(path)
    part = path.parent / f".inbox-{secrets.token_hex(8)}.part"
    try:
        _write(part, content)
        _rename(part, path, force=force)
    except FileExistsError as error:
        raise _exists(path) from error
    except OSError as error:
        raise NotWritten(_sentence(path, error)) from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


def _write(part: Path, content: bytes) -> None:
    # Created by the user's own umask: a report is meant to be handed on.
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _rename(part: Path, path: Path, *, force: bool) -> None:
    if force:
        part.replace(path)
        return
    try:
        # A link is refused where the name is taken, even by somebody who was quicker by a moment.
        os.link(part, path)
    except FileExistsError:
        raise
    except OSError as error:
        if error.errno not in _LINKLESS:
            raise
        if os.path.lexists(path):
            raise FileExistsError from error
        part.replace(path)


def _exists(path: Path) -> Exists:
    return Exists(f"There is a file {path} already. It was left as it is.")


def _sentence(path: Path, error: OSError) -> str:
    folder = path.parent
    said = {
        errno.ENOSPC: f"There is no room left on the disk of {folder}. Nothing was written; free some and try again.",
        errno.EDQUOT: f"Your share of the disk of {folder} is used up. Nothing was written; free some and try again.",
        errno.EACCES: f"You may not write in {folder}. Choose another folder.",
        errno.EPERM: f"You may not write in {folder}. Choose another folder.",
        errno.EROFS: f"{folder} can only be read. Choose another folder.",
        errno.ENOENT: f"There is no folder {folder}. Make it, or choose another.",
        errno.ENOTDIR: f"{folder} is no folder. Choose another.",
        errno.EISDIR: f"{path} is a folder. Give the file a name of its own.",
        errno.ENAMETOOLONG: f"The name “{path.name[:40]}…” is too long for a file. Choose a shorter one.",
    }
    return said.get(error.errno or 0, f"{path} could not be written: {error.strerror}.")
