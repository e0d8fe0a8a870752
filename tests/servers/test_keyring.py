"""Secrets in the system's own keyring: a real gnome-keyring on a private bus."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.servers import parts

PROGRAMS = ("dbus-run-session", "gnome-keyring-daemon", "secret-tool")
LACKING = [name for name in PROGRAMS if shutil.which(name) is None]

pytestmark = pytest.mark.server

UNLOCK = "printf wake | gnome-keyring-daemon --unlock --components=secrets >/dev/null"
LOCK = (
    "gdbus call --session --dest org.freedesktop.secrets --object-path /org/freedesktop/secrets "
    "--method org.freedesktop.Secret.Service.Lock \"['/org/freedesktop/secrets/collection/login']\" >/dev/null"
)


@pytest.fixture(autouse=True)
def _keyring_installed() -> None:
    if LACKING and parts.required():
        pytest.fail(f"Missing: {', '.join(LACKING)}.")
    if LACKING:
        pytest.skip(f"Missing: {', '.join(LACKING)}.")


def on_a_private_bus(folder: Path, *steps: str) -> subprocess.CompletedProcess[str]:
    """Run steps of a shell in a session of their own, with a private HOME; each ``{python}`` is ours."""
    environment = {
        **os.environ,
        "HOME": str(folder),
        "XDG_DATA_HOME": str(folder / "data"),
        "XDG_CONFIG_HOME": str(folder / "config"),
        "XDG_CACHE_HOME": str(folder / "cache"),
        "XDG_RUNTIME_DIR": str(folder / "run"),
        "INBOX_WORKSPACE": str(folder / "w.inbox"),
        "PYTHONPATH": str(parts.PROJECT),
    }
    environment.pop("INBOX_SECRETS_DIR", None)
    for name in ("data", "config", "cache", "run"):
        (folder / name).mkdir(mode=0o700, exist_ok=True)
    script = "\n".join(("set -e", *steps)).replace("{python}", sys.executable)
    return subprocess.run(
        ["dbus-run-session", "--", "sh", "-c", script],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def run(words: str) -> str:
    """A line of Python about one account's secret; its trouble is printed as people see it."""
    return f"""{{python}} - <<'END'
from inbox import secrets
from inbox.model.ids import AccountId
try:
    {words}
except secrets.SecretError as error:
    print("told:", error)
END"""


PUT = run("secrets.put('w', AccountId(7), 'token of ours')")
GET = run("print('got:', secrets.get('w', AccountId(7)))")
DROP = run("secrets.drop('w', AccountId(7))")


def test_a_secret_is_kept_and_forgotten_by_the_system_keyring(tmp_path: Path) -> None:
    find = "echo found: $(secret-tool lookup service social-inbox username w/7)"
    done = on_a_private_bus(tmp_path, UNLOCK, PUT, GET, find, DROP, GET)
    assert done.stdout.splitlines() == ["got: token of ours", "found: token of ours", "got: None"], done.stderr


def test_no_file_of_ours_holds_the_secret(tmp_path: Path) -> None:
    done = on_a_private_bus(tmp_path, UNLOCK, PUT, GET)
    assert "got: token of ours" in done.stdout
    for path in tmp_path.rglob("*"):
        if path.is_file():
            assert b"token of ours" not in path.read_bytes(), path


def test_without_a_keyring_it_is_said_and_nothing_hangs(tmp_path: Path) -> None:
    done = on_a_private_bus(tmp_path, PUT, GET)
    assert done.stdout.count("told: ") == 2
    assert "keyring" in done.stdout
    assert "token of ours" not in done.stdout + done.stderr


def test_a_locked_keyring_is_said_and_nothing_hangs(tmp_path: Path) -> None:
    done = on_a_private_bus(tmp_path, UNLOCK, PUT, LOCK, GET)
    assert done.stdout.startswith("told: "), done.stdout + done.stderr
    assert "keyring" in done.stdout


def test_an_account_cannot_be_added_without_a_keyring_and_nothing_is_saved(tmp_path: Path) -> None:
    add = "{python} -m inbox accounts add mastodon --handle brand --server https://127.0.0.1:9 --secret-stdin"
    done = on_a_private_bus(
        tmp_path,
        "{python} -m inbox init >/dev/null",
        f"echo token | {add} || echo exit $?",
        "{python} -m inbox accounts list --json",
    )
    assert "exit 1" in done.stdout
    assert '"accounts": []' in done.stdout
    assert "keyring" in done.stderr
    assert "Traceback" not in done.stderr
