"""``inbox demo``: the desktop on a throw-away workspace whose own small network keeps talking."""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from inbox.cli import output

if TYPE_CHECKING:
    from inbox.store.engine import Store

_THEMES = ("light", "dark", "contrast")
_LONGEST_SECONDS = 60.0


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("demo")(demo)


def demo(
    *,
    screenshots: Annotated[Path | None, typer.Option(help="Draw every main screen into this folder, and exit.")] = None,
    theme: Annotated[str | None, typer.Option(help="light, dark or contrast; else the system's.")] = None,
    size: Annotated[str, typer.Option(help="The window's size, for example 1440x900.")] = "1440x900",
    seconds: Annotated[float | None, typer.Option(help="End after so many seconds.")] = None,
    speed: Annotated[float, typer.Option(hidden=True, help="How fast the demo's world goes by.")] = 1.0,
) -> None:
    """Open the desktop on a made-up workspace: customers post, answer back, and a crisis builds up."""
    if theme is not None and theme not in _THEMES:
        raise typer.BadParameter(f"There is no theme “{theme}”. There are: {', '.join(_THEMES)}.")
    if not (0.01 <= speed <= 1000):  # noqa: PLR2004 - from a hundredth to a thousand times
        raise typer.BadParameter("The speed is between 0.01 and 1000.")
    wanted = _size(size)
    # Remembered choices, logs and keyring entries of the demo must not mix with the user's own.
    with tempfile.TemporaryDirectory(prefix="inbox-demo-") as folder:
        from inbox.flow.demo import prepare

        sys.stderr.write("Preparing the demo ...\n")
        address = prepare(Path(folder), now=output.now(), speed=speed)
        os.environ["INBOX_SECRETS_DIR"] = _secrets(Path(folder))
        from inbox.app import Demo, run

        ready = _patience() if screenshots is not None else None
        code = run(address, demo=Demo(screenshots=screenshots, theme=theme, size=wanted, seconds=seconds, ready=ready))
    raise typer.Exit(code)


def _patience() -> Callable[["Store"], bool]:
    """Whether there is enough to draw: the collector learns from the demo's past, which takes some seconds."""
    from inbox.flow.demo import taught

    sys.stderr.write("Waiting until the routing has learnt from the demo's past ...\n")
    ends = time.monotonic() + _LONGEST_SECONDS

    def ready(store: "Store") -> bool:
        return time.monotonic() > ends or taught(store)

    return ready


def _size(told: str) -> tuple[int, int]:
    width, _, height = told.lower().partition("x")
    if not (width.isdigit() and height.isdigit()):
        raise typer.BadParameter("A size is written as 1440x900.")
    return int(width), int(height)


def _secrets(folder: Path) -> str:
    """A folder of the demo's own in place of the keyring, which is never asked."""
    place = folder / "secrets"
    place.mkdir(mode=0o700)
    return str(place)
