"""``inbox threads`` and ``inbox show``."""

from dataclasses import replace
from typing import Annotated

import typer

from inbox.cli import output
from inbox.cli.documents import row_document, thread_document
from inbox.flow.clock_words import event_sentence
from inbox.model.ids import ThreadId
from inbox.model.thread import AuditEvent, Thread, ThreadRow
from inbox.model.view import OPEN_STATUSES, Order, Page, ThreadFilter
from inbox.model.words import Direction, Status
from inbox.store import people, threads, views
from inbox.store.engine import Session
from inbox.store.errors import NotFound

_TEXT_WIDTH = 60
_VIEWS = {
    "all": ThreadFilter(),
    "new": ThreadFilter(statuses=(Status.NEW,)),
    "open": ThreadFilter(statuses=OPEN_STATUSES),
    "unsorted": ThreadFilter(statuses=OPEN_STATUSES, no_area=True),
    "soon": ThreadFilter(statuses=OPEN_STATUSES, soon_or_late=True),
    "waiting": ThreadFilter(statuses=(Status.WAITING,)),
    "snoozed": ThreadFilter(statuses=(Status.SNOOZED,)),
    "closed": ThreadFilter(statuses=(Status.CLOSED,)),
    "noise": ThreadFilter(hidden=True),
}


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("threads")(list_threads)
    app.command("show")(show)


def list_threads(
    context: typer.Context,
    *,
    area: Annotated[str | None, typer.Option(help="Only this area's; “Unsorted” for none.")] = None,
    assignee: Annotated[str | None, typer.Option(help="Only this employee's; “nobody” for unassigned.")] = None,
    status: Annotated[Status | None, typer.Option(help="Only with this status.")] = None,
    view: Annotated[str | None, typer.Option(help=f"{', '.join(_VIEWS)}, mine, or area:NAME.")] = None,
    order: Annotated[Order, typer.Option(help="Next deadline first, or by the last mention.")] = Order.DUE,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="How many.")] = 50,
    after: Annotated[str | None, typer.Option(help="Where the page before ended (its “next”).")] = None,
) -> None:
    """List threads: the next deadline first."""
    store = output.open_workspace(context)
    with store.read() as s:
        wanted = _view(s, view)
        if area is not None:
            wanted = _in_area(s, wanted, area)
        if assignee is not None:
            wanted = _of(s, wanted, assignee)
        if status is not None:
            wanted = replace(wanted, statuses=(status,))
        page = views.page(s, wanted, order, limit=limit, cursor=after, now=output.now())
    if output.wants_json(context):
        output.say_json({"threads": [row_document(row) for row in page.rows], "next": page.next})
        return
    _print_page(page)


def show(
    context: typer.Context,
    thread: Annotated[int, typer.Argument(metavar="THREAD", min=1, max=output.LARGEST, help="The thread's number.")],
) -> None:
    """Show a thread: its mentions, clocks, why it is where it is, notes and history."""
    store = output.open_workspace(context)
    with store.read() as s:
        found = threads.get(s, ThreadId(thread))
    if output.wants_json(context):
        output.say_json(thread_document(found))
        return
    _print_thread(found)


def _view(s: Session, name: str | None) -> ThreadFilter:
    if name is None:
        return ThreadFilter()
    key = name.casefold()
    if key == "mine":
        from inbox import settings

        me = settings.load_preferences().employee
        if not me:
            raise NotFound(
                "Who you are is not set on this computer. Say it in the desktop's settings, or ask --assignee."
            )
        return _of(s, _VIEWS["open"], me)
    if key.startswith("area:"):
        return _in_area(s, _VIEWS["open"], name.partition(":")[2])
    if key not in _VIEWS:
        raise NotFound(f"There is no view “{name}”. There are: {', '.join(_VIEWS)}, mine, area:NAME.")
    return _VIEWS[key]


def _in_area(s: Session, wanted: ThreadFilter, name: str) -> ThreadFilter:
    found = next((each for each in people.areas(s, removed=True) if str(each.id) == name), None)
    found = found or people.area(s, name)
    return replace(wanted, no_area=True) if found is None else replace(wanted, areas=(found.id,))


def _of(s: Session, wanted: ThreadFilter, name: str) -> ThreadFilter:
    if name.casefold() in {"nobody", "none"}:
        return replace(wanted, unassigned=True)
    known = {each.name.casefold(): each for each in people.employees(s, removed=True)}
    found = known.get(name.casefold()) or people.employee(s, name)
    return replace(wanted, assignee=found.id)


def _print_page(page: Page) -> None:
    headings = ("thread", "status", "due", "priority", "area", "assignee", "account", "author", "text")
    output.table(headings, [_cells(row) for row in page.rows])
    if page.next:
        typer.echo(f"More with: --after {page.next}")


def _cells(row: ThreadRow) -> tuple[object, ...]:
    due = output.local(row.next_due_at) + (" late" if row.breached else "")
    text = row.text if len(row.text) <= _TEXT_WIDTH else row.text[: _TEXT_WIDTH - 1] + "…"
    author = row.author_handle or row.author_name
    return row.id, row.status, due, row.priority, row.area or "Unsorted", row.assignee, row.account, author, text


def _print_thread(found: Thread) -> None:
    row = found.row
    typer.echo(output.shown(f"Thread {row.id}, version {row.version}: {row.status}, {row.priority} priority"))
    typer.echo(output.shown(f"{found.author.shown} to {row.account} on {row.network}"))
    typer.echo(output.shown(f"Area {row.area or 'Unsorted'}, assignee {row.assignee or 'nobody'}"))
    if row.tags:
        typer.echo(output.shown(f"Tags: {', '.join(row.tags)}"))
    if found.outcome is not None:
        typer.echo(f"Outcome: {found.outcome}")
    for mention in found.mentions:
        way = "<" if mention.direction is Direction.INBOUND else ">"
        gone = " (deleted)" if mention.deleted_at else " (edited)" if mention.edited_at else ""
        typer.echo(output.shown(f"\n{way} {output.local(mention.created_at)} {mention.author.shown}{gone}").strip())
        typer.echo("  " + output.shown(mention.text))
    _print_lines("Clocks", [_clock_line(found, place) for place in range(len(found.clocks))])
    _print_lines("Why", [f"{each.step}: {each.sentence}" for each in found.why])
    _print_lines("Notes", [f"{output.local(each.created_at)} {each.employee}: {each.text}" for each in found.notes])
    _print_lines("History", [f"{output.local(each.at)} {each.actor}: {_event_words(each)}" for each in found.audit])


def _event_words(event: AuditEvent) -> str:
    """The action; what came to a clock, what corrected it, and a deadline that moved, as a sentence."""
    sentence = event_sentence(event.action, event.details, None)
    return f"{event.action}: {sentence}" if sentence else event.action


def _clock_line(found: Thread, place: int) -> str:
    clock = found.clocks[place]
    if clock.met_at:
        end = f"met {output.local(clock.met_at)}"
    elif clock.cancelled_at:
        end = f"cancelled ({clock.cancel_reason})"
    else:
        end = f"due {output.local(clock.due_at)}" if clock.due_at else "running, no deadline"
    late = ", late" if clock.breached_at else ""
    return f"{clock.metric} {clock.cycle}: since {output.local(clock.started_at)}, {end}{late}"


def _print_lines(heading: str, lines: list[str]) -> None:
    if lines:
        typer.echo(f"\n{heading}")
        for line in lines:
            typer.echo("  " + output.shown(line))
