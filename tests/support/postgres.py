"""A private PostgreSQL cluster for tests: on a Unix socket in a temporary folder, gone when its owner is."""

import contextlib
import fcntl
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg

_VERSIONS = Path("/usr/lib/postgresql")


def binaries() -> Path | None:
    """The folder of the newest installed server, None where there is none."""
    found = sorted(_VERSIONS.glob("*/bin/initdb"), key=lambda path: int(path.parent.parent.name))
    return found[-1].parent if found else None


def _as_nobody() -> list[str]:
    """A server refuses to run as root: then it runs as an unprivileged user."""
    return ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"] if os.geteuid() == 0 else []


class Cluster:
    """One server without durability, listening on a socket only."""

    def __init__(self, folder: Path, bin_folder: Path) -> None:
        self.folder = folder
        self._bin = bin_folder

    def start(self) -> None:
        """Make the cluster and start it. Raises ``CalledProcessError``."""
        data = self.folder / "data"
        data.mkdir()
        if os.geteuid() == 0:
            nobody = pwd.getpwnam("nobody")
            for path in (self.folder, data):
                os.chown(path, nobody.pw_uid, nobody.pw_gid)
        self._run(
            "initdb", "-D", str(data), "-U", "inbox", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"
        )
        self.start_again()

    def start_again(self) -> None:
        """Start the server on what it holds already."""
        options = (
            "listen_addresses=",
            "fsync=off",
            "full_page_writes=off",
            "synchronous_commit=off",
            "max_connections=200",
        )
        settings = " ".join([f"-k {self.folder}", *(f"-c {option}" for option in options)])
        self._run(
            "pg_ctl",
            "-D",
            str(self.folder / "data"),
            "-w",
            "-t",
            "60",
            "-l",
            str(self.folder / "log"),
            "-o",
            settings,
            "start",
        )

    def stop(self, mode: str = "immediate") -> None:
        """Stop the server at once; ``fast`` keeps what was committed a moment ago (commits here are not awaited)."""
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-m", mode, "stop")

    def address(self, database: str) -> str:
        """The workspace address of a database in it."""
        return f"postgresql+psycopg://inbox@/{database}?host={self.folder}"

    def create(self, database: str, template: str = "template1") -> str:
        """Make a database, empty or as a copy of ``template``; its workspace address."""
        self._tell(f'CREATE DATABASE "{database}" TEMPLATE "{template}"')
        return self.address(database)

    def _tell(self, statement: str) -> None:
        with psycopg.connect(host=str(self.folder), user="inbox", dbname="postgres", autocommit=True) as connection:
            connection.execute(statement)

    def _run(self, program: str, *arguments: str) -> None:
        command = [*_as_nobody(), str(self._bin / program), *arguments]
        subprocess.run(command, check=True, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, timeout=120)


@contextlib.contextmanager
def running_cluster() -> Iterator[Cluster | None]:
    """A running cluster, None where no server is installed. Stopped and removed at the end."""
    bin_folder = binaries()
    if bin_folder is None:
        yield None
        return
    folder = Path(tempfile.mkdtemp(prefix="inbox-pg-"))
    folder.chmod(0o755)
    cluster = Cluster(folder, bin_folder)
    try:
        cluster.start()
        try:
            yield cluster
        finally:
            cluster.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def one_at_a_time(folder: Path) -> Iterator[None]:
    """Hold a lock between processes."""
    with (folder / "lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
