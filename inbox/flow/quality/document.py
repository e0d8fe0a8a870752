"""The report as a JSON document: times RFC 3339 UTC, durations in seconds, shares from 0 to 1."""

from datetime import UTC, datetime
from typing import Any

from inbox.flow.quality.outcomes import Confusion, Share
from inbox.flow.quality.report import Quality
from inbox.flow.quality.suggest import Suggestion
from inbox.model.placement import LearnedModel

DEFINITION = (
    "accuracy: of the threads that the routing put into an area, the share that no person moved to another; "
    "precision: of those put into an area, the share that stayed; recall: of those that belong to an area, the share "
    "that the routing put there; unsorted: the share left to a person."
)


def document(found: Quality) -> dict[str, Any]:
    """All figures with their n; the threads behind them are left out."""
    placed = found.placed.value
    return {
        "definition": DEFINITION,
        "since": _moment(found.since),
        "until": _moment(found.until),
        "capped": found.capped,
        "n": found.kept.n,
        "accuracy": found.kept.value,
        "threads": found.placed.n,
        "unsorted": None if placed is None else 1 - placed,
        "over_time": [
            {"begin": each.begin.isoformat(), "n": each.kept.n, "accuracy": each.kept.value, "threads": each.placed.n}
            | {"unsorted": None if each.placed.value is None else 1 - each.placed.value}
            for each in found.periods
        ],
        "by_area": [
            {"area": each.area, "precision": each.kept.value, "placed": each.kept.n}
            | {"recall": each.found.value, "belonging": each.found.n}
            for each in found.areas
        ],
        "by_step": [{"step": each.step, "rule": each.rule, **_share(each.kept)} for each in found.steps],
        "calibration_error": found.calibration.error,
        "calibration": [
            {"from": each.low, "to": each.high, "said": each.said, **_share(each.right)}
            for each in found.calibration.bins
        ],
        "confusions": [_confusion(each) for each in found.confusions],
        "corrections": {str(kind): n for kind, n in found.corrections.items()},
        "models": [_model(each) for each in found.models],
        "suggestions": [_suggestion(each) for each in found.suggestions],
    }


def _share(share: Share) -> dict[str, Any]:
    return {"n": share.n, "accuracy": share.value}


def _confusion(each: Confusion) -> dict[str, Any]:
    return {
        "put": each.put,
        "belongs": each.belongs,
        "n": each.n,
        "waited": each.waited.total_seconds(),
        "missed": each.missed,
    }


def _model(each: LearnedModel) -> dict[str, Any]:
    return {
        "version": each.id,
        "state": str(each.state),
        "made_at": _moment(each.made_at),
        "examples": each.examples,
        "size": each.size,
        "figures": each.figures,
        "sentence": each.sentence,
    }


def _suggestion(each: Suggestion) -> dict[str, Any]:
    return {
        "words": each.words,
        "put": each.put,
        "belongs": each.belongs,
        "moved": each.moved,
        "of": each.of,
        "right": each.right,
        "lift": each.lift,
    }


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")
