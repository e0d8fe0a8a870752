"""This user's own folders and preferences on this machine; what a team shares lives in the workspace."""

import json
import os
import tempfile
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

_APP = "social-inbox"
_FILE = "preferences.json"


@dataclass(frozen=True, slots=True)
class Preferences:
    """What one person prefers on one machine. ``employee`` is who they are in the workspace; ``scheme`` is
    ``system``, ``light``, ``dark`` or ``contrast``; ``workspace`` is the address opened last.
    """

    employee: str = ""
    scheme: str = "system"
    density: str = "comfortable"
    text_size: int = 100
    workspace: str = ""
    allow_media: bool = False
    window: str = ""


def data_folder() -> Path:
    """Where the user's workspace is kept."""
    from platformdirs import user_data_path

    return user_data_path(_APP, appauthor=False)


def config_folder() -> Path:
    """Where the user's preferences are kept."""
    from platformdirs import user_config_path

    return user_config_path(_APP, appauthor=False)


def default_workspace() -> str:
    """The workspace's address when none is given: ``INBOX_WORKSPACE``, else a file in the user's data folder."""
    return os.environ.get("INBOX_WORKSPACE") or str(data_folder() / "workspace.inbox")


def allow_loopback() -> bool:
    """True where tests may reach servers on this machine over plain http (``INBOX_ALLOW_LOOPBACK=1``)."""
    return os.environ.get("INBOX_ALLOW_LOOPBACK") == "1"


def load_preferences(folder: Path | None = None) -> Preferences:
    """The user's preferences. A value that is missing or of a wrong type is the default: never an error."""
    try:
        found: Any = json.loads(((folder or config_folder()) / _FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Preferences()
    if not isinstance(found, dict):
        return Preferences()
    usual = Preferences()
    known = {field.name: type(getattr(usual, field.name)) for field in fields(Preferences)}
    return Preferences(**{name: value for name, value in found.items() if type(value) is known.get(name)})


def save_preferences(preferences: Preferences, folder: Path | None = None) -> None:
    """Keep the user's preferences, whole or not at all. Raises ``OSError``."""
    place = folder or config_folder()
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, name = tempfile.mkstemp(dir=place, prefix=f".{_FILE}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(asdict(preferences), file, indent=1)
        Path(name).replace(place / _FILE)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
