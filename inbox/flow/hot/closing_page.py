"""A closing report for people and programs: as a page of HTML (which prints to PDF), and as a document."""

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from inbox.flow.hot import closing_words as say
from inbox.flow.hot.closing import Closing
from inbox.flow.hot.volume import Measure
from inbox.flow.report_files.documents import page
from inbox.flow.report_files.rising import Spot, rise_of

_MARKED: Final = {
    "detected": "Detected",
    "confirmed": "Confirmed",
    "stated": "Stated",
    "contained": "Contained",
    "closed": "Closed",
}
_DAY: Final = timedelta(days=1)


def page_of(of: Closing) -> str:
    """The report as one page of HTML."""
    here = ZoneInfo(of.zone)

    def told(at: datetime | None) -> str:
        return "" if at is None else f"{at.astimezone(here):%Y-%m-%d %H:%M}"

    return page(
        "incident.html",
        title=say.title(of),
        note=say.note(of),
        workspace=of.workspace,
        zone=of.zone,
        now=of.made_at,
        of=of,
        say=say,
        told=told,
        facts=_facts(of),
        figures=_figures(of),
        picture=_picture(of),
        steps=_steps(of, here),
    )


def document_of(of: Closing) -> dict[str, Any]:
    """The report as JSON values; times stay times, durations durations."""
    found = asdict(of)
    incident, volume = found["incident"], found["volume"]
    kept = ("id", "version", "kind", "title", "state", "severity", "opened_by", "stream", "terms", "evidence")
    head = {name: incident[name] for name in kept}
    found["volume"] = {
        "length": volume["length"],
        "accounts": volume["accounts"],
        "steps": [{"at": each.at, "mentions": each.n, "usual": _usual(each)} for each in _spots(of)],
    }
    found["summary"] = say.summary(of)
    del found["incident"]
    return {**head, "is_over": of.is_over, **found}


def _usual(each: Spot) -> dict[str, float | None] | None:
    return None if each.low is None else {"low": each.low, "high": each.high}


def _facts(of: Closing) -> list[tuple[str, str]]:
    """What it is, in pairs of name and words."""
    found = of.incident
    whose = of.account if of.brand in {"", of.account} else f"{of.brand} ({of.account})"
    return [
        ("State", str(found.state).capitalize()),
        ("Severity", str(found.severity).capitalize()),
        ("Kind", found.kind.capitalize()),
        ("Owner", of.owner or "nobody"),
        ("Account", whose or "all"),
        *([("Area", of.area)] if of.area else []),
    ]


def _figures(of: Closing) -> list[tuple[str, str]]:
    """The figures at a glance: number and what it is."""
    found, answers = of.figures, of.answers
    return [
        (f"{found.people:,}", "people"),
        (f"{found.threads:,}", "threads"),
        (f"{found.mentions:,}", "mentions"),
        (f"{found.reach:,}", "reach"),
        (say.share(found.height_negative), "negative at its height"),
        (say.share(answers.answered / answers.threads if answers.threads else None), "threads answered"),
    ]


def _spots(of: Closing) -> list[Spot]:
    volume = of.volume
    rows = zip(volume.times, volume.lines[Measure.MENTIONS], volume.usual[Measure.MENTIONS], strict=True)
    return [Spot(at, n or 0, *((None, None) if usual is None else (usual.low, usual.high))) for at, n, usual in rows]


def _picture(of: Closing) -> Any:  # noqa: ANN401 - a picture, or none
    marks = [(_MARKED[each.key], each.at) for each in of.times if each.key in _MARKED and each.at is not None]
    spots = _spots(of)
    known = any(each.low is not None for each in spots)
    usual = "the grey band holds nine of ten usual times" if known else "what is usual was not known"
    about = f"Mentions in each {say.took(of.volume.length)}, {', '.join(of.volume.accounts)}; {usual}."
    return rise_of(spots, marks, of.zone, about)


def _steps(of: Closing, here: ZoneInfo) -> list[list[tuple[str, str, str]]]:
    """What the chart shows as rows of several steps, from top to bottom; steps without a mention are left out."""
    times = of.volume.times
    if of.volume.length >= _DAY:
        form, across = "%Y-%m-%d", 3
    elif times and times[0].astimezone(here).date() == times[-1].astimezone(here).date():
        form, across = "%H:%M", 4
    else:
        form, across = "%m-%d %H:%M", 3
    found = [(f"{each.at.astimezone(here):{form}}", f"{each.n:,.0f}", _range(each)) for each in _spots(of) if each.n]
    high = -(-len(found) // across)
    return [[found[at] for at in range(row, len(found), high)] for row in range(high)]


def _range(each: Spot) -> str:
    return "-" if each.low is None or each.high is None else f"{each.low:,.0f} to {each.high:,.0f}"
