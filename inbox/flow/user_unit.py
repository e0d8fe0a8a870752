"""A user service that collects on a machine that is always on."""

import os
import sys
from pathlib import Path
from typing import Final

from inbox import settings

NAME: Final = "social-inbox.service"

_UNIT: Final = """[Unit]
Description=Social Inbox collector
After=network-online.target

[Service]
ExecStart={program} -m inbox -w {workspace} collect
Restart=on-failure
RestartSec=10
{environment}
[Install]
WantedBy=default.target
"""


def install(address: str, folder: Path | None = None) -> Path:
    """Write the service of this user's systemd; where it stands. Raises ``OSError``."""
    place = folder or settings.config_folder().parent / "systemd" / "user"
    place.mkdir(parents=True, exist_ok=True)
    kept = os.environ.get("INBOX_SECRETS_DIR")
    environment = f"Environment={_quoted(f'INBOX_SECRETS_DIR={kept}')}\n" if kept else ""
    workspace = address if "://" in address else str(Path(address).resolve())
    path = place / NAME
    unit = _UNIT.format(program=_quoted(sys.executable), workspace=_quoted(workspace), environment=environment)
    path.write_text(unit, encoding="utf-8")
    return path


def _quoted(word: str) -> str:
    """A word as systemd reads it: in quotes, with its own signs doubled."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{escaped}"'
