"""What is wrong with a policy, and what is allowed and may still surprise."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final

from inbox.flow import config_shape
from inbox.flow.entries import Listed, Trouble
from inbox.model import duration
from inbox.model.words import Metric, Priority
from inbox.model.workspace import Calendar, Policy, When, Workspace
from inbox.routing.phrases import folded
from inbox.routing.shadows import covers
from inbox.sla.hours import refusal
from inbox.sla.policy import target
from inbox.store import config, documents

POLICIES: Listed[Policy] = Listed(
    "policy",
    "policies",
    lambda workspace: workspace.policies,
    config.save_policies,
    documents.policy_document,
    changed="changed the order of the policies",
)
FIELDS: Final = {
    Metric.FIRST: "first_response",
    Metric.NEXT: "next_response",
    Metric.RESOLUTION: "resolution",
}
"""Where a metric's target stands in a policy."""
_NEVER: Final = "No mention can ever be like that, so the policy would never apply."


def file_problems_of(workspace: Workspace, policy: Policy) -> list[Trouble]:
    """What the checks of the workspace file say of a policy."""
    found = config_shape.policy_problems(documents.policy_document(policy), workspace)
    return [(_field(place), sentence) for place, sentence in found]


def problems_of(workspace: Workspace, policy: Policy, *, replaces: str | None = None) -> list[Trouble]:
    """Everything that is wrong with a policy: by the checks of the workspace file, and what can never be kept.

    Empty for one that can be saved. ``replaces`` names the policy that it is an edit of.
    """
    found = file_problems_of(workspace, policy)
    twin = POLICIES.twin(workspace, policy.name, replaces)
    if twin is not None:
        found.append(("name", twin))
    return [*found, *_calendar(workspace, policy), *_never(workspace, policy.when), *_targets(policy)]


def notes_of(workspace: Workspace) -> dict[str, list[str]]:
    """What is allowed and may still surprise, by the policy's name."""
    found: dict[str, list[str]] = {}
    for place, policy in enumerate(workspace.policies):
        said = _shadow(workspace.policies[:place], policy)
        by_rule = any(rule.then.policy == policy.name and rule.on for rule in workspace.rules)
        if said and by_rule:
            said = [f"{each} Only a rule that names it brings it to bear." for each in said]
        if _promises_nothing(policy):
            said.append("It promises nothing: what it takes is measured, and has no deadline.")
        if said:
            found[policy.name] = said
    return found


def shortest(policy: Policy) -> tuple[timedelta, Metric, Priority | None] | None:
    """The shortest target, where it stands, and for which priority where there is one for each; None without any."""
    found = [each for each in _all_targets(policy) if each[0] > timedelta(0)]
    return min(found, key=lambda each: each[0], default=None)


def _all_targets(policy: Policy) -> Iterable[tuple[timedelta, Metric, Priority | None]]:
    for metric, name in FIELDS.items():
        promised = getattr(policy, name)
        if isinstance(promised, dict):
            yield from ((span, metric, priority) for priority, span in promised.items())
        elif promised is not None:
            yield promised, metric, None


def _promises_nothing(policy: Policy) -> bool:
    return next(iter(_all_targets(policy)), None) is None


def _targets(policy: Policy) -> list[Trouble]:
    found: list[Trouble] = []
    for span, metric, priority in _all_targets(policy):
        if span <= timedelta(0):
            said = "No time at all cannot be kept. Leave it empty to promise nothing."
            found.append((_place(policy, metric, priority), said))
    least = shortest(policy)
    if least is not None and policy.warn_before > least[0]:
        where = _named(least[1], least[2])
        found.append(
            (
                "warn_before",
                f"The warning would come before the time begins: {where} has {duration.show(least[0])} only. "
                "Warn later, or promise more time.",
            )
        )
    return found + _too_short(policy)


def _too_short(policy: Policy) -> list[Trouble]:
    """A thread cannot be resolved in time by what answers it in time, for the first priority where that is so."""
    for priority in Priority:
        first, whole = (target(policy, metric, priority) for metric in (Metric.FIRST, Metric.RESOLUTION))
        if first is not None and whole is not None and timedelta(0) < whole < first:
            said = (
                f"Resolution ({duration.show(whole)}) is due before the first response ({duration.show(first)}). "
                "Give it as much time at least."
            )
            return [(_place(policy, Metric.RESOLUTION, priority), said)]
    return []


def _named(metric: Metric, priority: Priority | None) -> str:
    words = {Metric.FIRST: "first response", Metric.NEXT: "next response", Metric.RESOLUTION: "resolution"}[metric]
    return words if priority is None else f"{words} for {priority}"


def _place(policy: Policy, metric: Metric, priority: Priority | None) -> str:
    name = FIELDS[metric]
    return f"{name}.{priority}" if priority is not None and isinstance(getattr(policy, name), dict) else name


def _calendar(workspace: Workspace, policy: Policy) -> list[Trouble]:
    """A calendar that is there and cannot measure; one that is not there is told by the file's checks."""
    chosen = _calendar_named(workspace, policy.calendar)
    why = refusal(chosen) if chosen is not None else None
    return [] if why is None else [("calendar", f"{why} It cannot measure time.")]


def _calendar_named(workspace: Workspace, name: str | None) -> Calendar | None:
    return next((each for each in workspace.calendars if each.name == name), None)


def _never(workspace: Workspace, when: When) -> list[Trouble]:
    """Conditions that exclude each other, as far as can be told without any text."""
    found: list[Trouble] = []
    barred = {folded(each).strip() for each in when.text_none}
    if when.text_any and {folded(each).strip() for each in when.text_any} <= barred:
        found.append(("when.text_none", f"All the words that it looks for are barred here. {_NEVER}"))
    elif barred & {folded(each).strip() for each in when.text_all}:
        found.append(("when.text_none", f"Words that must all be there are barred here. {_NEVER}"))
    if when.hours is not None and not when.hours[0]:
        calendar = _calendar_named(workspace, when.hours[1])
        if calendar is not None and _always_open(calendar):
            found.append(("when.hours", f"“{calendar.name}” is always open. {_NEVER}"))
    return found


def _always_open(calendar: Calendar) -> bool:
    closes = calendar.closed or calendar.holidays or calendar.open or any(each.on for each in calendar.imported)
    return calendar.week is None and not closes


def _shadow(earlier: Sequence[Policy], policy: Policy) -> list[str]:
    """The first policy before this one that takes all that it could take."""
    over = next((each for each in earlier if _takes_all(each.when, policy.when)), None)
    return [] if over is None else [f"It never applies: “{over.name}”, before it, takes all that it could take."]


def _takes_all(wide: When, narrow: When) -> bool:
    """Whether what matches ``narrow`` is sure to match ``wide``. Unlike rules, policies change neither area nor
    priority, so that these can be compared too.
    """
    for name in ("area", "priority"):
        asked, given = set(getattr(wide, name)), set(getattr(narrow, name))
        if asked and not (given and given <= asked):
            return False
    return covers(replace(wide, area=(), priority=()), replace(narrow, area=(), priority=()))


def _field(place: tuple[str | int, ...]) -> str:
    return ".".join(str(step) for step in place if isinstance(step, str)) or "policy"
