"""What the composer asks of the flows, each a callable for the write lane."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from inbox.model.ids import MentionId, ThreadId
from inbox.model.outbox import Draft, Reply
from inbox.model.words import AfterSend, DraftKind, Visibility

if TYPE_CHECKING:
    from inbox.flow import reply
    from inbox.flow.decide import Decided
    from inbox.model.thread import Presence
    from inbox.store.engine import Store


@dataclass(frozen=True, slots=True)
class SaveDraft:
    """Keeps a draft; gives the time it was kept."""

    draft: Draft
    employee: str

    def __call__(self, store: "Store") -> datetime:
        """On the write lane."""
        from inbox.flow import reply

        draft = self.draft
        reply.save_draft(
            store,
            draft.thread_id,
            draft.text,
            employee=self.employee,
            version=draft.thread_version,
            now=draft.saved_at,
            visibility=draft.visibility,
            answers=draft.answers,
            kind=draft.kind,
        )
        return draft.saved_at


@dataclass(frozen=True, slots=True)
class Send:
    """Puts a reply into the outbox. Raises ``LostRace`` when the thread is newer than ``expect``, or the
    customer wrote after ``seen``.
    """

    thread_id: ThreadId
    text: str
    employee: str
    visibility: Visibility
    after: AfterSend
    expect: int | None
    seen: MentionId | None
    now: datetime

    def __call__(self, store: "Store") -> Reply:
        """On the write lane."""
        from inbox.flow import reply

        return reply.send(
            store,
            self.thread_id,
            self.text,
            employee=self.employee,
            now=self.now,
            visibility=self.visibility,
            after=self.after,
            expect=self.expect,
            seen=self.seen,
        )


@dataclass(frozen=True, slots=True)
class Unsend:
    """Takes a queued reply back. Raises ``LostRace`` when it is on its way already."""

    reply: Reply
    actor: str
    now: datetime

    def __call__(self, store: "Store") -> Reply:
        """On the write lane."""
        from inbox.flow import reply

        return reply.unsend(store, self.reply.id, actor=self.actor, now=self.now)


@dataclass(frozen=True, slots=True)
class SendAgain:
    """Sends a failed reply again. Raises ``LostRace`` when it has not failed."""

    reply: Reply
    actor: str
    now: datetime

    def __call__(self, store: "Store") -> Reply:
        """On the write lane."""
        from inbox.flow import reply

        return reply.send_again(store, self.reply.id, actor=self.actor, now=self.now)


@dataclass(frozen=True, slots=True)
class Claim:
    """Says that the employee is writing here."""

    thread_id: ThreadId
    employee: str
    now: datetime

    def __call__(self, store: "Store") -> "reply.Claim":
        """On the write lane."""
        from inbox.flow import reply

        return reply.claim(store, self.thread_id, self.employee, now=self.now)


@dataclass(frozen=True, slots=True)
class Look:
    """Says that the employee has the thread on screen."""

    thread_id: ThreadId
    employee: str
    now: datetime

    def __call__(self, store: "Store") -> "tuple[Presence, ...]":
        """On the write lane."""
        from inbox.flow import reply

        return reply.look(store, self.thread_id, self.employee, now=self.now)


@dataclass(frozen=True, slots=True)
class Leave:
    """Says that the employee has gone on."""

    thread_id: ThreadId
    employee: str

    def __call__(self, store: "Store") -> None:
        """On the write lane."""
        from inbox.flow import reply

        reply.leave(store, self.thread_id, self.employee)


@dataclass(frozen=True, slots=True)
class AddNote:
    """Writes a note for colleagues; its draft goes once the note is there, so a crash between loses nothing."""

    thread_id: ThreadId
    text: str
    actor: str
    now: datetime

    def __call__(self, store: "Store") -> "Decided":
        """On the write lane."""
        from inbox.flow import decide, reply

        done = decide.note(store, self.thread_id, self.text, actor=self.actor, now=self.now)
        reply.save_draft(store, self.thread_id, "", employee=self.actor, version=0, now=self.now, kind=DraftKind.NOTE)
        return done
