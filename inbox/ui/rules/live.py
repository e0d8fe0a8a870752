"""Asks, while somebody types, what is wrong with the rule and what it would match."""

import gc
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from inbox.model.workspace import Rule, Workspace
from inbox.ui.context import Context
from inbox.ui.entries.reading import by_field

if TYPE_CHECKING:
    from datetime import datetime

    from inbox.flow.matching import Matches, Sample
    from inbox.store.engine import Store

DEBOUNCE_MS = 120
DAYS, MANY = 7, 2_000


@dataclass(frozen=True, slots=True)
class Question:
    """A rule as it stands on screen. ``replaces`` is its stored name, ``position`` where a new one is to stand;
    ``typing`` is the word being typed into the condition ``typing_in``.
    """

    rule: Rule
    replaces: str | None
    position: int | None
    before: Workspace
    typing: str = ""
    typing_in: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is wrong, by field, and what matches; no matches where something is wrong."""

    question: Question
    problems: dict[str, str]
    matches: "Matches | None" = None


class Matching(Protocol):
    """How the stored threads are asked."""

    def answer(self, store: "Store", question: Question, now: "datetime", stop: Callable[[], bool]) -> Answer:
        """What is wrong with the rule, and which threads of the last days it matches. May raise ``Stopped``."""

    def counts(self, store: "Store", workspace: Workspace, now: "datetime") -> dict[str, int]:
        """How many threads of the last days each stored rule matches."""

    def refresh(self) -> None:
        """Threads came in or changed: they are read anew."""


class StoredThreads:
    """The flows, imported on the lane that asks. The threads are read once and kept while rules are edited."""

    def __init__(self) -> None:
        """Nothing is read yet."""
        self._sample: Sample | None = None
        self._lock = threading.Lock()

    def refresh(self) -> None:
        """The next question reads the threads anew."""
        self._sample = None

    def answer(self, store: "Store", question: Question, now: "datetime", stop: Callable[[], bool]) -> Answer:
        """By the checks of the workspace file, then by the threads."""
        from inbox.flow import matching
        from inbox.flow.rules import problems_of

        found = problems_of(question.before, question.rule, replaces=question.replaces)
        problems = by_field(found)
        if any(field.startswith("when") for field in problems):
            return Answer(question, problems)
        asked = self._read(store, question.before, now)
        place = None if question.position is None else min(question.position, len(question.before.rules))
        made = matching.match(
            asked,
            question.rule,
            replaces=question.replaces,
            position=place,
            typing=question.typing,
            typing_in=question.typing_in or "text_any",
            stop=stop,
        )
        return Answer(question, problems, made)

    def counts(self, store: "Store", workspace: Workspace, now: "datetime") -> dict[str, int]:
        """By the same threads."""
        from inbox.flow import matching

        return matching.counts_of(self._read(store, workspace, now))

    def _read(self, store: "Store", workspace: Workspace, now: "datetime") -> "Sample":
        from inbox.flow import matching

        # Counts and matches are asked by two lanes at once: thousands of rules are made ready for both together.
        with self._lock:
            kept = self._sample
            if kept is None:
                kept = matching.sample(store, days=DAYS, now=now, before=workspace)
                if kept.threads > MANY:
                    # Else each search for rubbish goes through all of them, and the window stands still meanwhile.
                    gc.freeze()
            elif kept.workspace != workspace:
                kept = matching.based_on(kept, workspace)
            self._sample = kept
            return kept


def asker(context: Context, matching: Matching) -> Callable[[Question, Callable[[], bool]], Answer]:
    """What answers a question on a lane; nothing matches without a store."""

    def work(question: Question, stop: Callable[[], bool]) -> Answer:
        store = context.store
        return Answer(question, {}) if store is None else matching.answer(store, question, context.now(), stop)

    return work
