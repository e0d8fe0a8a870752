"""A user's folders and preferences."""

from pathlib import Path

import pytest

from inbox import settings
from inbox.settings import Preferences


def test_the_workspace_may_be_named_by_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INBOX_WORKSPACE", "/somewhere/team.inbox")
    assert settings.default_workspace() == "/somewhere/team.inbox"
    monkeypatch.delenv("INBOX_WORKSPACE")
    assert settings.default_workspace().endswith("workspace.inbox")


def test_preferences_come_back(tmp_path: Path) -> None:
    kept = Preferences(employee="ana", scheme="dark", text_size=120)
    settings.save_preferences(kept, tmp_path)
    assert settings.load_preferences(tmp_path) == kept


@pytest.mark.parametrize("text", ["", "{", "[]", '{"text_size": "big", "unknown": 1}'])
def test_broken_preferences_are_the_usual_ones(tmp_path: Path, text: str) -> None:
    (tmp_path / "preferences.json").write_text(text)
    assert settings.load_preferences(tmp_path) == Preferences()
