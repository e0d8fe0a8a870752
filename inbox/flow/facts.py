"""The facts of a new mention: what it is written in and whether it needs a reply, each with its reason."""

from dataclasses import dataclass
from typing import Any

from inbox.model.words import Direction
from inbox.store.triage import Untriaged
from inbox.text import language, needs_reply


@dataclass(frozen=True, slots=True)
class Found:
    """What was found out about one mention; ``sentence`` says it for people."""

    language: str | None
    needs_reply: bool
    sentence: str
    details: dict[str, Any]


def find(mention: Untriaged) -> Found:
    """The facts of one mention. What the network, an import or a person has said already is kept."""
    outbound = mention.direction is Direction.OUTBOUND
    written_in, how = _language(mention)
    judgement = needs_reply.judge(mention.text, outbound=outbound, is_repost=mention.is_repost)
    needed, why = judgement.needed, judgement.why
    if mention.needs_reply is not None and not outbound:
        needed, why = mention.needs_reply, "Whether it needs a reply was set before."
    details = {"language": written_in, "needs_reply": needed, "probability": judgement.probability}
    reply = "Needs a reply." if needed else "Needs no reply."
    return Found(written_in, needed, f"{how} {reply} {why}", details)


def _language(mention: Untriaged) -> tuple[str | None, str]:
    if mention.language:
        return mention.language, f"{language.name_of(mention.language)}, as the network says."
    guess = language.detect(mention.text)
    if guess is None:
        return None, "The language is not clear."
    return guess.language, f"{language.name_of(guess.language)} ({guess.probability:.0%})."
