"""``inbox incidents statement ...``: what is said in public about an incident, from its draft to its accounts."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any

import typer

from inbox.cli import output
from inbox.flow.hot import statements, statements_checks
from inbox.flow.hot.statements import Done
from inbox.model.ids import AccountId, IncidentId
from inbox.model.incident import Statement
from inbox.store import accounts, incidents
from inbox.store.engine import Session, Store

_Number = Annotated[int, typer.Argument(metavar="INCIDENT", min=1, max=output.LARGEST, help="The incident's number.")]
_Statement = Annotated[int, typer.Argument(metavar="STATEMENT", min=1, max=output.LARGEST, help="Its number.")]
_As = Annotated[str, typer.Option("--as", metavar="EMPLOYEE", help="On whose behalf; default: yourself.")]
_Expect = Annotated[int | None, typer.Option(metavar="VERSION", help="Refuse if it was changed since.")]
_Accounts = Annotated[list[str] | None, typer.Option("--account", help="Where it is to stand; may be repeated.")]
_One = Annotated[str | None, typer.Option("--account", help="Only on this account; without it on all.")]
_ME = "command"


def register(incidents_group: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(help="Statements about an incident.", no_args_is_help=True)
    for command in (draft, edit, ask, approve, publish, withdraw, again, discard):
        group.command(command.__name__)(command)
    group.command("list")(listed)
    group.command("return")(send_back)
    incidents_group.add_typer(group, name="statement")


def listed(context: typer.Context, incident: _Number) -> None:
    """List an incident's statements, the newest first, and how each stands on its accounts."""
    with output.open_workspace(context).read() as s:
        if incidents.get(s, IncidentId(incident)) is None:
            output.fail(f"There is no incident {incident}.")
        found = documents(s, IncidentId(incident))
    if output.wants_json(context):
        output.say_json({"statements": found})
        return
    if not found:
        typer.echo("There is no statement.")
        return
    output.table(
        ["id", "state", "version", "on", "text"], [[output.shown(cell) for cell in _cells(each)] for each in found]
    )


def draft(context: typer.Context, incident: _Number, text: str, *, account: _Accounts = None, who: _As = _ME) -> None:
    """Write a statement; without an account for the incident's, else for all that are connected."""
    store, number = output.open_workspace(context), IncidentId(incident)
    with store.read() as s:
        found = incidents.get(s, number)
        if found is None:
            output.fail(f"There is no incident {incident}.")
        where = _named(s, account) if account else list(statements_checks.usual(found, accounts.all(s)))
    _do(context, store, who, lambda me, now: statements.draft(store, number, text, where, actor=me, now=now))


def edit(
    context: typer.Context,
    incident: _Number,
    statement: _Statement,
    text: Annotated[str | None, typer.Argument(help="Other words; without them only its accounts change.")] = None,
    *,
    account: _Accounts = None,
    who: _As = _ME,
    expect: _Expect = None,
) -> None:
    """Change what it says or where it is to stand; an approval is void then."""
    store, number = output.open_workspace(context), IncidentId(incident)
    where = None
    if account:
        with store.read() as s:
            where = _named(s, account)
    if text is None and where is None:
        raise typer.BadParameter("Say what is to change: its text, or --account.")
    _do(
        context,
        store,
        who,
        lambda me, now: statements.edit(store, number, statement, text, where, actor=me, now=now, expect=expect),
    )


def ask(
    context: typer.Context, incident: _Number, statement: _Statement, *, who: _As = _ME, expect: _Expect = None
) -> None:
    """Ask those who may approve it."""
    _step(context, statements.ask, (incident, statement), who, expect)


def approve(
    context: typer.Context, incident: _Number, statement: _Statement, *, who: _As = _ME, expect: _Expect = None
) -> None:
    """Approve it as it is."""
    _step(context, statements.approve, (incident, statement), who, expect)


def send_back(
    context: typer.Context,
    incident: _Number,
    statement: _Statement,
    reason: Annotated[str, typer.Argument(help="Why it may not go out as it is.")],
    *,
    who: _As = _ME,
    expect: _Expect = None,
) -> None:
    """Send it back to its writer."""
    store, number = output.open_workspace(context), IncidentId(incident)
    _do(
        context,
        store,
        who,
        lambda me, now: statements.send_back(store, number, statement, reason, actor=me, now=now, expect=expect),
    )


def publish(
    context: typer.Context, incident: _Number, statement: _Statement, *, who: _As = _ME, expect: _Expect = None
) -> None:
    """Let what is approved go out, after the undo time; the collector posts it, also while posts are held."""
    _step(context, statements.publish, (incident, statement), who, expect)


def withdraw(
    context: typer.Context, incident: _Number, statement: _Statement, *, account: _One = None, who: _As = _ME
) -> None:
    """Take back what has not gone out."""
    store, number = output.open_workspace(context), IncidentId(incident)
    where = _one(store, account)
    _do(context, store, who, lambda me, now: statements.withdraw(store, number, statement, where, actor=me, now=now))


def again(
    context: typer.Context, incident: _Number, statement: _Statement, *, account: _One = None, who: _As = _ME
) -> None:
    """Send again what failed."""
    store, number = output.open_workspace(context), IncidentId(incident)
    where = _one(store, account)
    _do(context, store, who, lambda me, now: statements.send_again(store, number, statement, where, actor=me, now=now))


def discard(
    context: typer.Context, incident: _Number, statement: _Statement, *, who: _As = _ME, expect: _Expect = None
) -> None:
    """Throw away what was not published."""
    _step(context, statements.discard, (incident, statement), who, expect)


def documents(s: Session, incident: IncidentId) -> list[dict[str, Any]]:
    """An incident's statements as JSON, the newest first."""
    names = {each.id: each.handle for each in accounts.all(s, removed=True)}
    return [_document(each, names) for each in statements.of(s, incident)]


def lines(found: list[dict[str, Any]]) -> list[str]:
    """The same for people, one a line."""
    return [f"Statement {each['id']}, {_stands(each)}: {each['text']}" for each in found]


def _document(each: Statement, names: dict[AccountId, str]) -> dict[str, Any]:
    posts = [
        {
            "account": post.account,
            "state": str(post.state),
            "error": post.error,
            "url": post.remote_url,
            "sent_at": output.iso(post.sent_at),
        }
        for post in each.posts
    ]
    return {
        "id": each.id,
        "version": each.version,
        "state": str(each.state),
        "text": each.text,
        "accounts": [names.get(number, str(number)) for number in each.account_ids],
        "written_by": each.written_by,
        "written_at": output.iso(each.written_at),
        "asked_at": output.iso(each.asked_at),
        "approved_by": each.approved_by or None,
        "approved_at": output.iso(each.approved_at),
        "posts": posts,
    }


def _cells(each: dict[str, Any]) -> list[str]:
    posts = [f"{post['account']}: {post['state']}" for post in each["posts"]]
    return [str(each["id"]), each["state"], str(each["version"]), ", ".join(posts or each["accounts"]), each["text"]]


def _stands(each: dict[str, Any]) -> str:
    posts = ", ".join(f"{post['account']} {post['state']}" for post in each["posts"])
    return f"{each['state']} ({posts})" if posts else str(each["state"])


def _named(s: Session, names: list[str]) -> list[AccountId]:
    return [accounts.named(s, each).id for each in names]


def _one(store: Store, name: str | None) -> AccountId | None:
    if name is None:
        return None
    with store.read() as s:
        return accounts.named(s, name).id


def _step(
    context: typer.Context, act: Callable[..., Done], where: tuple[int, int], who: str, expect: int | None
) -> None:
    store, number, statement = output.open_workspace(context), IncidentId(where[0]), where[1]
    _do(
        context,
        store,
        who,
        lambda me, now: act(store, number, statement, actor=me, now=now, expect=expect),
    )


def _do(context: typer.Context, store: Store, who: str, act: Callable[[str, datetime], Done]) -> None:
    done = act(output.acting(store, who), output.now())
    number = "" if done.statement_id is None else f" It is statement {done.statement_id}."
    output.say(context, {"id": done.statement_id, "sentence": done.sentence}, done.sentence + number)
