"""Durations as people write them in files and commands: ``90s``, ``15m``, ``4h``, ``1d`` (24 hours)."""

import re
from datetime import timedelta

_FORM = re.compile(r"(\d{1,9})([smhd])")
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
LONGEST = timedelta(days=3650)


def parse(text: str) -> timedelta:
    """A written duration. Raises ``ValueError`` with a plain sentence."""
    parts = _FORM.findall(text)
    if not parts or "".join(number + unit for number, unit in parts) != text.strip():
        raise ValueError(f"“{text}” is not a duration: write it like 90s, 15m, 4h or 1d")
    total = timedelta(seconds=sum(int(number) * _SECONDS[unit] for number, unit in parts))
    if total > LONGEST:
        raise ValueError(f"“{text}” is more than ten years")
    return total


def show(span: timedelta) -> str:
    """The shortest form that ``parse`` reads back as the same, to the second."""
    left = int(span.total_seconds())
    if left == 0:
        return "0s"
    written = ""
    for unit, size in (("d", 86400), ("h", 3600), ("m", 60), ("s", 1)):
        number, left = divmod(left, size)
        written += f"{number}{unit}" if number else ""
    return written
