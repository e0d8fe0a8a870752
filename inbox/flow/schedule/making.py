"""Makes one scheduled report of one period: claimed in the store, written as files, and written down."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from inbox.flow import report_files, reports
from inbox.flow.digest import Digest, digest, page_of, table_of
from inbox.flow.report_files.naming import file_name, folder_of
from inbox.flow.schedule.periods import Due
from inbox.model.notice import Notice, NoticeKind
from inbox.model.report import By, Question, ReportTable, Shape, Timing
from inbox.model.words import Role
from inbox.model.workspace import FileKind, ScheduledReport, Settings, Workspace
from inbox.sla.hours import zone
from inbox.store import audit, config, notices, report_runs
from inbox.store.engine import Store
from inbox.store.errors import NotFound, StoreError

LATE: Final = timedelta(hours=1)
"""Made so long after it was due, a report is marked late."""
DIGEST: Final = "digest"
EXPORT: Final = "export"
"""How the audit names the writing of a report."""
_BESIDE: Final = 100
"""Names that are tried beside a file of somebody else."""


@dataclass(frozen=True, slots=True)
class Made:
    """What came of a run: the files, or nothing where another process makes or has made them."""

    files: tuple[Path, ...]
    ours: bool


@dataclass(frozen=True, slots=True)
class _Answer:
    """A report that is ready to be written."""

    table: ReportTable
    html: str


@dataclass(frozen=True, slots=True)
class _Run:
    """One attempt: ``own`` are files that an earlier one wrote, which this one may replace."""

    store: Store
    report: ScheduledReport
    due: Due
    now: datetime
    late: bool
    own: tuple[str, ...]

    @property
    def title(self) -> str:
        return f"{self.report.name}, {self.due.name(self.report.every)}"


def scheduled(workspace: Workspace, name: str) -> ScheduledReport:
    """A scheduled report by name. Raises ``NotFound``."""
    found = next((each for each in workspace.reports if each.name.casefold() == name.casefold()), None)
    if found is None:
        there_are = ", ".join(each.name for each in workspace.reports) or "none yet"
        raise NotFound(f"There is no scheduled report “{name}”. There are: {there_are}.")
    return found


def make(store: Store, report: ScheduledReport, due: Due, *, now: datetime, late: bool, anew: bool, actor: str) -> Made:
    """Make a report unless somebody else does; ``anew`` makes again what is made.

    Raises ``StoreError`` when it could not be made, after that was written down and those who look after it were told.
    """
    with store.write() as s:
        before = report_runs.of(s, report.name, due.period)
        attempt = report_runs.claim(s, report.name, due.period, now, late=late, anew=anew)
    if attempt is None:
        return Made((), ours=False)
    run = _Run(store, report, due, now, late, () if before is None else before.files)
    try:
        files = _write(run)
    except Exception as error:
        said = str(error) if isinstance(error, StoreError) else f"Something unexpected happened ({error!r})."
        _failed(run, attempt, said)
        raise
    with store.write() as s:
        report_runs.made(s, report.name, due.period, attempt, [str(each) for each in files], now=now)
        details = {"report": report.name, "period": due.name(report.every), "files": [each.name for each in files]}
        audit.record(s, actor, EXPORT, None, now, **details)
    return Made(files, ours=True)


def note_of(due: Due, now: datetime, zone_name: str, *, late: bool) -> str:
    """What a file says that was made late."""
    if not late:
        return ""
    due_at, made_at = (f"{at.astimezone(zone(zone_name)):%Y-%m-%d %H:%M}" for at in (due.at, now))
    return f"Made late: it was due on {due_at}, and nothing ran then. It holds what was known on {made_at}."


def _write(run: _Run) -> tuple[Path, ...]:
    folder = folder_of(run.report)
    with run.store.read() as s:
        settings = config.load(s).settings
    answer = _answer(run, settings)
    contents = [(kind, _content(answer, kind, settings, run.now)) for kind in dict.fromkeys(run.report.files)]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise report_files.NotWritten(f"The folder {folder} could not be made: {error.strerror}.") from error
    period = run.due.name(run.report.every)
    return tuple(_put(folder / file_name(run.report, period, kind), made, run.own) for kind, made in contents)


def _put(path: Path, content: bytes, own: tuple[str, ...]) -> Path:
    """Write a file, over an earlier one of ours alone; beside what is somebody else's."""
    for number in range(1, _BESIDE):
        beside = path if number == 1 else path.with_name(f"{path.stem} ({number}){path.suffix}")
        try:
            report_files.put(beside, content, force=str(beside) in own)
        except report_files.Exists:
            continue
        return beside
    raise report_files.NotWritten(f"There are too many files like {path} already. Move some away.")


def _answer(run: _Run, settings: Settings) -> _Answer:
    note = note_of(run.due, run.now, settings.time_zone, late=run.late)
    if run.report.report == DIGEST:
        digests = _digests(run)
        html = page_of(
            digests,
            workspace_name=settings.name,
            zone=settings.time_zone,
            now=run.now,
            title=run.title,
            note=note,
        )
        return _Answer(table_of(digests), html)
    table, shape = _table(run, settings)
    html = report_files.document(
        [table],
        [shape],
        workspace_name=settings.name,
        zone=settings.time_zone,
        now=run.now,
        title=run.title,
        note=note,
    )
    return _Answer(table, html)


def _table(run: _Run, settings: Settings) -> tuple[ReportTable, Shape | None]:
    report = run.report
    only = tuple((By.AREA, area) for area in report.areas)
    question = Question(report.report, report.metric, By(report.by), Timing(report.timing), run.due.period, only)
    table = reports.table(run.store, question, now=run.now)
    if report.report not in report_files.WITH_SHAPE:
        return table, None
    return table, reports.shape(run.store, question, zone=settings.time_zone, now=run.now)


def _digests(run: _Run) -> list[Digest]:
    """One of each area that is named; else everywhere, then each area where something was said."""
    period = run.due.period
    if run.report.areas:
        return [digest(run.store, area, period, now=run.now) for area in run.report.areas]
    with run.store.read() as s:
        names = [each.name for each in config.load(s).areas]
    apart = [digest(run.store, name, period, now=run.now) for name in names]
    return [digest(run.store, None, period, now=run.now), *(each for each in apart if each.mentions)]


def _content(answer: _Answer, kind: FileKind, settings: Settings, now: datetime) -> bytes:
    if kind is FileKind.HTML:
        return answer.html.encode()
    if kind is FileKind.PDF:
        return report_files.pdf_of(answer.html)
    return report_files.content(answer.table, kind, workspace_name=settings.name, zone=settings.time_zone, now=now)


def _failed(run: _Run, attempt: int, said: str) -> None:
    """Write it down, and tell admins and supervisors: once for each period, however often it is tried."""
    name, due = run.report.name, run.due
    with run.store.write() as s:
        if not report_runs.failed(s, name, due.period, attempt, said, now=run.now):
            return
        sentence = f"The report “{run.title}” could not be made. {said} It is tried again."
        to = [each for each in config.load(s).employees if {Role.ADMIN, Role.SUPERVISOR} & set(each.roles)]
        kind, key = NoticeKind.REPORT, f"report:{name}:{due.first}"
        notices.add(s, [Notice(0, each.id, run.now, kind, None, sentence, key) for each in to])
