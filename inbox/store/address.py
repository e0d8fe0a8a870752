"""Workspace addresses: a path of a SQLite file, or a ``postgresql+psycopg://`` URL without a password."""

import os
from pathlib import Path

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from inbox.store.errors import Refused

_SHARED_FILE_SYSTEMS = frozenset(
    ("nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "9p", "ceph", "glusterfs", "davfs", "fuse.sshfs", "fuse.rclone")
)
_SECRET = frozenset(("password", "sslpassword"))
"""Connection parameters that libpq would take a secret from."""
_SYNCING = ("dropbox", "onedrive", "google drive", "googledrive", "nextcloud", "owncloud", "icloud", "pcloud", "mega")


def is_postgresql(address: str) -> bool:
    """True for a server's address, False for a path."""
    return address.startswith(("postgresql:", "postgresql+", "postgres:"))


def to_url(address: str) -> URL:
    """The SQLAlchemy URL of an address. Raises ``Refused`` for a password in it or a form we do not know."""
    if not is_postgresql(address):
        if "://" in address:
            raise Refused("A workspace is a file, or an address that begins with postgresql+psycopg://.")
        return URL.create("sqlite+pysqlite", database=str(Path(address).expanduser()))
    try:
        url = make_url(address).set(drivername="postgresql+psycopg")
    except ArgumentError as error:
        raise Refused("This is not a PostgreSQL address. It looks like postgresql+psycopg://user@host/name.") from error
    if url.password is not None or any(name.lower() in _SECRET for name in url.query):
        raise Refused("The address holds a password, which other programs could read. Keep it in ~/.pgpass instead.")
    if _is_remote(url) and "sslmode" not in url.query:
        url = url.update_query_dict({"sslmode": "verify-full"})
    return url


def _is_remote(url: URL) -> bool:
    host = url.host or str(url.query.get("host", ""))
    return bool(host) and not host.startswith("/") and host not in ("localhost", "127.0.0.1", "::1")


def refuse_shared_folder(path: Path) -> None:
    """Raise ``Refused`` where the file would lie on a network share or in a syncing folder.

    SQLite's locks do not hold on either (https://www.sqlite.org/howtocorrupt.html, section 2).
    """
    for part in path.resolve().parts:
        if part.lower().startswith(_SYNCING):
            raise Refused(
                f"“{part}” is a syncing folder: two computers would overwrite each other. "
                "Choose a folder that stays on this computer, or a PostgreSQL workspace for a team."
            )
    kind = _file_system(path.resolve().parent)
    if kind in _SHARED_FILE_SYSTEMS:
        raise Refused(
            f"This folder is on a network share ({kind}), where a workspace file would be damaged. "
            "Choose a folder on this computer, or a PostgreSQL workspace for a team."
        )


def _file_system(folder: Path) -> str:
    """The file system type that holds a folder, by Linux' mount table; empty where there is none."""
    table = Path("/proc/self/mounts")
    if not table.exists():
        return ""
    best, kind = "", ""
    for line in table.read_text(errors="replace").splitlines():
        fields = line.split(" ")
        if len(fields) < 3:  # noqa: PLR2004 - device, mount point, type
            continue
        point = fields[1].replace("\\040", " ")
        inside = point == "/" or str(folder) == point or str(folder).startswith(point.rstrip("/") + os.sep)
        if inside and len(point) >= len(best):
            best, kind = point, fields[2]
    return kind
