"""What a rule did, in a sentence for people."""

from datetime import datetime

from inbox.model.thread import Reason
from inbox.model.words import ReasonStep
from inbox.model.workspace import UNSORTED, Rule, When
from inbox.routing.facts import Facts


def rule_reason(rule: Rule, kinds: list[str], matched: tuple[str, ...], facts: Facts) -> Reason:
    """The reason of a rule that acted; ``kinds`` are those of its actions that no earlier rule had settled."""
    because = f" because of {quoted(matched)}" if matched else _because(rule.when, facts)
    sentence = f"The rule “{rule.name}” {_done(rule, kinds, facts)}{because}."
    return Reason(ReasonStep.RULE, sentence, facts.at, matched, {"rule": rule.name, "actions": kinds})


def stopped_reason(rule: Rule, rounds: int, at: datetime) -> Reason:
    """The reason where rules that set each other off were stopped."""
    sentence = f"Rules set each other off {rounds} times, so “{rule.name}” and what follows were not asked again."
    return Reason(ReasonStep.RULE, sentence, at, (), {"stopped": rule.name, "rounds": rounds})


def quoted(words: tuple[str, ...]) -> str:
    """Words of a text in quotes."""
    return ", ".join(f"“{word}”" for word in words)


def _because(when: When, facts: Facts) -> str:
    """What held where no words of the text did it; nothing for a rule that holds always."""
    tags = {tag.casefold() for tag in when.author_tags}
    worn = ", ".join(sorted(tag for tag in facts.author_tags if tag.casefold() in tags))
    inside, calendar = when.hours or (True, "")
    told = (
        (when.account, f"it is for {facts.account}"),
        (when.network, f"it is on {facts.network}"),
        (when.kind, f"it is a {facts.kind}"),
        (when.language, f"its language is {facts.language}"),
        (when.sentiment, f"it sounds {facts.sentiment}"),
        (when.author_tags, f"the author is tagged {worn}"),
        (when.followers_min is not None, f"the author has {facts.followers or 0:,} followers"),
        (when.verified is not None, "the author is verified" if when.verified else "the author is not verified"),
        (when.has_media is not None, "it has media" if when.has_media else "it has no media"),
        (when.area, f"the area is {' or '.join(when.area)}"),
        (when.priority, f"the priority is {' or '.join(when.priority)}"),
        (when.incident is not None, "it is part of an incident" if when.incident else "it is part of no incident"),
        (when.hours, f"it came {'inside' if inside else 'outside'} the hours of “{calendar}”"),
        (when.text_none, f"it does not say {quoted(when.text_none)}"),
    )
    words = [words for given, words in told if given]
    return f" because {_joined(words)}" if words else ""


def _done(rule: Rule, kinds: list[str], facts: Facts) -> str:
    then = rule.then
    said = {
        "area": _area(then.area, facts.area),
        "priority": f"set the priority to {then.priority}",
        "tags": f"added {', '.join(then.tags)}",
        "policy": f"chose the policy “{then.policy}”",
        "escalate": f"asks to escalate to “{then.escalate}”",
        "hide": "hid it as noise" if then.hide else "keeps it in view",
        "needs_reply": "says that it needs a reply" if then.needs_reply else "says that it needs no reply",
    }
    return _joined([said[kind] for kind in kinds])


def _joined(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _area(chosen: str | None, stands: str | None) -> str:
    """A thread that has an area keeps it, whatever a rule says of its later mentions."""
    if stands in (None, UNSORTED, chosen):
        return f"chose {chosen}"
    return f"speaks for {chosen} (it stays in {stands}, where it was put)"
