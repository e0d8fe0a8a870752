"""On which line of a TOML file each key stands: the parsers do not tell, and people need to know."""

import re

Place = tuple[str | int, ...]

_KEY = re.compile(r"""\s*("(?:[^"\\]|\\.)*"|'[^']*'|[A-Za-z0-9_-]+)\s*""")
_TOKENS = re.compile(
    r'"""|' r"'''|" r'"(?:[^"\\]|\\.)*"|' r"'[^']*'|" r"#.*|[\[\]{}]"
)  # strings and comments are passed over whole


def lines(text: str) -> dict[Place, int]:
    """The line (from 1) of every table and key that begins a line; an array's entries are counted from 0.

    What has no line of its own (an array of tables) has that of the first thing in it.
    """
    found: dict[Place, int] = {}
    table: Place = ()
    counts: dict[Place, int] = {}
    scan = _Scan()
    for number, line in enumerate(text.splitlines(), start=1):
        inside = scan.inside
        stripped = line.strip()
        if not inside and stripped.startswith("["):
            table = _header(stripped, counts)
            found.setdefault(table, number)
            continue
        if not inside and stripped and not stripped.startswith("#"):
            keys, rest = _keys(line)
            if rest.startswith("="):
                found.setdefault((*table, *keys), number)
        scan.over(line)
    first: dict[Place, int] = {}
    for place, number in found.items():  # in the order of their lines
        for length in range(1, len(place)):
            first.setdefault(place[:length], number)
    return first | found


def line_of(known: dict[Place, int], place: Place) -> int:
    """The line of a place, or of the nearest place around it; 1 at the worst."""
    for length in range(len(place), 0, -1):
        if place[:length] in known:
            return known[place[:length]]
    return 1


class _Scan:
    """Whether the next line continues a value: an open bracket, or an open string of many lines."""

    def __init__(self) -> None:
        self._depth = 0
        self._quotes = ""

    @property
    def inside(self) -> bool:
        return self._depth > 0 or bool(self._quotes)

    def over(self, line: str) -> None:
        """Read one line."""
        place = 0
        while place < len(line):
            if self._quotes:
                end = line.find(self._quotes, place)
                if end < 0:
                    return
                place, self._quotes = end + 3, ""
                continue
            token = _TOKENS.search(line, place)
            if token is None:
                return
            place = token.end()
            if token.group() in {'"""', "'''"}:
                self._quotes = token.group()
            elif token.group() in {"[", "{"}:
                self._depth += 1
            elif token.group() in {"]", "}"}:
                self._depth = max(0, self._depth - 1)


def _header(line: str, counts: dict[Place, int]) -> Place:
    """The place of ``[table]`` or ``[[array]]``; a name that is an array means its newest entry."""
    many = line.startswith("[[")
    keys, _ = _keys(line.lstrip("["))
    place: Place = ()
    for position, key in enumerate(keys):
        place = (*place, key)
        if many and position == len(keys) - 1:
            counts[place] = counts.get(place, -1) + 1
        if place in counts:
            place = (*place, counts[place])
    return place


def _keys(text: str) -> tuple[list[str], str]:
    """A dotted key at the start of a text, and what follows it."""
    keys: list[str] = []
    place = 0
    while match := _KEY.match(text, place):
        keys.append(match.group(1).strip("\"'"))
        place = match.end()
        if not text.startswith(".", place):
            break
        place += 1
    return keys, text[place:]
