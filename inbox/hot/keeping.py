"""The detector's memory as small documents, and back: baselines, terms, thresholds and open matters."""

from datetime import UTC, datetime, timedelta
from typing import Any, Final

from inbox.hot.alarms import Matter, Threshold
from inbox.hot.detector import Detector, Stream
from inbox.hot.rates import Rates
from inbox.hot.series import Baseline

Document = dict[str, Any]
FORMAT: Final = 1
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
        "bursts": _threshold_document(detector.bursts),
        "clusters": _threshold_document(detector.clusters),
        "matters": [_matter_document(each) for each in detector.matters.open],
    }
    return found


def restore(detector: Detector, kept: dict[str, Document]) -> None:
    """Know again what was kept. What another format wrote is left aside: the detector then learns anew."""
    alarms = kept.get(ALARMS)
    if alarms is None or alarms.get("format") != FORMAT:
        return
    for name, document in kept.items():
        if name != ALARMS and ":" in name:
            detector.streams[name] = _stream_of(document)
    _restore_threshold(detector.bursts, alarms["bursts"])
    _restore_threshold(detector.clusters, alarms["clusters"])
    detector.matters.open = [_matter_of(each) for each in alarms["matters"]]


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
        },
        "open": {str(place): n for place, n in rates.open_bins.items()},
        "learnt_to": rates.learnt_to,
        "terms": history.known(at, MOST_TERMS),
        "total": history.total(at),
        "at": _micros(at),
    }


def _stream_of(document: Document) -> Stream:
    stream = Stream()
    bins = {int(place): n for place, n in document["open"].items()}
    stream.rates = Rates(baseline_of(document), bins, document["learnt_to"])
    at = _time(document["at"])
    if at is not None and document["total"]:
        stream.history.restore(document["terms"], document["total"], at)
    return stream


def _threshold_document(threshold: Threshold) -> Document:
    peaks = [[_micros(at), round(score, 3)] for at, score in threshold.peaks]
    return {"taught": threshold.taught, "first_at": _micros(threshold.first_at), "peaks": peaks}


def _restore_threshold(threshold: Threshold, document: Document) -> None:
    threshold.taught = document["taught"]
    threshold.first_at = _time(document["first_at"])
    threshold.peaks.clear()
    threshold.peaks.extend((at, score) for micros, score in document["peaks"] if (at := _time(micros)) is not None)


def _matter_document(matter: Matter) -> Document:
    return {
        "stream": matter.stream,
        "terms": sorted(matter.terms),
        "last_at": _micros(matter.last_at),
        "peak": matter.peak,
        "alarmed": matter.alarmed,
    }


def _matter_of(document: Document) -> Matter:
    at = _time(document["last_at"]) or _EPOCH
    return Matter(document["stream"], set(document["terms"]), at, document["peak"], document["alarmed"])


def _micros(at: datetime | None) -> int | None:
    return None if at is None else (at - _EPOCH) // _MICRO


def _time(micros: int | None) -> datetime | None:
    return None if micros is None else _EPOCH + micros * _MICRO
