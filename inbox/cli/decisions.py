"""One decision each: ``inbox assign, move, close, wait, snooze, reopen, tag, note, priority, outcome, correct``."""

from collections.abc import Callable
from typing import Annotated, Any

import typer

from inbox.cli import output
from inbox.flow import decide, outcomes
from inbox.flow.decide import Decided
from inbox.flow.moments import moment
from inbox.model.ids import ThreadId
from inbox.model.words import CloseReason, Outcome, Priority
from inbox.store import threads
from inbox.store.engine import Store

_ACTOR = "command"
_NOBODY = frozenset(("nobody", "none", "-"))
_Thread = Annotated[int, typer.Argument(metavar="THREAD", min=1, max=output.LARGEST, help="The thread's number.")]
_Expect = Annotated[
    int | None, typer.Option(metavar="VERSION", help="Refuse if the thread has another version by now.")
]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    for command in (assign, move, close, wait, snooze, reopen, tag, note, priority, outcome, correct):
        app.command()(command)


def assign(
    context: typer.Context,
    thread: _Thread,
    employee: Annotated[str, typer.Argument(metavar="EMPLOYEE", help="Whom; “nobody” gives it back.")],
    *,
    expect: _Expect = None,
) -> None:
    """Give a thread to somebody."""
    whom = None if employee.casefold() in _NOBODY else employee
    _decide(
        context,
        thread,
        lambda store: decide.assign(store, [ThreadId(thread)], whom, actor=_ACTOR, now=output.now(), expect=expect),
    )


def move(
    context: typer.Context,
    thread: _Thread,
    area: Annotated[str, typer.Argument(metavar="AREA", help="The area; “Unsorted” for none.")],
    *,
    expect: _Expect = None,
) -> None:
    """Move a thread to an area."""
    _decide(
        context,
        thread,
        lambda store: decide.move(store, [ThreadId(thread)], area, actor=_ACTOR, now=output.now(), expect=expect),
    )


def close(
    context: typer.Context,
    thread: _Thread,
    *,
    reason: Annotated[CloseReason, typer.Option(help="Why.")],
    expect: _Expect = None,
) -> None:
    """Close a thread with a reason."""
    _decide(
        context,
        thread,
        lambda store: decide.close(store, [ThreadId(thread)], reason, actor=_ACTOR, now=output.now(), expect=expect),
    )


def wait(context: typer.Context, thread: _Thread, *, expect: _Expect = None) -> None:
    """Wait on the customer."""
    _decide(
        context,
        thread,
        lambda store: decide.wait(store, [ThreadId(thread)], actor=_ACTOR, now=output.now(), expect=expect),
    )


def snooze(
    context: typer.Context,
    thread: _Thread,
    *,
    until: Annotated[str, typer.Option(help="A time, a duration like 2h, or “tomorrow 09:00”.")],
    expect: _Expect = None,
) -> None:
    """Put a thread off until a time."""
    now = output.now()
    try:
        when = moment(until, now)
    except (ValueError, OverflowError) as error:
        raise typer.BadParameter(str(error), param_hint="--until") from error
    _decide(
        context,
        thread,
        lambda store: decide.snooze(store, [ThreadId(thread)], when, actor=_ACTOR, now=now, expect=expect),
    )


def reopen(context: typer.Context, thread: _Thread, *, expect: _Expect = None) -> None:
    """Bring a thread back."""
    _decide(
        context,
        thread,
        lambda store: decide.reopen(store, [ThreadId(thread)], actor=_ACTOR, now=output.now(), expect=expect),
    )


def tag(
    context: typer.Context,
    thread: _Thread,
    tags: Annotated[list[str] | None, typer.Argument(metavar="[TAG]...", help="Tags to add.")] = None,
    *,
    remove: Annotated[list[str] | None, typer.Option(help="A tag to take away; may be repeated.")] = None,
    expect: _Expect = None,
) -> None:
    """Add tags to a thread, or take them away."""
    if not tags and not remove:
        raise typer.BadParameter("Name a tag to add, or one to --remove.")
    _decide(
        context,
        thread,
        lambda store: decide.tag(
            store,
            [ThreadId(thread)],
            add=tags or (),
            remove=remove or (),
            actor=_ACTOR,
            now=output.now(),
            expect=expect,
        ),
    )


def note(
    context: typer.Context,
    thread: _Thread,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="For colleagues only.")],
    *,
    expect: _Expect = None,
) -> None:
    """Write a note for colleagues."""
    _decide(
        context,
        thread,
        lambda store: decide.note(store, ThreadId(thread), text, actor=_ACTOR, now=output.now(), expect=expect),
    )


def priority(
    context: typer.Context,
    thread: _Thread,
    level: Annotated[Priority, typer.Argument(metavar="PRIORITY", help="low, normal, high or urgent.")],
    *,
    expect: _Expect = None,
) -> None:
    """Say how urgent a thread is."""
    _decide(
        context,
        thread,
        lambda store: decide.set_priority(
            store, [ThreadId(thread)], level, actor=_ACTOR, now=output.now(), expect=expect
        ),
    )


def outcome(
    context: typer.Context,
    thread: _Thread,
    became: Annotated[
        str, typer.Argument(metavar="OUTCOME", help="heard, saved, “complaint filed”, “thanks in public”, or none.")
    ],
    *,
    expect: _Expect = None,
) -> None:
    """Say what became of the customer."""
    word = became.casefold().strip()
    if word not in {"none", *Outcome}:
        raise typer.BadParameter(f"“{became}” is none of {', '.join(Outcome)} or none.", param_hint="OUTCOME")
    chosen = None if word == "none" else Outcome(word)
    _decide(
        context,
        thread,
        lambda store: outcomes.set_outcome(
            store, [ThreadId(thread)], chosen, actor=_ACTOR, now=output.now(), expect=expect
        ),
    )


def correct(
    context: typer.Context,
    thread: _Thread,
    *,
    needs_reply: Annotated[
        bool | None, typer.Option("--needs-reply/--no-reply", help="Whether a reply is needed.")
    ] = None,
    sentiment: Annotated[str | None, typer.Option(help="positive, neutral, negative or mixed.")] = None,
    language: Annotated[str | None, typer.Option(metavar="CODE", help="Its language, such as “en”.")] = None,
    noise: Annotated[bool | None, typer.Option("--noise/--no-noise", help="Whether it is noise.")] = None,
    expect: _Expect = None,
) -> None:
    """Set right what was judged of a thread's newest mention."""
    if needs_reply is None and noise is None and not sentiment and not language:
        raise typer.BadParameter("Say what is so: --needs-reply, --sentiment, --language or --noise.")
    facts: dict[str, Any] = {"needs_reply": needs_reply, "sentiment": sentiment, "language": language, "hidden": noise}
    _decide(
        context,
        thread,
        lambda store: decide.correct(store, ThreadId(thread), **facts, actor=_ACTOR, now=output.now(), expect=expect),
    )


def _decide(context: typer.Context, thread: int, deed: Callable[[Store], Decided]) -> None:
    store = output.open_workspace(context)
    done = deed(store)
    with store.read() as s:
        row = threads.row(s, ThreadId(thread))
    document = {
        "id": row.id,
        "version": row.version,
        "status": row.status,
        "area": row.area,
        "assignee": row.assignee,
        "priority": row.priority,
        "tags": list(row.tags),
        "changed": done.undo is not None,
        "sentence": done.sentence,
    }
    output.say(context, document, done.sentence)
