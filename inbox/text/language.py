"""The language of a post, or None: not knowing beats a wrong guess, which would send it to the wrong people."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from inbox.text import romanised

LANGUAGES: Final = (
    "ar", "bg", "bn", "ca", "cs", "da", "de", "el", "en", "es", "et", "fa", "fi", "fr", "he", "hi", "hr", "hu",
    "id", "it", "ja", "ko", "lt", "lv", "ms", "nl", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sr", "sv", "ta",
    "te", "th", "tr", "uk", "ur", "vi", "zh",
)  # fmt: skip
"""The languages that are told apart: fewer choices make fewer wrong ones on short posts."""

_NOISE: Final = re.compile(r"https?://\S+|www\.\S+|[@#][\w.@-]+|\d+|\brt\b|\blol\b|\bha(?:ha)+\b", re.IGNORECASE)
_LETTERS: Final = re.compile(r"[^\W\d_]")
_STRETCHED: Final = re.compile(r"(.)\1{2,}")
_SCRIPTS: Final = (
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("th", re.compile(r"[\u0e01-\u0e5b]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("ta", re.compile(r"[\u0b80-\u0bff]")),
    ("te", re.compile(r"[\u0c00-\u0c7f]")),
    ("bn", re.compile(r"[\u0980-\u09ff]")),
)
"""Scripts that one language has for itself, as far as our languages go."""
_FEWEST_LETTERS: Final = 12
_SURE: Final = 0.6
_CLEAR: Final = 0.9
"""Where there are words of Hindi in Latin letters, the model must be surer."""
_TAKEN_FOR: Final = frozenset(("en", "id", "ms", "et", "fi", "tr"))
"""What the model takes Hindi in Latin letters for."""
_ENOUGH: Final = 1000


@dataclass(frozen=True, slots=True)
class Guess:
    """A language (ISO 639-1) with its probability."""

    language: str
    probability: float


def detect(text: str) -> Guess | None:
    """The language of one post, None when it is too short, too noisy or not clear."""
    plain = _plain(text)
    letters = len(_LETTERS.findall(plain))
    by_script = _by_script(plain, letters)
    if by_script is not None:
        return by_script
    if letters < _FEWEST_LETTERS or (len(plain.split()) < 2 and plain.isascii()):  # noqa: PLR2004 - one word is no text
        return None
    # Capitals mislead the model on short posts, and shouting says nothing of the language.
    lowered = plain.lower()
    hindi = romanised.hindi(lowered)
    if hindi:
        return Guess("hi", hindi)
    language, probability = _model().classify(lowered)
    if probability < _SURE or (hindi is None and (probability < _CLEAR or language in _TAKEN_FOR)):
        return None
    return Guess(str(language), float(probability))


def detect_all(texts: Iterable[str]) -> list[Guess | None]:
    """The languages of many posts, equal texts being looked at once."""
    known: dict[str, Guess | None] = {}
    found: list[Guess | None] = []
    for text in texts:
        if text not in known:
            known[text] = detect(text)
        found.append(known[text])
    return found


def _plain(text: str) -> str:
    without = _NOISE.sub(" ", text[:_ENOUGH].encode("utf-8", "ignore").decode("utf-8"))
    return " ".join(_STRETCHED.sub(r"\1\1", without).split())


def _by_script(plain: str, letters: int) -> Guess | None:
    if plain.isascii():
        return None
    for language, script in _SCRIPTS:
        found = len(script.findall(plain))
        if found >= 3 and found * 2 > (letters if language != "ja" else found):  # noqa: PLR2004 - a few letters, mostly of it
            return Guess(language, 0.99)
    return None


@lru_cache(maxsize=1)
def _model() -> Any:  # noqa: ANN401 - the library has no types
    """The model, loaded when first asked: it takes 0.2 s and 60 MB with numpy."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    model = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    model.set_languages([language for language in LANGUAGES if language in set(model.nb_classes)])
    return model


def name_of(code: str) -> str:
    """The English name of a language code, with or without a region; the code itself when it is not known."""
    return _NAMES.get(code.partition("-")[0].lower(), code)


_NAMES: Final = {
    "ar": "Arabic", "bg": "Bulgarian", "bn": "Bengali", "ca": "Catalan", "cs": "Czech", "da": "Danish",
    "de": "German", "el": "Greek", "en": "English", "es": "Spanish", "et": "Estonian", "fa": "Persian",
    "fi": "Finnish", "fr": "French", "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian",
    "id": "Indonesian", "it": "Italian", "ja": "Japanese", "ko": "Korean", "lt": "Lithuanian", "lv": "Latvian",
    "ms": "Malay", "nl": "Dutch", "no": "Norwegian", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian",
    "ru": "Russian", "sk": "Slovak", "sl": "Slovenian", "sr": "Serbian", "sv": "Swedish", "ta": "Tamil",
    "te": "Telugu", "th": "Thai", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu", "vi": "Vietnamese",
    "zh": "Chinese",
}  # fmt: skip
