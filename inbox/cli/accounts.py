"""``inbox accounts``: connect, test, sign in, list, remove. Secrets come from stdin or a prompt without echo."""

import sys
from datetime import timedelta
from getpass import getpass
from typing import Annotated, Any

import typer

from inbox import secrets
from inbox.cli import output
from inbox.model import duration
from inbox.model.account import Account
from inbox.store import accounts, audit, sources
from inbox.store.engine import Store

_LOOK_BACKS = "Take in mentions from before, for example 24h or 7d; they start no clocks."


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(no_args_is_help=True, help="Connect accounts, test them, sign in again.")
    group.command("list")(list_accounts)
    group.command("add")(add)
    group.command("test")(test)
    group.command("signin")(sign_in)
    group.command("remove")(remove)
    app.add_typer(group, name="accounts")


def list_accounts(context: typer.Context) -> None:
    """List the accounts, and how each and its sources are doing."""
    store = output.open_workspace(context)
    with store.read() as s:
        documents = [
            _document(each, [_source(one) for one in sources.for_account(s, each.id)]) for each in accounts.all(s)
        ]
    if output.wants_json(context):
        output.say_json({"accounts": documents})
        return
    rows = [(each["id"], each["network"], each["handle"], each["health"], each["error"]) for each in documents]
    output.table(("id", "network", "handle", "health", "says"), rows)


def add(
    context: typer.Context,
    network: Annotated[str, typer.Argument(help="mastodon, bluesky ...")],
    *,
    handle: Annotated[str, typer.Option(help="The account's handle.")],
    server: Annotated[str, typer.Option(help="The address of its server.")] = "",
    look_back: Annotated[str, typer.Option(help=_LOOK_BACKS)] = "",
    search: Annotated[list[str] | None, typer.Option(help="Also pull what is found for these words or #tag.")] = None,
    secret_stdin: Annotated[bool, typer.Option("--secret-stdin", help="Read the token from standard input.")] = False,
) -> None:
    """Connect an account: its token is tested first, then kept in the system keyring."""
    from inbox.flow import connect
    from inbox.flow.connection import KnownNetworks

    store = output.open_workspace(context)
    workspace_id = connect.workspace_id_of(store)
    networks = KnownNetworks(workspace_id)
    capabilities = networks.capabilities(network)
    span = _span(look_back)
    secret = "" if capabilities.demo_only else _secret(handle, stdin=secret_stdin)
    account, tested = connect.add(
        store,
        networks,
        network,
        handle=handle,
        server=server,
        secret=secret,
        workspace_id=workspace_id,
        look_back=span,
        searches=search or (),
        actor="command",
        now=output.now(),
    )
    output.say(context, {**_document(account, []), **tested.told()}, f"{tested.sentence} Connected.")


def test(context: typer.Context, account: Annotated[str, typer.Argument(help="A handle, or network:handle.")]) -> None:
    """Test an account's connection: who it is, what it may do, whether mentions can be read."""
    from inbox.flow import connect

    store, found, networks = _connected(context, account)
    client = networks.open(found, lambda: False)
    try:
        tested = connect.test(client, found)
    finally:
        client.close()
    with store.write() as s:
        connect.save(
            s,
            found.id,
            tested.identity,
            networks.capabilities(found.network),
            searches=(),
            look_back_to=found.look_back_to,
            now=output.now(),
        )
    output.say(context, tested.told(), tested.sentence)


def sign_in(
    context: typer.Context,
    account: Annotated[str, typer.Argument(help="A handle, or network:handle.")],
    *,
    look_back: Annotated[str, typer.Option(help=f"{_LOOK_BACKS} Only for the first sign-in.")] = "",
    secret_stdin: Annotated[bool, typer.Option("--secret-stdin", help="Read a new token from standard input.")] = False,
) -> None:
    """Sign in again: on the network's own page where it has one, else with a new token or app password."""
    from inbox.flow import connect
    from inbox.flow.signing_in import by_page

    span = _span(look_back)
    store, found, networks = _connected(context, account)
    has_page = networks.capabilities(found.network).sign_in == "oauth" and not secret_stdin
    secret = by_page(found, say=_tell) if has_page else _secret(found.handle, stdin=secret_stdin)
    kept = [secret]
    client = networks.open_with(found, secret, lambda: False, kept.append)
    try:
        tested = connect.test(client, found)
    finally:
        client.close()
    if found.connected_at is None:
        connect.same_handle(found.handle, tested.identity)
    with store.write() as s:
        connect.save(
            s,
            found.id,
            tested.identity,
            networks.capabilities(found.network),
            searches=(),
            look_back_to=output.now() - span if span else found.look_back_to,
            now=output.now(),
        )
        audit.record(s, "command", "sign in", None, output.now(), account=found.handle)
        secrets.put(connect.workspace_id_of(store), found.id, kept[-1])
    output.say(context, tested.told(), f"{tested.sentence} Signed in.")


def remove(
    context: typer.Context, account: Annotated[str, typer.Argument(help="A handle, or network:handle.")]
) -> None:
    """Disconnect an account and forget its secret; its threads and mentions stay."""
    from inbox.flow import connect

    store, found, _ = _connected(context, account)
    workspace_id = connect.workspace_id_of(store)
    with store.write() as s:
        accounts.remove(s, found.id, output.now())
        audit.record(s, "command", "remove account", None, output.now(), account=found.handle)
    secrets.drop(workspace_id, found.id)
    output.say(context, {"removed": found.handle}, f"{found.handle} is disconnected. Its threads stay.")


def _connected(context: typer.Context, name: str) -> "tuple[Store, Account, Any]":
    from inbox.flow import connect
    from inbox.flow.connection import KnownNetworks

    store = output.open_workspace(context)
    with store.read() as s:
        found = accounts.named(s, name)
    return store, found, KnownNetworks(connect.workspace_id_of(store))


def _secret(handle: str, *, stdin: bool) -> str:
    if stdin or not sys.stdin.isatty():
        secret = sys.stdin.readline().strip()
    else:
        secret = getpass(f"Token or app password of {handle} (not shown): ").strip()
    if not secret:
        output.fail("No token was given.", 2)
    return secret


def _span(text: str) -> timedelta | None:
    if not text or text == "none":
        return None
    try:
        return duration.parse(text)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error


def _tell(sentence: str) -> None:
    typer.echo(sentence, err=True)


def _document(account: Account, found: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "id": account.id,
        "network": account.network,
        "handle": account.handle,
        "brand": account.brand,
        "server": account.server,
        "health": account.health.value,
        "error": account.error,
        "paused": account.paused,
        "connected_at": output.iso(account.connected_at),
        "budget_left": account.budget_left,
        "sources": found,
    }


def _source(source: Any) -> dict[str, Any]:  # noqa: ANN401 - a model source
    return {
        "kind": source.kind.value,
        "query": source.query,
        "last_success_at": output.iso(source.last_success_at),
        "lag_seconds": source.lag_seconds,
        "error": source.error,
    }
