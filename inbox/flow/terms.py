"""The terms that a thread's clocks run under: its policy, found when the first clock asks."""

from dataclasses import replace
from functools import cached_property

from inbox.flow.rulebook import Rulebook
from inbox.model.words import Metric
from inbox.model.workspace import UNSORTED, Policy, When
from inbox.routing.facts import Facts
from inbox.routing.patterns import Hits
from inbox.sla import policy as policies
from inbox.sla.policy import Terms
from inbox.store.clocks import ThreadHistory


class TermsOf:
    """Gives the terms of a thread as it stands now; called with a metric."""

    def __init__(self, history: ThreadHistory, book: Rulebook) -> None:
        self._history = history
        self._book = book

    def __call__(self, metric: Metric) -> Terms:
        """The terms for one metric; a calendar that cannot measure gives no deadline."""
        history = self._history
        basis = (history.area, str(history.priority), history.policy)
        terms = policies.terms(self.policy, metric, history.priority, history.area_calendar, basis)
        if terms.calendar in self._book.refused:
            return replace(terms, target=None)
        return terms

    @cached_property
    def policy(self) -> Policy | None:
        """The policy that holds for the thread now."""
        return policies.pick(self._book.workspace.policies, self._holds, self._history.policy)

    @cached_property
    def _hits(self) -> Hits:
        return self._book.rules.hits(self._history.text)

    @cached_property
    def _facts(self) -> Facts:
        history = self._history
        first = history.posts[0]  # a clock is asked for, so there is a mention that started it
        return Facts(
            text=history.text,
            network=history.network,
            account=history.account,
            at=first.created_at,
            kind=first.kind,
            language=history.language,
            sentiment=history.sentiment,
            author_tags=history.author_tags,
            followers=history.followers,
            verified=history.verified,
            has_media=any(post.has_media for post in history.posts),
            priority=history.priority,
            area=history.area or UNSORTED,
            incident=history.incident,
        )

    def _holds(self, when: When) -> bool:
        return self._book.rules.holds(when, self._facts, self._hits)
