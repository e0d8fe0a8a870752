"""The demo's script and workspace file, as they lie among the product's resources."""

import tomllib
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from inbox.model.account import Limits
from inbox.model.words import LengthRule
from inbox.resources import resources


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """An account that the demo network offers; ``key`` names it in the script."""

    key: str
    handle: str
    title: str
    limits: Limits


@dataclass(frozen=True, slots=True)
class Script:
    """Everything the network's people will do, as written."""

    accounts: tuple[DemoAccount, ...]
    authors: dict[str, dict[str, Any]]
    threads: tuple[dict[str, Any], ...]
    outages: tuple[dict[str, Any], ...]
    crisis: dict[str, Any] = field(default_factory=dict)
    endless: dict[str, Any] = field(default_factory=dict)


@cache
def load_script() -> Script:
    """The script."""
    told = tomllib.loads(resource("script.toml"))
    return Script(
        accounts=tuple(map(_account, told["accounts"])),
        authors={each["handle"]: each for each in told["authors"]},
        threads=tuple(told["threads"]),
        outages=tuple(told["outages"]),
        crisis=told["crisis"],
        endless=told["endless"],
    )


def workspace_toml() -> str:
    """The text of the demo's workspace file: areas, employees, calendars, policies and rules of Example Air."""
    return resource("workspace.toml")


def _account(told: dict[str, Any]) -> DemoAccount:
    limits = Limits(length=told["length"], length_rule=LengthRule(told["rule"]), can_message=True, idempotent=True)
    return DemoAccount(told["key"], told["handle"], told["title"], limits)


def resource(name: str) -> str:
    """The text of one of the demo's files."""
    return (resources() / "demo" / name).read_text(encoding="utf-8")
