"""The detector's memory as small documents, and back: baselines, terms, thresholds and open matters."""

from datetime import UTC, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from inbox.hot.alarms import Budget, Matter
from inbox.hot.climbing import Day, Scatter
from inbox.hot.detector import Detector, Stream, window_of
from inbox.hot.mood import Mood
from inbox.hot.rates import Rates
from inbox.hot.series import Baseline
from inbox.hot.weekly import Week
from inbox.model.incident import AlertKind

Document = dict[str, Any]
FORMAT: Final = 2
_READ: Final = (1, 2)
"""Format 1 knew nothing of the week, of the last day, of mood, or of the time zone, and two lists of peaks."""
MOST_TERMS: Final = 20_000
ALARMS: Final = "alarms"
"""The name of the document that holds what is not of one stream."""
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICRO: Final = timedelta(microseconds=1)


def documents(detector: Detector) -> dict[str, Document]:
    """What is to be kept, by stream; JSON values. The last hour's mentions are not among it: they are in the store."""
    found = {name: _stream_document(stream) for name, stream in detector.streams.items()}
    found[ALARMS] = {
        "format": FORMAT,
        "budget": _budget_document(detector.budget),
        "taught": {str(kind): threshold.taught for kind, threshold in detector.thresholds.items()},
        "matters": [_matter_document(each) for each in detector.matters.open],
    }
    return found


def restore(detector: Detector, kept: dict[str, Document]) -> None:
    """Know again what was kept. What another format wrote is left aside: the detector then learns anew."""
    alarms = kept.get(ALARMS)
    if alarms is None or alarms.get("format") not in _READ:
        return
    for name, document in kept.items():
        if name != ALARMS and ":" in name:
            detector.streams[name] = _stream_of(name, document)
    _restore_alarms(detector, alarms)
    detector.matters.open = [_matter_of(each) for each in alarms["matters"]]
    detector.use(detector.settings)


def baseline_of(document: Document) -> Baseline:
    """The baseline in a stream's document."""
    told = document["baseline"]
    return Baseline(
        first_at=_time(told["first_at"]),
        last_at=_time(told["last_at"]),
        level=told["level"],
        variance=told["variance"],
        excess=told["excess"],
        hours=list(told["hours"]),
        week=_week_of(told["week"]) if "week" in told else Week(),
    )


def _stream_document(stream: Stream) -> Document:
    rates, history = stream.rates, stream.history
    at = rates.baseline.last_at or _EPOCH
    return {
        "baseline": {
            "first_at": _micros(rates.baseline.first_at),
            "last_at": _micros(rates.baseline.last_at),
            "level": rates.baseline.level,
            "variance": rates.baseline.variance,
            "excess": rates.baseline.excess,
            "hours": [round(each, 5) for each in rates.baseline.hours],
            "week": _week_document(rates.baseline.week),
        },
        "open": {str(place): n for place, n in rates.open_bins.items()},
        "learnt_to": rates.learnt_to,
        "terms": history.known(at, MOST_TERMS),
        "total": history.total(at),
        "at": _micros(at),
        "day": _day_document(rates.day),
        "mood": [stream.mood.negative, stream.mood.total, _micros(stream.mood.last_at)],
    }


def _stream_of(name: str, document: Document) -> Stream:
    stream = Stream(window=window_of(name))
    bins = {int(place): n for place, n in document["open"].items()}
    stream.rates = Rates(baseline_of(document), bins, document["learnt_to"])
    if "day" in document:
        stream.rates.day = _day_of(document["day"])
    if "mood" in document:
        negative, total, heard = document["mood"]
        stream.mood = Mood(negative, total, _time(heard))
    at = _time(document["at"])
    if at is not None and document["total"]:
        stream.history.restore(document["terms"], document["total"], at)
    return stream


def _week_document(week: Week) -> Document:
    known = [[None if each is None else round(each, 3) for each in past] for past in week.weeks]
    told = {"noise": week.noise, "compared": week.compared, "hour": week.hour, "total": week.total}
    return {"zone": str(week.zone), "weeks": known, "counts": week.counts} | told


def _week_of(document: Document) -> Week:
    names = ("weeks", "noise", "compared", "hour", "total", "counts")
    zone = document["zone"]
    return Week(UTC if zone == str(UTC) else ZoneInfo(zone), **{name: document[name] for name in names})


def _day_document(day: Day) -> Document:
    return {
        "hours": [[count, round(expected, 3)] for count, expected in day.hours],
        "begun": [day.hour, day.count, day.expected],
        "ever": [day.counted_ever, day.expected_ever],
        "scatters": [[each.beyond, each.expected] for each in day.scatters],
    }


def _day_of(document: Document) -> Day:
    day = Day()
    day.hours.extend((count, expected) for count, expected in document["hours"])
    day.hour, day.count, day.expected = document["begun"]
    day.counted_ever, day.expected_ever = document["ever"]
    day.scatters = [Scatter(*each) for each in document["scatters"]]
    return day


def _budget_document(budget: Budget) -> Document:
    peaks = [[stream, _micros(at), round(score, 3)] for (stream, at), score in budget.peaks.items()]
    return {"first_at": _micros(budget.first_at), "peaks": peaks}


def _restore_alarms(detector: Detector, document: Document) -> None:
    if document["format"] == 1:
        document = _from_the_first(document)
    budget = document["budget"]
    detector.budget.first_at = _time(budget["first_at"])
    detector.budget.peaks = {
        (stream, at): score for stream, micros, score in budget["peaks"] if (at := _time(micros)) is not None
    }
    for kind, threshold in detector.thresholds.items():
        threshold.taught = document["taught"].get(str(kind), 0.0)


def _from_the_first(document: Document) -> Document:
    """The alarms of format 1 as those of format 2: each kind had its own peaks."""
    kinds = {str(AlertKind.BURST): document["bursts"], str(AlertKind.CLUSTER): document["clusters"]}
    peaks = sorted((at, kind, score) for kind, each in kinds.items() for at, score in each["peaks"])
    begun = [each["first_at"] for each in kinds.values() if each["first_at"] is not None]
    return {
        "budget": {"first_at": min(begun, default=None), "peaks": [[kind, at, score] for at, kind, score in peaks]},
        "taught": {kind: each["taught"] for kind, each in kinds.items()},
    }


def _matter_document(matter: Matter) -> Document:
    return {
        "stream": matter.stream,
        "terms": sorted(matter.terms),
        "last_at": _micros(matter.last_at),
        "noticed_at": _micros(matter.noticed_at),
        "alarmed": matter.alarmed,
    }


def _matter_of(document: Document) -> Matter:
    at = _time(document["last_at"]) or _EPOCH
    noticed_at = _time(document.get("noticed_at")) or at
    return Matter(document["stream"], set(document["terms"]), at, noticed_at, document["alarmed"])


def _micros(at: datetime | None) -> int | None:
    return None if at is None else (at - _EPOCH) // _MICRO


def _time(micros: int | None) -> datetime | None:
    return None if micros is None else _EPOCH + micros * _MICRO
