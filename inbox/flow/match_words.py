"""Says why a rule matches a stored mention or just misses it, and which places of its text to mark."""

from typing import Final

from inbox.flow.asking import Begun, Known, is_empty
from inbox.model.words import ReasonStep
from inbox.model.workspace import UNSORTED, Rule, When
from inbox.routing.patterns import Hits, matched_spans
from inbox.routing.phrases import folded, spans

Spans = list[tuple[int, int]]

_LONGEST: Final = 280
_BEFORE: Final = 60
_STATED: Final = ("network", "account", "kind", "language", "sentiment", "author_tags", "priority", "area")


def why_matched(rule: Rule, begun: Begun, known: Known, hits: Hits, overruled: str | None) -> str:
    """Which conditions the text met: “text_any matched “my suitcase”; nothing in text_none”.

    ``overruled`` is a rule before it that chose the area.
    """
    when, text = rule.when, known.seen.text
    if is_empty(when):
        parts = ["No condition is given, so everything matches"]
    else:
        parts = [said for key in ("text_any", "text_all") if (said := _phrases(key, when, hits, text, begun))]
        if when.text_regex is not None:
            parts += [f"text_regex matched “{_first(matched_spans(when.text_regex, text), text)}”"]
        if parts and when.text_none:
            parts.append("nothing in text_none")
        parts = parts or [_stated(when)]
    if overruled is not None:
        parts.append(f"“{overruled}” comes first")
    elif known.seen.step == ReasonStep.LEARNED and known.seen.area is None:
        parts.append("was under the confidence threshold")
    return "; ".join(parts)


def why_missed(key: str, rule: Rule, known: Known, hits: Hits) -> str:
    """The one condition that left it out: “Left out: text_none matched “found it””."""
    when, facts = rule.when, known.facts
    if key == "text_none":
        phrase = next(each for each in when.text_none if folded(each).strip() in hits.phrases)
        said = f"text_none matched “{_first(spans(phrase, facts.text), facts.text) or phrase}”"
    elif key == "text_all":
        lacking = [each for each in when.text_all if folded(each).strip() not in hits.phrases]
        said = f"text_all lacks “{lacking[0]}”"
    else:
        said = _SAID[key](known, when)
    return f"Left out: {said}"


def marks(rule: Rule, begun: Begun, known: Known, hits: Hits) -> Spans:
    """The places of the text that matched any words of the rule, in order, none within another."""
    text, found = known.seen.text, list[tuple[int, int]]()
    for key in ("text_any", "text_all", "text_none"):
        for phrase in getattr(rule.when, key):
            form = folded(phrase).strip()
            if form in hits.phrases:
                found += spans(phrase, text, begun=form == begun.form and key == begun.key)
    if rule.when.text_regex is not None:
        found += matched_spans(rule.when.text_regex, text)
    joined: Spans = []
    for start, end in sorted(found):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def excerpt(text: str, places: Spans) -> tuple[str, Spans]:
    """A text short enough for a row, with what is marked in view, and the places in it."""
    if len(text) <= _LONGEST:
        return text, places
    first = places[0][0] if places else 0
    start = max(0, min(first - _BEFORE, len(text) - _LONGEST))
    end = min(len(text), start + _LONGEST)
    lead, tail = "…" if start else "", "…" if end < len(text) else ""
    shift = len(lead) - start
    kept = [(max(a, start) + shift, min(b, end) + shift) for a, b in places if a < end and b > start]
    return lead + text[start:end] + tail, kept


def _phrases(key: str, when: When, hits: Hits, text: str, begun: Begun) -> str:
    matched = [each for each in getattr(when, key) if folded(each).strip() in hits.phrases]
    if not matched:
        return ""
    whole = [each for each in matched if key != begun.key or folded(each).strip() != begun.form]
    words = [f"“{_first(spans(each, text), text) or each}”" for each in whole]
    typed = begun.form if len(whole) < len(matched) else ""
    if typed:
        shown = _first(spans(typed, text, begun=True), text) or typed
        words.append(f"“{shown}”, the words you are typing")
    return f"{key} matched {', '.join(dict.fromkeys(words))}"


def _stated(when: When) -> str:
    """Conditions that are not of the text, as the file has them."""
    parts = [f"{key} is {' or '.join(getattr(when, key))}" for key in _STATED if getattr(when, key)]
    if when.followers_min is not None:
        parts.append(f"{when.followers_min:,} followers or more")
    flags = (("verified", when.verified), ("has_media", when.has_media), ("incident", when.incident))
    parts += [f"{key} is {'true' if value else 'false'}" for key, value in flags if value is not None]
    if when.hours is not None:
        parts.append(f"posted {'inside' if when.hours[0] else 'outside'} the hours of “{when.hours[1]}”")
    if when.text_none:
        parts.append("nothing in text_none")
    said = "; ".join(parts)
    return said[:1].upper() + said[1:]


def _first(places: Spans, text: str) -> str:
    return text[places[0][0] : places[0][1]] if places else ""


def _language(known: Known, _: When) -> str:
    code = known.facts.language
    return f"its language is {code}" if code else "its language is not clear"


def _followers(known: Known, _: When) -> str:
    count = known.facts.followers
    return "nobody knows how many followers the author has" if count is None else f"the author has {count:,} followers"


def _hours(_: Known, when: When) -> str:
    inside, name = when.hours or (True, "")
    return f"it was posted {'outside' if inside else 'inside'} the hours of “{name}”"


_SAID: Final = {
    "text_any": lambda _known, _when: "nothing of text_any is in it",
    "text_regex": lambda _known, _when: "text_regex does not match it",
    "network": lambda known, _: f"it came from {known.facts.network}",
    "account": lambda known, _: f"it came to {known.facts.account}",
    "kind": lambda known, _: f"it is a {known.facts.kind}",
    "language": _language,
    "sentiment": lambda known, _: (
        f"its sentiment is {known.facts.sentiment}" if known.facts.sentiment else "its sentiment is not clear"
    ),
    "author_tags": lambda _, when: f"the author is not tagged {' or '.join(when.author_tags)}",
    "followers_min": _followers,
    "verified": lambda known, _: f"the author is {'' if known.facts.verified else 'not '}verified",
    "has_media": lambda known, _: "it has a picture or film" if known.facts.has_media else "it has no picture or film",
    "priority": lambda known, _: f"its priority is {known.facts.priority}",
    "area": lambda known, _: f"it is in {known.facts.area or UNSORTED}",
    "incident": lambda known, _: f"it is {'' if known.facts.incident else 'not '}part of an incident",
    "hours": _hours,
}
