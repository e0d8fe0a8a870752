"""Addresses in a text, and what to say about each before anybody opens it."""

import re
import unicodedata
from dataclasses import dataclass
from ipaddress import ip_address

from PySide6.QtCore import QCoreApplication, QUrl

_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"“”«»]+", re.IGNORECASE)
_TRAILING = ".,;:!?'…)]}"
_PAIRS = {")": "(", "]": "[", "}": "{"}
_MANY = 50


@dataclass(frozen=True, slots=True)
class Link:
    """An address and where it stands in the text."""

    start: int
    end: int
    address: str


@dataclass(frozen=True, slots=True)
class Judged:
    """An address as it really is (``shown`` is plain ASCII), its host, and what speaks against it."""

    shown: str
    host: str
    warnings: tuple[str, ...]
    allowed: bool


def find(text: str) -> tuple[Link, ...]:
    """The web addresses in ``text``, the first fifty."""
    found: list[Link] = []
    for match in _ADDRESS.finditer(text):
        address = _without_tail(match.group())
        full = address if "://" in address else f"https://{address}"
        if "." in address or "://localhost" in address:
            found.append(Link(match.start(), match.start() + len(address), full))
        if len(found) == _MANY:
            break
    return tuple(found)


def judge(address: str) -> Judged:
    """What an address is; only http and https may be opened at all."""
    url = QUrl(address, QUrl.ParsingMode.TolerantMode)
    host = url.host(QUrl.ComponentFormattingOption.FullyEncoded)
    shown = bytes(url.toEncoded().data()).decode("ascii", "replace") if url.isValid() else ascii(address)[1:-1]
    if not url.isValid() or url.scheme() not in {"http", "https"} or not host:
        return Judged(shown, host, (_tr("This is not an address of a web page, so it is not opened."),), allowed=False)
    return Judged(shown, host, tuple(_warnings(address, url, host)), allowed=True)


def _warnings(address: str, url: QUrl, host: str) -> list[str]:
    said: list[str] = []
    if url.userInfo():
        words = _tr("What stands before the @ is no part of the name of the site. The site is %1.")
        said.append(words.replace("%1", host))
    if any(label.startswith("xn--") for label in host.split(".")):
        said.append(_lookalike(_decoded(host), host))
    if _is_number(host):
        said.append(_tr("The site has no name, only a number."))
    if any(unicodedata.bidirectional(letter) in {"RLO", "LRO", "RLE", "LRE", "RLI", "LRI"} for letter in address):
        said.append(_tr("The text hides characters that turn the reading direction."))
    if url.scheme() == "http":
        said.append(_tr("The connection is not encrypted."))
    return said


def _lookalike(decoded: str, host: str) -> str:
    """A name with letters that look like others: more than one alphabet in it is the usual trick."""
    if any(len(_alphabets(label)) > 1 for label in decoded.split(".")):
        words = _tr("The name mixes alphabets, so it may only look like a site that you know. Really it is %1.")
    else:
        words = _tr("The name is written with letters that may only look like a site that you know. Really it is %1.")
    return words.replace("%1", host)


def _alphabets(label: str) -> set[str]:
    return {unicodedata.name(letter, "?").split(" ")[0] for letter in label if letter.isalpha()}


def _decoded(host: str) -> str:
    """The letters behind ``xn--`` names; a name that cannot be read stays as it is."""
    labels = []
    for label in host.split("."):
        try:
            decoded = label[4:].encode("ascii").decode("punycode") if label.startswith("xn--") else label
        except UnicodeError:
            decoded = label
        labels.append(decoded)
    return ".".join(labels)


def _is_number(host: str) -> bool:
    try:
        ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


def _without_tail(address: str) -> str:
    """Without the punctuation of the sentence around it; a bracket stays where it was opened inside."""
    while address and address[-1] in _TRAILING:
        opening = _PAIRS.get(address[-1])
        if opening and address.count(opening) >= address.count(address[-1]):
            break
        address = address[:-1]
    return address


def _tr(text: str) -> str:
    return QCoreApplication.translate("links", text)
