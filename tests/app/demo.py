"""What can be learnt of a running demo: what a screen reader says, what its commands say, what it has started."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.app.screen import Screen


def rows(screen: Screen, name: str = "Threads") -> list[str]:
    """What a screen reader says of the rows in a list, the queue's by default; empty where it is not shown."""
    tree = screen.tree()
    lists = ("table", "list")
    at = next((n for n, each in enumerate(tree) if each["name"] == name and each["role"] in lists), None)
    if at is None:
        return []
    inside = []
    for each in tree[at + 1 :]:
        if each["depth"] <= tree[at]["depth"]:
            break
        inside.append(each)
    return [each["name"] for each in inside if each["role"] in {"table cell", "list item"} and each["name"]]


def ask(screen: Screen, *words: str) -> Any:
    """What a command says of the demo's workspace."""
    address = next(iter(screen.folder.glob("inbox-demo-*/demo.inbox")))
    command = [sys.executable, "-m", "inbox", "-w", str(address), *words, "--json"]
    done = subprocess.run(command, env=screen.environment, capture_output=True, text=True, check=True, timeout=60)
    return json.loads(done.stdout)


def children(pid: int) -> list[int]:
    """The processes that a process has started."""
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(each) for each in listed]
