"""A policy under edit: what stands in its fields, finished or not."""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Final

from PySide6.QtCore import QCoreApplication

from inbox.model import duration
from inbox.model.words import Metric, PolicyAction, Priority
from inbox.model.workspace import ON_BREACH, ON_WARNING, Policy, Rule, Then, When
from inbox.ui.entries.book import EntryBook, Kind
from inbox.ui.rules.draft import Draft as RuleDraft
from inbox.ui.rules.draft import Part, rule_of
from inbox.ui.rules.draft import draft_of as rule_draft_of

FIELDS: Final = {
    Metric.FIRST: "first_response",
    Metric.NEXT: "next_response",
    Metric.RESOLUTION: "resolution",
}
"""Where a metric's target stands in a policy, and how errors name it."""
PRIORITIES: Final = tuple(Priority)


@dataclass(frozen=True, slots=True)
class Target:
    """What is typed for one metric: one duration, or one for each priority while it is ``split``.

    Both sides are kept, so that switching there and back loses nothing.
    """

    split: bool = False
    one: str = ""
    each: tuple[str, ...] = ("",) * len(PRIORITIES)


def _nothing() -> dict[Metric, Target]:
    return dict.fromkeys(FIELDS, Target())


@dataclass(frozen=True, slots=True)
class Draft:
    """What the editor holds. ``base`` is the stored policy that it began from, None for a new one.

    ``position`` is where a new policy is to stand, from 0.
    """

    name: str = ""
    conditions: tuple[Part, ...] = ()
    calendar: str | None = None
    targets: dict[Metric, Target] = field(default_factory=_nothing)
    warn: str = ""
    on_warning: tuple[PolicyAction, ...] = ON_WARNING
    on_breach: tuple[PolicyAction, ...] = ON_BREACH
    base: Policy | None = None
    position: int = 0

    @property
    def edited(self) -> bool:
        """True while it differs from what is stored."""
        return self.base is None or policy_of(self) != self.base or bool(unfinished(self, name=False))


def draft_of(policy: Policy, position: int = 0) -> Draft:
    """The draft that a policy begins as."""
    return Draft(
        policy.name,
        rule_draft_of(Rule("", policy.when, Then())).conditions,
        policy.calendar,
        {metric: _typed(getattr(policy, name)) for metric, name in FIELDS.items()},
        duration.show(policy.warn_before) if policy.warn_before else "",
        policy.on_warning,
        policy.on_breach,
        policy,
        position,
    )


def when_of(draft: Draft) -> When:
    """The conditions as they stand; those without a value are left out."""
    return rule_of(RuleDraft(conditions=draft.conditions)).when


def policy_of(draft: Draft) -> Policy:
    """The policy as it stands; what is not finished is left out."""
    promised = {name: _promised(draft.targets[metric]) for metric, name in FIELDS.items()}
    return Policy(
        draft.name.strip(),
        when_of(draft),
        draft.calendar,
        promised["first_response"],
        promised["next_response"],
        promised["resolution"],
        _span(draft.warn) or timedelta(0),
        draft.on_warning,
        draft.on_breach,
    )


def unfinished(draft: Draft, *, name: bool = True) -> dict[str, str]:
    """What is missing or cannot be read, by field ("name", "when.area", "first_response.high"), in plain words."""
    found: dict[str, str] = {}
    if name and not draft.name.strip():
        found["name"] = _tr("Give the policy a name.")
    for key, value in draft.conditions:
        if value is None or value in {(), ""}:
            found[f"when.{key}"] = _tr("Nothing is given here. Fill it in or take it away.")
    for metric, where in FIELDS.items():
        target = draft.targets[metric]
        if not target.split:
            _read(found, where, target.one)
            continue
        for priority, text in zip(PRIORITIES, target.each, strict=True):
            _read(found, f"{where}.{priority}", text)
    _read(found, "warn_before", draft.warn)
    return found


def _read(found: dict[str, str], where: str, text: str) -> None:
    try:
        duration.parse(_joined(text) or "0s")
    except ValueError as error:
        found[where] = f"{error}."


def _span(text: str) -> timedelta | None:
    try:
        return duration.parse(_joined(text)) if text.strip() else None
    except ValueError:
        return None


def _joined(text: str) -> str:
    """People write "1h 30m" and "2 H"."""
    return "".join(text.split()).lower()


def _promised(target: Target) -> timedelta | dict[Priority, timedelta] | None:
    if not target.split:
        return _span(target.one)
    found = {
        each: span for each, text in zip(PRIORITIES, target.each, strict=True) if (span := _span(text)) is not None
    }
    return found or None


def _typed(promised: timedelta | dict[Priority, timedelta] | None) -> Target:
    if isinstance(promised, dict):
        each = tuple(duration.show(promised[one]) if one in promised else "" for one in PRIORITIES)
        return Target(split=True, each=each)
    return Target(one="" if promised is None else duration.show(promised))


def _tr(text: str) -> str:
    return QCoreApplication.translate("policies", text)


def book() -> EntryBook[Policy, Draft]:
    """The policies as the screen holds them."""
    kind = Kind(lambda of: of.policies, lambda of, policies: replace(of, policies=policies), draft_of, policy_of)
    return EntryBook(kind)
