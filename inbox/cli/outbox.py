"""``inbox reply`` and ``inbox outbox``."""

from datetime import timedelta
from typing import Annotated

import typer

from inbox import settings
from inbox.cli import output
from inbox.flow import reply as writing
from inbox.model.ids import ReplyId, ThreadId
from inbox.model.outbox import Reply
from inbox.model.words import AfterSend, ReplyState, Visibility
from inbox.store import lease, outbox, people
from inbox.store.engine import Store

_NO_COLLECTOR = "No collector runs here: it goes out when one does. Start one with: inbox collect"


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("reply")(reply)
    app.command("outbox")(show_outbox)


def reply(
    context: typer.Context,
    thread: Annotated[int, typer.Argument(help="The thread's number.")],
    text: Annotated[str, typer.Argument(help="What to say.")],
    *,
    now: Annotated[bool, typer.Option("--now", help="Without the undo time.")] = False,
    private: Annotated[bool, typer.Option("--private", help="As a private message.")] = False,
    close: Annotated[bool, typer.Option("--close", help="Close the thread once it is sent.")] = False,
    keep_open: Annotated[bool, typer.Option("--keep-open", help="Leave the thread open once it is sent.")] = False,
    acknowledge: Annotated[
        bool, typer.Option("--acknowledge", help="It only says that we are looking into it.")
    ] = False,
    who: Annotated[str, typer.Option("--as", help="The employee who writes; default: yourself.")] = "",
    expect: Annotated[int | None, typer.Option(help="Refuse when the thread's version is another.")] = None,
) -> None:
    """Answer a thread: the reply waits in the outbox for the undo time, then the collector sends it."""
    store = output.open_workspace(context)
    after = AfterSend.CLOSE if close else AfterSend.KEEP_OPEN if keep_open else AfterSend.WAIT
    queued = writing.send(
        store,
        ThreadId(thread),
        text,
        employee=who or _writer(store),
        visibility=Visibility.PRIVATE if private else Visibility.PUBLIC,
        after=after,
        expect=expect,
        acknowledgement=acknowledge,
        undo=timedelta(0) if now else None,
        now=output.now(),
    )
    output.say(context, document(queued), f"Reply {queued.id} is in the outbox.")
    if not _collected(store):
        typer.echo(_NO_COLLECTOR, err=True)


def show_outbox(
    context: typer.Context,
    *,
    state: Annotated[ReplyState | None, typer.Option(help="Only those in this state.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="How many, newest first.")] = 50,
    again: Annotated[int | None, typer.Option("--again", help="Send this failed reply again.")] = None,
    cancel: Annotated[int | None, typer.Option("--cancel", help="Take this reply back before it goes out.")] = None,
) -> None:
    """List the replies on their way, and what became of those before."""
    store = output.open_workspace(context)
    if again is not None:
        writing.send_again(store, ReplyId(again), actor="command", now=output.now())
    if cancel is not None:
        writing.unsend(store, ReplyId(cancel), actor="command", now=output.now())
    with store.read() as s:
        found = outbox.newest(s, states=() if state is None else (state,), limit=limit)
    if output.wants_json(context):
        output.say_json({"replies": [document(each) for each in found]})
        return
    rows = [
        (each.id, each.thread_id, each.state.value, output.local(each.queued_at), each.error, each.text)
        for each in found
    ]
    output.table(("id", "thread", "state", "queued", "error", "text"), rows)
    waits = any(each.state in outbox.OPEN_STATES for each in found)
    if waits and not _collected(store):
        typer.echo(_NO_COLLECTOR, err=True)


def document(reply: Reply) -> dict[str, object]:
    """A reply as JSON prints it."""
    return {
        "id": reply.id,
        "thread": reply.thread_id,
        "state": reply.state.value,
        "text": reply.text,
        "attempts": reply.attempts,
        "error": reply.error or None,
        "remote_id": reply.remote_id,
        "url": reply.remote_url or None,
        "queued_at": output.iso(reply.queued_at),
        "not_before": output.iso(reply.not_before),
        "sent_at": output.iso(reply.sent_at),
    }


def _writer(store: Store) -> str:
    """Who writes when nobody is named: yourself as the settings say, the only employee, else the command."""
    with store.read() as s:
        names = [each.name for each in people.employees(s)]
    mine = settings.load_preferences().employee
    if mine in names:
        return mine
    return names[0] if len(names) == 1 else "command"


def _collected(store: Store) -> bool:
    with store.read() as s:
        return lease.living(s, output.now()) is not None
