"""Runs the servers of one AT Protocol network, and ends them when whoever started it is gone.

Started by ``tests.servers.atproto`` as ``python -m tests.servers.guard FOLDER``. It writes one line of JSON when
the network answers, and stops everything, by process id, when its standard input ends: the pipe closes also
when a test is killed. Each child is told by the kernel to end should the guard itself be killed.
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from types import FrameType
from typing import IO

from tests.servers import parts

_NOBODY = "65534"
_WAIT = 120.0


def main() -> int:
    """Start, say so, wait for the end of stdin, stop."""
    place = Path(sys.argv[1])
    children: list[subprocess.Popen[bytes]] = []
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        told = _start(place, children)
        print(told, flush=True)
        sys.stdin.buffer.read()
        for child in children:
            if child.poll() is not None:
                log = (place / "node.log").read_text(encoding="utf-8", errors="replace")
                print(f"A server ended by itself ({child.returncode}). Node said: {log[-4000:]}", file=sys.stderr)
    except KeyboardInterrupt:
        return 130
    finally:
        _stop(children)
        shutil.rmtree(place, ignore_errors=True)
    return 0


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _start(place: Path, children: list[subprocess.Popen[bytes]]) -> str:
    postgres, redis = free_port(), free_port()
    children.append(_postgres(place, postgres))
    children.append(_redis(place, redis))
    _answers(postgres)
    _answers(redis)
    node = parts.node_home()
    if node is None:
        raise SystemExit("Node is not installed.")
    temporary = place / "node"
    temporary.mkdir()
    environment = {
        **os.environ,
        "DEV_ENV_ENTRY": str(parts.dev_env_entry()),
        "DB_POSTGRES_URL": f"postgresql://inbox@127.0.0.1:{postgres}/postgres",
        "DB_POSTGRES_SCHEMA": "inbox",
        "REDIS_HOST": f"127.0.0.1:{redis}",
        "TMPDIR": str(temporary),
        "LOG_ENABLED": "false",
    }
    here = Path(__file__).parent
    command = [node / "bin" / "node", "--require", here / "loopback.cjs", here / "network.mjs"]
    running = _child(command, place / "node.log", environment=environment, stdin=subprocess.PIPE, out=subprocess.PIPE)
    children.append(running)
    return _ready(running, place / "node.log")


def _ready(node: subprocess.Popen[bytes], log: Path) -> str:
    out: IO[bytes] | None = node.stdout
    for line in out or ():
        if line.startswith(b"READY "):
            told: dict[str, str] = json.loads(line[6:])
            # What it prints later is of no use, but must not fill the pipe.
            threading.Thread(target=out.read if out else int, daemon=True).start()
            return json.dumps(told)
    end = log.read_text(encoding="utf-8", errors="replace")[-2000:]
    raise SystemExit(f"The AT Protocol network did not start: {end}")


def _postgres(place: Path, port: int) -> subprocess.Popen[bytes]:
    initdb, server = parts.postgres_program("initdb"), parts.postgres_program("postgres")
    if initdb is None or server is None:
        raise SystemExit("PostgreSQL is not installed.")
    data = place / "postgres"
    data.mkdir(mode=0o700)
    if os.geteuid() == 0:
        os.chown(data, int(_NOBODY), int(_NOBODY))
        place.chmod(0o711)
    made = [*_unprivileged(), initdb, "-D", data, "-U", "inbox", "-A", "trust"]
    made += ["--no-sync", "--encoding=UTF8", "--locale=C"]
    subprocess.run([str(word) for word in made], check=True, stdout=subprocess.DEVNULL, cwd="/")
    settings = {"port": port, "listen_addresses": "127.0.0.1", "unix_socket_directories": data, "fsync": "off"}
    settings |= {"synchronous_commit": "off", "full_page_writes": "off", "max_connections": 200}
    options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    return _child([*_unprivileged(), server, "-D", data, *options], place / "postgres.log", end="INT")


def _redis(place: Path, port: int) -> subprocess.Popen[bytes]:
    program = parts.program("redis-server")
    if program is None:
        raise SystemExit("redis-server is not installed.")
    command = [program, "--port", port, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", place]
    return _child(command, place / "redis.log")


def _unprivileged() -> list[str]:
    """PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return []
    return ["setpriv", f"--reuid={_NOBODY}", f"--regid={_NOBODY}", "--clear-groups"]


def _child(
    command: list[object],
    log: Path,
    *,
    end: str = "KILL",
    environment: dict[str, str] | None = None,
    stdin: int = subprocess.DEVNULL,
    out: int | None = None,
) -> subprocess.Popen[bytes]:
    words = [str(word) for word in command]
    if words[0] == "setpriv":
        words[1:1] = ["--pdeathsig", end]
    elif shutil.which("setpriv"):
        words = ["setpriv", "--pdeathsig", end, *words]
    with log.open("wb") as kept:
        return subprocess.Popen(words, stdin=stdin, stdout=out or kept, stderr=kept, env=environment, cwd="/")


def _answers(port: int) -> None:
    end = time.monotonic() + _WAIT
    while True:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on."""
    with socket.socket() as made:
        made.bind(("127.0.0.1", 0))
        port: int = made.getsockname()[1]
        return port


def _stop(children: list[subprocess.Popen[bytes]]) -> None:
    for child in reversed(children):
        if child.stdin is not None:
            child.stdin.close()
        else:
            # INT makes PostgreSQL break off its connections and end at once; Redis ends as well.
            child.send_signal(signal.SIGINT)
        try:
            child.wait(5)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


if __name__ == "__main__":
    sys.exit(main())
