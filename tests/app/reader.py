"""Prints the accessibility tree of Social Inbox as JSON; run by the system's Python, which has pyatspi."""

import json
import sys

import pyatspi  # type: ignore[import-not-found]  # in the system's Python only

MOST = 4000


def text_of(thing: "pyatspi.Accessible") -> str:
    """The text inside an object, empty where it has none."""
    try:
        inside = thing.queryText()
        return str(inside.getText(0, min(inside.characterCount, 2000)))
    except NotImplementedError:
        return ""


def walk(thing: "pyatspi.Accessible", depth: int, found: list[dict[str, object]]) -> None:
    """Collect an object and what it holds."""
    if thing is None or len(found) >= MOST:
        return
    states = [pyatspi.stateToString(state) for state in thing.getState().getStates()]
    entry = {"role": thing.getRoleName(), "name": thing.name, "depth": depth, "states": states, "text": text_of(thing)}
    found.append(entry)
    # Of a list of a million rows only the first few are read.
    most = 30 if "manages descendants" in states else 200
    for index in range(min(thing.childCount, most)):
        walk(thing.getChildAtIndex(index), depth + 1, found)


def main() -> int:
    """0 when the program was found."""
    found: list[dict[str, object]] = []
    desktop = pyatspi.Registry.getDesktop(0)
    for index in range(desktop.childCount):
        program = desktop.getChildAtIndex(index)
        if program is not None and program.name.lower().startswith(("social inbox", "social-inbox")):
            walk(program, 0, found)
    print(json.dumps(found))
    return 0 if found else 1


if __name__ == "__main__":
    sys.exit(main())
