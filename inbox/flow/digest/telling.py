"""A digest for files and programs: as a page, as a table of its topics, and as a document."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any, Final

from inbox.flow.digest.digested import Digest
from inbox.flow.report_files.asked import moment, period
from inbox.flow.report_files.cells import shown, span
from inbox.flow.report_files.documents import page
from inbox.model.report import By, ColumnKind, Period, Question, ReportColumn, ReportTable

_WEEK, _HOUR = timedelta(days=7), timedelta(hours=1)
_TIMES: Final = 2
"""From this many times on it is said so, rather than in percent."""
TITLE: Final = "What customers said"
EVERYWHERE: Final = "All areas"
_COLUMNS: Final = (
    ReportColumn("key", "Topic", ColumnKind.TEXT),
    ReportColumn("also", "Also", ColumnKind.TEXT),
    ReportColumn("mentions", "Mentions", ColumnKind.COUNT),
    ReportColumn("authors", "Authors", ColumnKind.COUNT),
    ReportColumn("authors_before", "Authors a week before", ColumnKind.NUMBER),
    ReportColumn("score", "Standard errors", ColumnKind.NUMBER),
    ReportColumn("example", "Example", ColumnKind.TEXT),
)


def page_of(
    digests: Sequence[Digest], *, workspace_name: str, zone: str, now: datetime, title: str = TITLE, note: str = ""
) -> str:
    """Digests as one page of HTML, one after the other."""
    return page(
        "digest.html",
        digests=digests,
        title=title,
        note=note,
        workspace=workspace_name,
        zone=zone,
        now=now,
        everywhere=EVERYWHERE,
        period=lambda of: period(of, zone),
        clock=lambda at: moment(at, zone).split(",")[0],
        unit=unit,
        span=span,
        share=lambda of: shown(of, ColumnKind.SHARE),
        count=lambda of: shown(of, ColumnKind.COUNT),
        change=lambda of: change(of.mentions, of.mentions_before, unit(of)),
    )


def table_of(digests: Sequence[Digest], asked: Question | None = None) -> ReportTable:
    """The topics as a table; where there are several digests, each row names its area."""
    several = len(digests) > 1
    columns = (ReportColumn("area", "Area", ColumnKind.TEXT), *_COLUMNS) if several else _COLUMNS
    rows = []
    for each in digests:
        for topic in each.topics:
            example = topic.posts[0].text if topic.posts else ""
            row = (
                topic.words,
                ", ".join(topic.also),
                topic.mentions,
                topic.authors,
                topic.before,
                topic.score,
                example,
            )
            rows.append((each.area or EVERYWHERE, *row) if several else row)
    question = asked or _question(digests)
    return ReportTable(question, TITLE, digests[0].definition if digests else "", columns, tuple(rows))


def document_of(digest: Digest) -> dict[str, Any]:
    """The digest as JSON values; times stay times."""
    found = asdict(digest)
    found["from"], found["to"] = digest.period.start, digest.period.end
    del found["period"]
    found["outcomes"] = [{"outcome": name, "threads": n} for name, n in digest.outcomes]
    return {"definition": found.pop("definition"), **found}


def unit(of: Digest) -> str:
    """What the time of a digest is called: a week (also one of a changing clock), or just a time."""
    start, end = of.period.start, of.period.end
    return "week" if start and end and abs(end - start - _WEEK) <= _HOUR else "time"


def change(now: int, before: int, named: str) -> str:
    """How much more or less than before, in words."""
    if before == 0:
        return f"none the {named} before" if now else "none"
    if now >= _TIMES * before:
        return f"{now / before:.1f} times as many as the {named} before".replace(".0 ", " ")
    share = now / before - 1
    if abs(share) < 0.005:  # noqa: PLR2004 - less than half a percent is none
        return f"as many as the {named} before"
    return f"{abs(share):.0%} {'more' if share > 0 else 'fewer'} than the {named} before"


def _question(digests: Sequence[Digest]) -> Question:
    only = tuple((By.AREA, each.area) for each in digests if each.area is not None)
    return Question("digest", by=By.AREA, period=digests[0].period if digests else Period(), only=only)
