"""Counted words in the user's language."""

from PySide6.QtCore import QCoreApplication, QLocale


def counted(text: str, n: int, context: str = "words") -> str:
    """``text`` with ``%n`` put in and its plural chosen: "%n thread(s)" is "1 thread" or "2 threads".

    A translation gives the plural its own language has; without one the English "(s)" is settled here.
    """
    words = QCoreApplication.translate(context, text, "", n)
    return words.replace("(s)", "" if n == 1 else "s")


def number(n: int) -> str:
    """A count with the user's digits and separators."""
    here = QLocale()
    # Without a locale Qt groups no digits, though all our words are English then.
    plain = here.language() == QLocale.Language.C
    return (QLocale(QLocale.Language.English) if plain else here).toString(n)


def capped(n: int, cap: int = 1000) -> str:
    """A count that may have stopped at ``cap``: then "999+"."""
    return f"{number(cap - 1)}+" if n == cap else number(n)
