"""Turns what a database driver raises into the plain sentences of ``store.errors``."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError, SQLAlchemyError

from inbox.store.errors import Damaged, DiskFull, Locked, ReadOnly, Refused, StoreError, Unreachable

_TOO_LARGE = "That number is larger than any that is stored here."
_NO_TEXT = "The text holds bytes that are no letters (it is not UTF-8). Write it again without them."

_SIGNS: tuple[tuple[str, type[StoreError], str], ...] = (
    ("disk is full", DiskFull, "The disk is full. Nothing of this change was stored; free some room and try again."),
    ("no space left", DiskFull, "The disk is full. Nothing of this change was stored; free some room and try again."),
    (
        "disk i/o error",
        DiskFull,
        "The disk refused to write (it may be full or failing). Nothing of this change was stored.",
    ),
    ("database is locked", Locked, "Another program holds the workspace. Trying again later may work."),
    ("database table is locked", Locked, "Another program holds the workspace. Trying again later may work."),
    ("lock timeout", Locked, "Another program holds the workspace. Trying again later may work."),
    ("deadlock detected", Locked, "Two changes met at the same place. Trying again will work."),
    ("readonly database", ReadOnly, "The workspace cannot be written. Change the permissions of its file and folder."),
    ("read-only transaction", ReadOnly, "The database is read-only at the moment."),
    (
        "unable to open database",
        ReadOnly,
        "The workspace cannot be opened. Look at the permissions of its file and folder.",
    ),
    ("malformed", Damaged, "The workspace file is damaged. Run “inbox verify”, and restore a backup if there is one."),
    ("not a database", Damaged, "This file is not a workspace, or it is damaged."),
    ('fatal:  database "', Unreachable, "The database server has no database of this name."),
    ('fatal:  role "', Unreachable, "The database server does not let this user in."),
    ("database system is", Unreachable, "The database server is starting or stopping. Trying again may work."),
    ("too many clients", Unreachable, "The database server has too many connections. Trying again later may work."),
    ("connection refused", Unreachable, "The database server does not answer. Is it running?"),
    ("could not translate host name", Unreachable, "The database server's name is not known here."),
    ("server closed the connection", Unreachable, "The database server closed the connection."),
    ("connection failed", Unreachable, "The database server does not let us in, or does not answer."),
    ("terminating connection", Unreachable, "The database server closed the connection."),
    ("the connection is closed", Unreachable, "The database server closed the connection."),
    ("connection timeout", Unreachable, "The database server does not answer."),
    ("password authentication failed", Unreachable, "The database server refused the password."),
    ("cannot contain nul", Refused, "The text holds a character that cannot be stored (NUL). Take it out; try again."),
    ("bigint out of range", Refused, _TOO_LARGE),
    ("permission denied", Refused, "The database server does not allow this user to do that."),
)

_NO_ANSWER = "The database server does not answer. Is it running?"

# https://www.postgresql.org/docs/current/errcodes-appendix.html, by the longest prefix first
_STATES: tuple[tuple[str, type[StoreError], str], ...] = (
    ("57P03", Unreachable, "The database server is starting or stopping. Trying again in a moment may work."),
    ("53300", Unreachable, "The database server has too many connections. Trying again later may work."),
    ("3D000", Unreachable, "The database server has no database of this name."),
    ("28", Unreachable, "The database server does not let this user in."),
    ("08", Unreachable, _NO_ANSWER),
    ("53", Unreachable, "The database server has run out of room or memory."),
    ("57", Unreachable, "The database server closed the connection."),
)


@contextmanager
def in_plain_words(address: str) -> Iterator[None]:
    """Raise a driver's complaint as a ``StoreError``; bugs (bad statements, broken constraints) pass as they are."""
    try:
        yield
    except IntegrityError:
        raise
    except DBAPIError as error:
        raise (_translate(str(error.orig)) or _by_state(error) or error) from error
    except SQLAlchemyError:
        raise
    except OverflowError as error:
        if "too large to convert to SQLite" not in str(error):
            raise
        raise Refused(_TOO_LARGE) from error
    except UnicodeEncodeError as error:
        raise Refused(_NO_TEXT) from error
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFull(
                "The disk is full. Nothing of this change was stored; free some room and try again."
            ) from error
        if error.errno in (errno.EACCES, errno.EROFS, errno.EPERM):
            raise ReadOnly(f"The folder of {address} cannot be written.") from error
        raise


def _by_state(error: DBAPIError) -> StoreError | None:
    """What PostgreSQL says by a code alone; an operation that failed without any never reached the server."""
    if not isinstance(error, OperationalError) or not hasattr(error.orig, "sqlstate"):
        return None
    state = getattr(error.orig, "sqlstate", None) or "08"
    return next((kind(sentence) for prefix, kind, sentence in _STATES if state.startswith(prefix)), None)


def _translate(message: str) -> StoreError | None:
    lowered = message.lower()
    for sign, kind, sentence in _SIGNS:
        if sign in lowered:
            return kind(sentence)
    return None
