"""Calendars, policies and rules as JSON documents in the workspace file's own shape, and back."""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import date, time, timedelta
from typing import Any

from inbox.model import duration
from inbox.model.people import WEEKDAYS, Interval, Week
from inbox.model.words import PolicyAction, Priority
from inbox.model.workspace import ON_BREACH, ON_WARNING, Calendar, ImportedDate, Policy, Rule, Then, When

Document = dict[str, Any]
Target = timedelta | dict[Priority, timedelta] | None


def week_of(document: Mapping[str, Any] | None) -> Week | None:
    """Hours of the week; None stays None (always)."""
    if document is None:
        return None
    return {day: intervals_of(document[day]) for day in WEEKDAYS if day in document}


def intervals_of(pairs: list[list[str]]) -> tuple[Interval, ...]:
    """Intervals written as pairs of ``HH:MM``; ``24:00`` is midnight at the end."""
    return tuple(Interval(_clock(start), _clock(end)) for start, end in pairs)


def _clock(text: str) -> time:
    return time(0) if text == "24:00" else time.fromisoformat(text)


def week_document(week: Week | None) -> Document | None:
    """The written form of hours of the week."""
    return None if week is None else {day: intervals_document(hours) for day, hours in week.items()}


def intervals_document(intervals: tuple[Interval, ...]) -> list[list[str]]:
    """The written form of intervals."""
    return [[_written(each.start), "24:00" if each.end == time(0) else _written(each.end)] for each in intervals]


def _written(clock: time) -> str:
    return clock.strftime("%H:%M:%S" if clock.second else "%H:%M")


def calendar_of(document: Mapping[str, Any], zone: str = "UTC") -> Calendar:
    """A calendar from its document; ``zone`` is the workspace's, for one that names none."""
    holidays = document.get("holidays")
    return Calendar(
        name=document["name"],
        time_zone=document.get("time_zone", zone),
        week=week_of(document.get("week")),
        holidays=(holidays["country"], holidays.get("subdivision")) if holidays else None,
        closed=tuple(date.fromisoformat(day) for day in document.get("closed", ())),
        open={date.fromisoformat(day): intervals_of(hours) for day, hours in document.get("open", {}).items()},
        imported=tuple(_imported_of(each) for each in document.get("imported", ())),
    )


def calendar_document(calendar: Calendar) -> Document:
    """The document of a calendar."""
    holidays: Document | None = None
    if calendar.holidays:
        holidays = {"country": calendar.holidays[0]}
        if calendar.holidays[1]:
            holidays["subdivision"] = calendar.holidays[1]
    return _given(
        name=calendar.name,
        time_zone=calendar.time_zone,
        week=week_document(calendar.week),
        holidays=holidays,
        closed=[day.isoformat() for day in calendar.closed] or None,
        open={day.isoformat(): intervals_document(hours) for day, hours in calendar.open.items()} or None,
        imported=[_imported_document(each) for each in calendar.imported] or None,
    )


def _imported_of(document: Mapping[str, Any]) -> ImportedDate:
    day = date.fromisoformat(document["date"])
    return ImportedDate(day, document.get("name", ""), document.get("on", True), document.get("uid", ""))


def _imported_document(each: ImportedDate) -> Document:
    off = None if each.on else False
    return _given(date=each.date.isoformat(), name=each.name or None, on=off, uid=each.uid or None)


def when_of(document: Mapping[str, Any]) -> When:
    """Conditions from their document."""
    found: Document = {key: tuple(value) if isinstance(value, list) else value for key, value in document.items()}
    if "priority" in found:
        found["priority"] = tuple(Priority(each) for each in found["priority"])
    if "hours" in found:
        side, name = next(iter(found["hours"].items()))
        found["hours"] = (side == "inside", name)
    return When(**found)


def when_document(when: When) -> Document:
    """The document of conditions, holding only what is given."""
    found: Document = {}
    for each in fields(When):
        value = getattr(when, each.name)
        if value is None or value == ():
            continue
        found[each.name] = [str(item) for item in value] if isinstance(value, tuple) else value
    if when.hours is not None:
        found["hours"] = {"inside" if when.hours[0] else "outside": when.hours[1]}
    return found


def rule_of(document: Mapping[str, Any]) -> Rule:
    """A rule from its document."""
    then: Document = dict(document.get("then", {}))
    if "priority" in then:
        then["priority"] = Priority(then["priority"])
    then["tags"] = tuple(then.get("tags", ()))
    return Rule(document["name"], when_of(document.get("when", {})), Then(**then), document.get("on", True))


def rule_document(rule: Rule) -> Document:
    """The document of a rule."""
    then = _given(
        area=rule.then.area,
        priority=str(rule.then.priority) if rule.then.priority else None,
        tags=list(rule.then.tags) or None,
        policy=rule.then.policy,
        escalate=rule.then.escalate,
        hide=rule.then.hide,
        needs_reply=rule.then.needs_reply,
    )
    off = {} if rule.on else {"on": False}
    return {"name": rule.name, **off, "when": when_document(rule.when), "then": then}


def policy_of(document: Mapping[str, Any]) -> Policy:
    """A policy from its document."""
    return Policy(
        name=document["name"],
        when=when_of(document.get("when", {})),
        calendar=document.get("calendar"),
        first_response=_target_of(document.get("first_response")),
        next_response=_target_of(document.get("next_response")),
        resolution=_target_of(document.get("resolution")),
        warn_before=duration.parse(document.get("warn_before", "0s")),
        on_warning=_actions_of(document.get("on_warning"), ON_WARNING),
        on_breach=_actions_of(document.get("on_breach"), ON_BREACH),
    )


def policy_document(policy: Policy) -> Document:
    """The document of a policy; actions are written where they are not the usual ones."""
    return _given(
        name=policy.name,
        when=when_document(policy.when) or None,
        calendar=policy.calendar,
        first_response=_target_document(policy.first_response),
        next_response=_target_document(policy.next_response),
        resolution=_target_document(policy.resolution),
        warn_before=duration.show(policy.warn_before) if policy.warn_before else None,
        on_warning=_actions_document(policy.on_warning, ON_WARNING),
        on_breach=_actions_document(policy.on_breach, ON_BREACH),
    )


def _actions_of(words: Iterable[str] | None, usual: tuple[PolicyAction, ...]) -> tuple[PolicyAction, ...]:
    return usual if words is None else tuple(dict.fromkeys(PolicyAction(each) for each in words))


def _actions_document(actions: tuple[PolicyAction, ...], usual: tuple[PolicyAction, ...]) -> list[str] | None:
    return None if actions == usual else [str(each) for each in actions]


def _target_of(value: str | Mapping[str, str] | None) -> Target:
    if isinstance(value, Mapping):
        return {Priority(each): duration.parse(text) for each, text in value.items()}
    return None if value is None else duration.parse(value)


def _target_document(target: Target) -> str | Document | None:
    if isinstance(target, dict):
        return {str(each): duration.show(span) for each, span in target.items()}
    return None if target is None else duration.show(target)


def _given(**values: Any) -> Document:  # noqa: ANN401 - any JSON value
    return {key: value for key, value in values.items() if value is not None}
