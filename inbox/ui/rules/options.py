"""What can be chosen for each kind of condition and action, from the workspace and what is connected."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from inbox.model.account import Account
from inbox.model.words import MentionKind, Priority
from inbox.model.workspace import UNSORTED, Workspace
from inbox.ui.details.languages import language_words
from inbox.ui.thread.words import network_title

LANGUAGES = ("en", "de", "es", "fr", "it", "pt", "nl", "sv", "pl", "tr", "ar", "hi", "ja", "ko", "zh", "ru", "id")
SENTIMENTS = ("positive", "neutral", "negative", "mixed")


@dataclass(frozen=True, slots=True)
class Option:
    """A choice in words; ``square`` is an area's colour."""

    value: str
    words: str
    square: int = -1


@dataclass(frozen=True, slots=True)
class Known:
    """The workspace as last read, and its accounts."""

    workspace: Workspace
    accounts: tuple[Account, ...] = ()

    def of(self, key: str) -> tuple[Option, ...]:
        """What may stand in a condition or action of this key; empty where anything may."""
        found = {
            "kind": tuple(_named(each) for each in MentionKind),
            "sentiment": tuple(_named(each) for each in SENTIMENTS),
            "priority": tuple(_named(each) for each in reversed(Priority)),
            "area": self._areas(),
            "network": self._networks(),
            "account": tuple(Option(each, f"@{each}") for each in self._handles()),
            "language": tuple(Option(code, language_words(code)) for code in LANGUAGES),
            "author_tags": tuple(Option(each, each) for each in self._author_tags()),
            "tags": tuple(Option(each, each) for each in self._tags()),
            "policy": tuple(Option(each.name, each.name) for each in self.workspace.policies),
            "escalate": tuple(Option(str(each["name"]), str(each["name"])) for each in self.workspace.escalations),
            "hours": tuple(Option(each.name, each.name) for each in self.workspace.calendars),
        }
        return found.get(key, ())

    def _areas(self) -> tuple[Option, ...]:
        areas = [(at, each) for at, each in enumerate(self.workspace.areas) if each.name != UNSORTED]
        found = [Option(each.name, each.name, each.color or at) for at, each in areas]
        return (*found, Option(UNSORTED, _tr("Unsorted")))

    def _networks(self) -> tuple[Option, ...]:
        names = dict.fromkeys([*(each.network for each in self.accounts), "mastodon", "bluesky"])
        return tuple(Option(each, network_title(each)) for each in names)

    def _handles(self) -> list[str]:
        return list(dict.fromkeys(each.handle for each in self.accounts))

    def _author_tags(self) -> list[str]:
        used = (tag for rule in self.workspace.rules for tag in rule.when.author_tags)
        return list(dict.fromkeys(["press", "employee", "bot", *used]))

    def _tags(self) -> list[str]:
        return list(dict.fromkeys(tag for rule in self.workspace.rules for tag in rule.then.tags))


def _named(word: str) -> Option:
    return Option(str(word), _tr(str(word).capitalize()))


def _tr(text: str) -> str:
    return QCoreApplication.translate("rules", text)
