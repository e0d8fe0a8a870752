"""Look: colour roles in three schemes, fonts by role, icons, spacing and the one style sheet."""

from inbox.ui.roles import Scheme
from inbox.ui.theme.theme import Theme, current

__all__ = ["Scheme", "Theme", "current"]
