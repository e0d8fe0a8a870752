"""``python -m inbox`` and ``inbox``: the desktop without a command, else the command line."""

import os
import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Start what is asked for; the exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    address = _desktop(words)
    if address is None:
        # Imported only here: the desktop does not pay for the command line's library.
        from inbox import cli

        return cli.main(words)
    from inbox.app import run

    return run(address or os.environ.get("INBOX_WORKSPACE") or None)


def _desktop(words: Sequence[str]) -> str | None:
    """The workspace named when nothing but a workspace is named ("" for none); None when there is a command."""
    match list(words):
        case []:
            return ""
        case ["-w" | "--workspace", address]:
            return address
        case [word] if word.startswith("--workspace="):
            return word.partition("=")[2]
        case _:
            return None


if __name__ == "__main__":
    sys.exit(main())
