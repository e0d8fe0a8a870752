"""The AT Protocol's development network on loopback: PLC, PDS, app view and moderation in 0.5 GB.

``with start() as network:`` takes about 10 s; everything ends with the block, or with this process. A second
PDS (``limited_pds``) has its rate limits on. Clients need ``INBOX_ALLOW_LOOPBACK=1`` to speak to it.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.servers import parts

# Every token of the network is signed with it.
JWT_SECRET = "jwt-secret"

_PREFIX = "inbox-atproto-"


@dataclass(frozen=True, slots=True)
class AtNetwork:
    """The addresses of a running network."""

    pds: str
    limited_pds: str
    plc: str
    bsky: str


class NotStarted(Exception):
    """The network did not come up; the message says what its servers said."""


@contextmanager
def start() -> Iterator[AtNetwork]:
    """A fresh network of its own. Raises ``NotStarted``."""
    lacking = parts.missing_for_atproto()
    if lacking:
        raise NotStarted(f"Missing: {', '.join(lacking)}. Run: python -m tests.servers.prepare")
    _sweep()
    place = tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-")
    command = [sys.executable, "-m", "tests.servers.guard", place]
    guard = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=parts.PROJECT
    )
    try:
        line = guard.stdout.readline() if guard.stdout else b""
        if not line:
            said = guard.communicate()[1].decode("utf-8", "replace")
            raise NotStarted(said[-2000:])
        yield AtNetwork(**json.loads(line))
    finally:
        if guard.stdin and not guard.stdin.closed:
            guard.stdin.close()
        try:
            guard.wait(30)
        except subprocess.TimeoutExpired:
            guard.kill()
            guard.wait()
        if guard.stderr:
            sys.stderr.write(guard.stderr.read().decode("utf-8", "replace"))
            guard.stderr.close()
        if guard.stdout:
            guard.stdout.close()
        shutil.rmtree(place, ignore_errors=True)


def _sweep() -> None:
    """Remove what networks have left behind whose starters were killed."""
    for place in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        owner = place.name.removeprefix(_PREFIX).partition("-")[0]
        if owner.isdecimal() and not Path(f"/proc/{owner}").exists():
            shutil.rmtree(place, ignore_errors=True)
