"""Commands whose issue is still to come: they exist and say so."""

import typer

from inbox.cli.output import fail

COMING = {
    "check": "The composer's checks",
    "backup": "Backups",
    "restore": "Backups",
    "audit": "Verifying the audit chain",
    "privacy": "Exporting and erasing a person's data",
}


def register(app: typer.Typer) -> None:
    """Add each one that no other module has added by now."""
    taken = {command.name for command in app.registered_commands} | {group.name for group in app.registered_groups}
    for name, what in COMING.items():
        if name not in taken:
            _add(app, name, what)


def _add(app: typer.Typer, name: str, what: str) -> None:
    verb = "are" if what.endswith("s") else "is"

    @app.command(
        name,
        help=f"{what}: to come.",
        context_settings={"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []},
        add_help_option=False,
        hidden=True,
    )
    def coming(context: typer.Context) -> None:  # noqa: ARG001 - takes whatever arguments come
        fail(f"{what} {verb} not there yet.")
