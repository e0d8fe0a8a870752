"""What a reply in the outbox says of itself, in words and with the way on."""

from dataclasses import dataclass
from datetime import datetime
from math import ceil

from PySide6.QtCore import QCoreApplication

from inbox.model.outbox import Reply
from inbox.model.words import AfterSend, ReplyState
from inbox.ui.thread.times import clock_time


@dataclass(frozen=True, slots=True)
class Shown:
    """State of a reply: icon, colour role, words, and what can be done (``undo``, ``retry`` or nothing)."""

    icon: str
    role: str
    words: str
    action: str = ""


def reply_state(reply: Reply, now: datetime) -> Shown:
    """What the line under a reply says."""
    if reply.state is ReplyState.QUEUED:
        return _queued(reply, now)
    if reply.state is ReplyState.SENDING:
        return Shown("send", "text2", _tr("Sending"))
    if reply.state is ReplyState.UNKNOWN:
        return Shown("refresh", "soon", _tr("The answer never came. It is being read back, and is not sent twice."))
    if reply.state is ReplyState.FAILED:
        return Shown("triangle", "late", _failed(reply), "retry")
    if reply.state is ReplyState.SENT:
        return Shown("check", "ok", _tr("Sent %1").replace("%1", clock_time(reply.sent_at or reply.queued_at)))
    return Shown("undo", "text3", _tr("Taken back"))


def after_words(after: AfterSend) -> str:
    """What a reply will do to its thread once it is out."""
    return {
        AfterSend.WAIT: _tr("then waits on the customer"),
        AfterSend.CLOSE: _tr("then closes the thread"),
        AfterSend.KEEP_OPEN: _tr("the thread stays open"),
    }[after]


def _queued(reply: Reply, now: datetime) -> Shown:
    left = ceil((reply.not_before - now).total_seconds())
    if reply.attempts:
        words = _tr("%1 Trying again in %2 s.") if left > 0 else _tr("%1 Trying again now.")
        return Shown("hourglass", "soon", words.replace("%2", str(left)).replace("%1", reply.error), "undo")
    if left > 0:
        return Shown("clock", "text2", _tr("Sends in %1 s").replace("%1", str(left)), "undo")
    return Shown("clock", "text2", _tr("Waits for the collector"), "undo")


def _failed(reply: Reply) -> str:
    return reply.error or _tr("It was not sent.")


def _tr(text: str) -> str:
    return QCoreApplication.translate("outbox", text)
