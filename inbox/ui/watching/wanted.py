"""What the form asks for: ``[hot]`` of the workspace file as text in fields, and back."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QCoreApplication, QLocale

from inbox.model.workspace import Workspace

if TYPE_CHECKING:
    from inbox.hot.detector import Settings

NAMES: Final = ("min_authors", "false_alarms_per_day", "similarity", "reach", "growth")
FRACTIONS: Final = frozenset({"false_alarms_per_day"})
"""The other numbers are whole; similarity is asked for in percent."""
PERCENT: Final = 100


@dataclass(frozen=True, slots=True)
class Wanted:
    """The numbers as they are typed, by name, and the watched phrases."""

    texts: dict[str, str]
    watch: tuple[str, ...]

    def errors(self, workspace: Workspace) -> dict[str, str]:
        """What is wrong, by field; phrases are the field ``watch``."""
        from inbox.flow.hot.settings import problems_of

        unread = {name: _asks_for(name) for name in NAMES if self._value(name) is None}
        read = {name: value for name, value in self._said().items() if name not in unread}
        return dict(reversed(problems_of(read, workspace))) | unread

    def document(self) -> dict[str, Any]:
        """``[hot]`` as these fields ask for it. Raises ``ValueError`` where a number is none."""
        found = self._said()
        unread = [name for name, value in found.items() if value is None]
        if unread:
            raise ValueError(unread[0])
        return found

    def arguments(self) -> list[str]:
        """The same for ``inbox hot try``. Raises ``ValueError`` where a number is none."""
        told = self.document()
        options = {
            "min-authors": told["min_authors"],
            "false-alarms": told["false_alarms_per_day"],
            "similarity": told["similarity"],
            "reach": told["reach"],
            "growth": told["growth"],
        }
        phrases = told["watch"] or [""]
        return [f"--{name}={value}" for name, value in options.items()] + [f"--watch={each}" for each in phrases]

    def _said(self) -> dict[str, Any]:
        found: dict[str, Any] = {name: self._value(name) for name in NAMES}
        alike = found["similarity"]
        return found | {"similarity": None if alike is None else alike / PERCENT, "watch": list(self.watch)}

    def _value(self, name: str) -> float | None:
        value = _number(self.texts[name])
        if value is None or name in FRACTIONS:
            return value
        return int(value) if value == int(value) else None


def wanted_of(settings: "Settings") -> Wanted:
    """The fields for settings in force."""
    numbers = {name: getattr(settings, name) for name in NAMES} | {"similarity": round(settings.similarity * PERCENT)}
    return Wanted({name: _written(value) for name, value in numbers.items()}, settings.watch)


def _asks_for(name: str) -> str:
    if name in FRACTIONS:
        return QCoreApplication.translate("watching", "Write a number, like 1 or 0.5.")
    return QCoreApplication.translate("watching", "Write a whole number.")


def _written(value: float) -> str:
    here = _locale()
    return here.toString(value) if isinstance(value, int) else here.toString(value, "g", 6)


def _number(text: str) -> float | None:
    """A number as people here write it, or as programs do; None for none."""
    text = "".join(text.split())
    for here in (_locale(), QLocale.c()):
        value, good = here.toDouble(text)
        if good:
            return value
    return None


def _locale() -> QLocale:
    """Without a locale Qt groups no digits, though all our words are English then."""
    here = QLocale()
    return QLocale(QLocale.Language.English) if here.language() == QLocale.Language.C else here
