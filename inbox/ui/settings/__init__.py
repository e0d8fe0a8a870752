"""Settings: of the workspace, of this desktop, and the keys."""

from inbox.ui.settings.page import SettingsPage

__all__ = ["SettingsPage"]
