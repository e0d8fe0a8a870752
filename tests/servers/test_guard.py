"""The servers end with whoever started them, however that one ended."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.servers import parts
from tests.servers.person import eventually

pytestmark = [pytest.mark.server, pytest.mark.slow, pytest.mark.xdist_group("atproto"), pytest.mark.timeout(180)]

STARTER = """
import sys
from tests.servers.atproto import start
with start() as network:
    print(network.pds, flush=True)
    sys.stdin.read()
"""


def answers(address: str) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", urlsplit(address).port or 0), timeout=1):
            return True
    except OSError:
        return False


def children_of(pid: int) -> list[int]:
    told = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    return [int(each) for each in told.split()]


@pytest.mark.parametrize("killed", ["the test", "the guard"])
def test_killing_leaves_no_server_behind(killed: str) -> None:
    lacking = parts.missing_for_atproto()
    if lacking and not parts.required():
        pytest.skip(f"Missing: {', '.join(lacking)}")
    starter = subprocess.Popen(
        [sys.executable, "-c", STARTER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=parts.PROJECT
    )
    if starter.stdout is None or starter.stdin is None:
        raise AssertionError
    try:
        pds = starter.stdout.readline().decode().strip()
        assert answers(pds)
        (guard,) = children_of(starter.pid)
        servers = children_of(guard)
        assert len(servers) == 3
        os.kill(starter.pid if killed == "the test" else guard, signal.SIGKILL)
        eventually(lambda: not answers(pds) and not any(Path(f"/proc/{pid}/cmdline").exists() for pid in servers))
    finally:
        starter.kill()
        starter.wait()
        starter.stdin.close()
        starter.stdout.close()
