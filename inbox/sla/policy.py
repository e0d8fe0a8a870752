"""Which policy holds for a thread, and what it promises: the first, in order, whose conditions match."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from inbox.model.words import Metric, PolicyAction, Priority
from inbox.model.workspace import ON_BREACH, ON_WARNING, Calendar, Policy, When

ALWAYS: Final = Calendar(name="24x7")
_MICRO: Final = timedelta(microseconds=1)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Terms:
    """What a clock is measured against: the policy as it was when the clock was last evaluated.

    ``basis`` is what the choice rested on (area, priority, policy named by a rule): while it stays the same, a
    running clock keeps its terms, whatever becomes of the workspace file. ``earlier`` are the terms that it ran
    under before a move of area or priority, each with its end: an answer that turns out to have been given before
    the move is measured by them.
    """

    policy: str | None
    calendar: str | None
    target: timedelta | None
    warn_before: timedelta
    basis: tuple[str | None, ...] = ()
    on_warning: tuple[PolicyAction, ...] = ON_WARNING
    on_breach: tuple[PolicyAction, ...] = ON_BREACH
    earlier: tuple[tuple[datetime, "Terms"], ...] = ()

    def followed_by(self, fresh: "Terms", at: datetime) -> "Terms":
        """The terms after a move at ``at``; these are remembered if the move changed what is promised."""
        alone = replace(self, earlier=())
        same = (self.target, self.calendar, self.warn_before) == (fresh.target, fresh.calendar, fresh.warn_before)
        return replace(fresh, earlier=self.earlier if same else (*self.earlier, (at, alone)))

    def stretches(self) -> list[tuple[datetime | None, "Terms"]]:
        """All terms in their order, each as it stood then, with the end of its time; the last has none."""
        found: list[tuple[datetime | None, Terms]] = []
        for place, (until, terms) in enumerate(self.earlier):
            found.append((until, replace(terms, earlier=self.earlier[:place])))
        return [*found, (None, self)]

    def to_json(self) -> dict[str, Any]:
        """As the clock's row keeps it; durations in microseconds."""
        written: dict[str, Any] = {
            "policy": self.policy,
            "calendar": self.calendar,
            "target": None if self.target is None else self.target // _MICRO,
            "warn_before": self.warn_before // _MICRO,
            "basis": list(self.basis),
            "on_warning": [str(each) for each in self.on_warning],
            "on_breach": [str(each) for each in self.on_breach],
        }
        if self.earlier:
            written["earlier"] = [[(until - _EPOCH) // _MICRO, each.to_json()] for until, each in self.earlier]
        return written


def terms_from(doc: dict[str, Any]) -> Terms:
    """Terms as ``to_json`` wrote them; those of older clocks, which name no actions, have the usual ones."""
    target = doc["target"]
    return Terms(
        doc["policy"],
        doc["calendar"],
        None if target is None else timedelta(microseconds=target),
        timedelta(microseconds=doc["warn_before"]),
        tuple(doc["basis"]),
        _actions(doc.get("on_warning"), ON_WARNING),
        _actions(doc.get("on_breach"), ON_BREACH),
        tuple((_EPOCH + micros * _MICRO, terms_from(each)) for micros, each in doc.get("earlier", ())),
    )


def _actions(words: Sequence[str] | None, usual: tuple[PolicyAction, ...]) -> tuple[PolicyAction, ...]:
    return usual if words is None else tuple(PolicyAction(each) for each in words)


def pick(policies: Sequence[Policy], matches: Callable[[When], bool], named: str | None = None) -> Policy | None:
    """The policy that a rule named, else the first whose conditions hold; None when none does."""
    for policy in policies:
        if policy.name == named:
            return policy
    return next((policy for policy in policies if matches(policy.when)), None)


def target(policy: Policy | None, metric: Metric, priority: Priority) -> timedelta | None:
    """The business time that the policy allows, None where it promises nothing."""
    if policy is None:
        return None
    promised = {
        Metric.FIRST: policy.first_response,
        Metric.NEXT: policy.next_response,
        Metric.RESOLUTION: policy.resolution,
    }[metric]
    return promised.get(priority) if isinstance(promised, dict) else promised


def terms(
    policy: Policy | None, metric: Metric, priority: Priority, area_calendar: str | None, basis: tuple[str | None, ...]
) -> Terms:
    """The terms of one clock: the policy's calendar, else the area's, else round the clock (None)."""
    if policy is None:
        return Terms(None, area_calendar, None, timedelta(0), basis)
    promised = target(policy, metric, priority)
    calendar = policy.calendar or area_calendar
    return Terms(policy.name, calendar, promised, policy.warn_before, basis, policy.on_warning, policy.on_breach)
