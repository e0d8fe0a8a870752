"""The order of a thread: mentions, notes and waiting replies by their time, with a rule for each new day."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from inbox.model.mention import Mention
from inbox.model.outbox import Reply
from inbox.model.thread import Note, Thread
from inbox.model.words import ReasonStep, ReplyState

RECENT = 30
STEP = 100

_MATCHING = {ReasonStep.RULE, ReasonStep.KEYWORD, ReasonStep.LEARNED}


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing in a thread. Exactly one of ``mention``, ``note`` and ``reply`` is there."""

    at: datetime
    mention: Mention | None = None
    note: Note | None = None
    reply: Reply | None = None

    @property
    def key(self) -> str:
        """Names the entry across refreshes."""
        if self.mention is not None:
            return f"mention:{self.mention.id}"
        if self.note is not None:
            return f"note:{self.note.id}"
        return f"reply:{self.reply.id}" if self.reply is not None else ""

    @property
    def day(self) -> date:
        """The user's own day."""
        return self.at.astimezone().date()


def entries(thread: Thread, replies: Iterable[Reply] = ()) -> list[Entry]:
    """All of a thread, oldest first. A sent reply is left out once its mention is there."""
    published = {mention.global_id for mention in thread.mentions}
    found = [Entry(mention.created_at, mention=mention) for mention in thread.mentions]
    found += [Entry(note.created_at, note=note) for note in thread.notes]
    found += [Entry(_moment(reply), reply=reply) for reply in replies if _is_shown(reply, published)]
    return sorted(found, key=lambda entry: entry.at)


def matched_words(thread: Thread) -> tuple[str, ...]:
    """The words that rules, keywords and the learned area went by, longest first."""
    words = {word for reason in thread.why if reason.step in _MATCHING for word in reason.matched if word.strip()}
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


def spans(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Where ``words`` stand in ``text``, without regard to case: whole words, or parts where no whole one is."""
    found = [span for word in words if word for span in _places(text, word)]
    return sorted(set(found))


def _places(text: str, word: str) -> list[tuple[int, int]]:
    plain = re.escape(word)
    whole = [match.span() for match in re.finditer(rf"(?<!\w){plain}(?!\w)", text, re.IGNORECASE)]
    return whole or [match.span() for match in re.finditer(plain, text, re.IGNORECASE)]


def waiting(replies: Iterable[Reply]) -> list[Reply]:
    """The replies that can still be taken back."""
    return [reply for reply in replies if reply.state is ReplyState.QUEUED]


def _is_shown(reply: Reply, published: set[str]) -> bool:
    if reply.state is ReplyState.CANCELLED:
        return False
    return not (reply.state is ReplyState.SENT and reply.remote_id in published)


def _moment(reply: Reply) -> datetime:
    return reply.sent_at or reply.queued_at
