"""Names of languages from their codes."""

from PySide6.QtCore import QLocale

from inbox.ui.thread.plain import line


def language_words(code: str) -> str:
    """The language's name as the interface has it; the code itself where it is not known."""
    language = QLocale.codeToLanguage(code.split("-", maxsplit=1)[0].lower()[:3])
    if language in {QLocale.Language.AnyLanguage, QLocale.Language.C}:
        return line(code, 12)
    return QLocale.languageToString(language)
