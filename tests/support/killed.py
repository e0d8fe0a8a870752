"""A collector that is killed in a transaction: after it marked what has come, before it acted on it."""

import multiprocessing
import os
import signal
from datetime import datetime
from typing import NoReturn

from inbox.flow import clocks, policy_actions
from inbox.store.engine import open_store


def killed_between_mark_and_act(address: str, now: datetime) -> int | None:
    """Act on what has come in a process of its own; its exit code, minus the signal's number."""
    child = multiprocessing.get_context("spawn").Process(target=_collect, args=(address, now))
    child.start()
    child.join(60)
    return child.exitcode


def _collect(address: str, now: datetime) -> None:
    policy_actions.act = _die
    clocks.due(open_store(address), now=now)


def _die(*_: object, **__: object) -> NoReturn:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError
