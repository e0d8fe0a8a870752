"""The commands: thin, each calls one flow. Built from modules that each have ``register(app)``."""

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Annotated

import typer
from typer.exceptions import TyperException

from inbox import __version__
from inbox.networks.errors import NetworkError
from inbox.secrets import SecretError
from inbox.store.errors import Damaged, StoreError

MODULES = (
    "threads", "decisions", "data", "accounts", "collect", "outbox", "config", "care", "away", "calendars", "campaigns",
    "staffing", "sla", "report", "scorecard",
    "report_file", "schedule",
    "backtest", "route", "hot", "incidents", "hold", "escalate", "outside", "demo", "later",
)  # fmt: skip
"""The modules of this package that hold commands, in the order of the help."""

_ANYWHERE = ("--json", "--debug")


@dataclass(frozen=True, slots=True)
class Options:
    """What stands before the command. ``workspace`` None means the user's own."""

    workspace: str | None
    json: bool
    debug: bool


def build() -> typer.Typer:
    """The whole command line."""
    app = typer.Typer(
        name="inbox",
        help="Public mentions reach the employee whose job they are, with the time left to answer in view.",
        epilog="Without a command: the desktop.",
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )
    app.callback()(_options)
    for name in MODULES:
        import_module(f"inbox.cli.{name}").register(app)
    return app


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; its exit code: 0 done, 1 the world said no, 2 wrong use, 3 damaged data."""
    words = _hoisted(sys.argv[1:] if arguments is None else arguments)
    _speak_utf8()
    try:
        return int(build()(words, prog_name="inbox", standalone_mode=False) or 0)
    except typer.Abort:
        return _say("Stopped.", 1)
    except TyperException as error:
        sys.stderr.write(_with_usage(error) + "\n")
        return error.exit_code
    except BrokenPipeError:
        # The reader (head, less) has enough: keep Python from complaining when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return _say("Stopped.", 1)
    except Exception as error:
        # The last border: people get a sentence, --debug the traceback.
        if "--debug" in words:
            raise
        return _say(*_told(error))


def _version(asked: bool) -> None:  # noqa: FBT001 - typer's way
    if asked:
        typer.echo(__version__)
        raise typer.Exit


def _options(
    context: typer.Context,
    *,
    workspace: Annotated[
        str | None,
        typer.Option(
            "-w", "--workspace", envvar="INBOX_WORKSPACE", help="A SQLite file, or a postgresql+psycopg:// address."
        ),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")] = False,
    version: Annotated[  # noqa: ARG001 - told before a command is asked for
        bool,
        typer.Option("--version", help="Print the version.", is_eager=True, callback=_version),
    ] = False,
) -> None:
    context.obj = Options(workspace or None, json, debug)


def _hoisted(arguments: Sequence[str]) -> list[str]:
    """Bring ``--json`` and ``--debug`` to the front, so that they may stand after the command too."""
    words = list(arguments)
    end = words.index("--") if "--" in words else len(words)
    front = [word for word in words[:end] if word in _ANYWHERE]
    return front + [word for word in words[:end] if word not in _ANYWHERE] + words[end:]


def _with_usage(error: TyperException) -> str:
    message = error.format_message()
    if message.startswith("Usage:"):  # a group without its command: the help itself
        return message
    message = " ".join(message.split()).replace("Value error, ", "")
    context = getattr(error, "ctx", None)
    message = message if message.endswith((".", "?", "!")) else f"{message}."
    hint = f" See: {context.command_path} --help" if context is not None else ""
    return f"{message}{hint}"


def _told(error: Exception) -> tuple[str, int]:
    """The sentence and the exit code of an error."""
    if isinstance(error, Damaged):
        return str(error), 3
    if isinstance(error, (StoreError, NetworkError, SecretError)):
        return str(error), 1
    if isinstance(error, OSError) and error.strerror:
        where = f"{error.filename}: " if error.filename else ""
        return f"{where}{error.strerror}.", 1
    return f"Something unexpected happened ({type(error).__name__}: {error}). With --debug it says where.", 1


def _say(sentence: str, code: int) -> int:
    sys.stderr.write(" ".join(sentence.split()) + "\n")
    return code


def _speak_utf8() -> None:
    """Text of the networks holds any letter: never die over a terminal's encoding."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")
