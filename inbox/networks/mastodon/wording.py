"""The words of a reply: addressed to its author, and known again when read back. Pure."""

import re
import unicodedata

_ADDRESS = re.compile(r"@([\w.-]+)(?:@[\w.:-]+)?")
_LEADING = re.compile(r"^\s*(?:@[\w.-]+(?:@[\w.:-]+)?\s+)+")
_NO_WORD = re.compile(r"[\W_]+")


def addressed(text: str, author: str, domain: str) -> str:
    """The text with the author named at its front unless they are named in it already: without that Mastodon
    does not tell them. People of our own instance are named without its name, which every server takes.
    """
    handle = author.lstrip("@")
    if not handle:
        return text
    user, _, host = handle.partition("@")
    named = user if not host or host.lower() == domain.lower() else handle
    spoken = {match.group(0).lower() for match in _ADDRESS.finditer(text)}
    wanted = {f"@{handle}".lower(), f"@{named}".lower()}
    return text if spoken & wanted else f"@{named} {text}"


def same_words(read_back: str, sent: str) -> bool:
    """Whether a post read back is what was sent: the server may have named the author in front, completed
    names, turned marks into markup and changed spaces.
    """
    one, other = _bare(read_back), _bare(sent)
    letters = _NO_WORD.sub("", one), _NO_WORD.sub("", other)
    if letters[0] or letters[1]:
        return letters[0] == letters[1]
    return "".join(one.split()) == "".join(other.split())


def _bare(text: str) -> str:
    without = _LEADING.sub("", unicodedata.normalize("NFKC", text) + " ")
    return _ADDRESS.sub(r"@\1", without).casefold().strip()
