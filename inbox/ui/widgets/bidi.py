"""Texts of different directions side by side."""

FIRST_STRONG, POP = "\u2068", "\u2069"


def isolate(text: str) -> str:
    """``text`` in its own direction (first strong letter), without disturbing what stands around it."""
    return f"{FIRST_STRONG}{text}{POP}" if text else ""
