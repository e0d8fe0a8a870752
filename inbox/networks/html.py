"""The HTML of a post as the plain text a person would read. Pure; nothing of it is ever rendered."""

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

LONGEST = 400_000
MOST_TAGS = 4_000

_SKIPPED = frozenset({"script", "style", "template", "noscript", "iframe", "object", "svg", "math", "head", "title"})
_BLOCKS = frozenset({"div", "ul", "ol", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "table", "tr"})
_SPACES = re.compile(r"[ \t\r\f\v]+")
_AROUND_BREAK = re.compile(r" *\n *")
_MANY_BREAKS = re.compile(r"\n{3,}")


class TooMuch(ValueError):
    """The markup is longer or denser than any post's, and is not worth the time of parsing."""


def to_text(html: str, named: dict[str, str] | None = None) -> str:
    """The text with its paragraphs and line breaks; links whose shown text is shortened come whole.

    ``named`` maps the address of a mentioned person's page to ``user@host``, so that ``@user`` is unmistakable.
    Raises ``TooMuch``.
    """
    if len(html) > LONGEST:
        raise TooMuch(f"its text is too long ({len(html):,} characters)")
    if "<" not in html and "&" not in html:
        return html.strip()
    if html.count("<") > MOST_TAGS:
        raise TooMuch(f"its text holds too much markup ({html.count('<'):,} tags)")
    body = LexborHTMLParser(html).body
    if body is None:
        return ""
    return _tidy("".join(_pieces(body, named or {})))


def _pieces(body: LexborNode, named: dict[str, str]) -> list[str]:
    """Depth first without recursion: nesting is the sender's choice."""
    pieces: list[str] = []
    waiting: list[LexborNode | str] = [body]
    while waiting:
        node = waiting.pop()
        if isinstance(node, str):
            pieces.append(node)
            continue
        tag = node.tag or ""
        if tag == "-text":
            pieces.append((node.text_content or "").replace("\n", " "))
        elif tag == "br":
            pieces.append("\n")
        elif tag == "a":
            pieces.append(_link(node, named))
        elif tag not in _SKIPPED and not tag.startswith(("-", "!")):
            after = _break_after(tag)
            if after:
                waiting.append(after)
            waiting.extend(reversed(list(node.iter(include_text=True))))
            if tag == "li":
                pieces.append("\n- ")
    return pieces


def _break_after(tag: str) -> str:
    if tag == "p":
        return "\n\n"
    return "\n" if tag in _BLOCKS else ""


def _link(node: LexborNode, named: dict[str, str]) -> str:
    shown = _SPACES.sub(" ", node.text(deep=True)).strip()
    href = (node.attributes.get("href") or "").strip()
    classes = (node.attributes.get("class") or "").split()
    if "mention" in classes or shown.startswith("@"):
        return f"@{named[href]}" if href in named else shown
    if shown.startswith("#") or not href.lower().startswith(("http://", "https://")):
        return shown
    # A link that says one address and leads to another is shown with both.
    return href if _is_short_for(shown, href) else f"{shown} ({href})"


def _is_short_for(shown: str, href: str) -> bool:
    """Mastodon hides a link's scheme and all after 30 letters, in spans or with an ellipsis."""
    visible = shown.rstrip("….").removeprefix("https://").removeprefix("http://").removeprefix("www.")
    target = href.split("://", 1)[-1].removeprefix("www.")
    return not shown or target.startswith(visible)


def _tidy(text: str) -> str:
    text = _SPACES.sub(" ", text)
    return _MANY_BREAKS.sub("\n\n", _AROUND_BREAK.sub("\n", text)).strip()
