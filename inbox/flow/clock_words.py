"""Says in sentences what time, late news and changed calendars did to clocks, from the audit events that keep it."""

from collections.abc import Mapping
from datetime import datetime, tzinfo
from typing import Any, Final

from inbox.model.words import Metric

CORRECTED: Final = "clock corrected"
MOVED: Final = "deadline moved"
KEPT: Final = "deadline kept"
_CAME: Final = {"breach": "is late since", "warn": "came near its deadline at"}
_METRICS: Final = {
    Metric.FIRST: "First response",
    Metric.NEXT: "Next response",
    Metric.RESOLUTION: "Resolution",
}
_FIELDS: Final = {
    "start": ("started", "not started"),
    "met": ("met", "not met"),
    "cancelled": ("cancelled", "not cancelled"),
    "breach": ("late since", "not late"),
    "clock": ("measured since", "not measured any more"),
}


def event_sentence(action: str, details: Mapping[str, Any], zone: tzinfo | None) -> str:
    """An audit event in words, its times in a zone (None: this computer's); empty for events of another kind."""
    if action == CORRECTED:
        return _corrected(details, zone)
    if action == MOVED:
        return _moved(details, zone)
    if action == KEPT:
        return f"{_metric(details)} keeps its deadline. {details['because']}"
    if action in _CAME:
        return f"{_named(details)} {_CAME[action]} {_time(details['at'], zone)}."
    return ""


def _corrected(details: Mapping[str, Any], zone: tzinfo | None) -> str:
    word, gone = _FIELDS.get(details["field"], (str(details["field"]), "not so any more"))
    was, became = _time(details["was"], zone), _time(details["became"], zone)
    said = f"{word} {became}" if became else gone
    before = f" (was: {word} {was})" if was else ""
    return f"{_metric(details)} corrected: {said}{before}. {details['because']}"


def _moved(details: Mapping[str, Any], zone: tzinfo | None) -> str:
    was, became = (_time(details[name], zone) or "no deadline" for name in ("was", "became"))
    return f"{_metric(details)}: the deadline moved from {was} to {became}. {details['because']}"


def _metric(details: Mapping[str, Any]) -> str:
    return f"{_named(details)} {details['cycle']}"


def _named(details: Mapping[str, Any]) -> str:
    return _METRICS.get(details["metric"], str(details["metric"]))


def _time(written: str | None, zone: tzinfo | None) -> str:
    return f"{datetime.fromisoformat(written).astimezone(zone):%Y-%m-%d %H:%M}" if written else ""
