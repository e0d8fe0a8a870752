"""What a reply that stands on its network does to its thread, in one transaction: it is stored as our mention,
meets the clocks, and sets the thread to waiting, closed, or leaves it open.
"""

from datetime import datetime

from inbox.flow import clocks, decide
from inbox.flow.telling import LATE
from inbox.model.account import Account
from inbox.model.ids import ThreadId
from inbox.model.mention import BadPayload, IncomingAuthor, IncomingMention
from inbox.model.outbox import Reply
from inbox.model.words import AfterSend, CloseReason, Direction, MentionKind, Visibility
from inbox.model.workspace import Workspace
from inbox.networks.base import Posted, ReplyTarget
from inbox.store import answering, audit, config, handling, outbox, pages
from inbox.store.engine import Session
from inbox.store.errors import Refused
from inbox.store.items import prepare


def record(
    s: Session, account: Account, reply: Reply, target: ReplyTarget | None, posted: Posted, *, now: datetime
) -> bool:
    """Note that the reply stands on the network; False when that was noted before."""
    at = posted.created_at
    if outbox.sent(s, reply.id, remote_id=posted.global_id, remote_url=posted.url, sent_at=at) is None:
        return False
    workspace = config.load(s)
    mention = our_mention(account, reply.text, reply.visibility, target, posted, send_key=reply.send_key)
    acknowledgement = outbox.is_acknowledgement(s, reply.id)
    stored = keep(s, account, mention, by=reply.employee, acknowledgement=acknowledgement, workspace=workspace, now=now)
    thread_id = reply.thread_id if stored is None else stored
    _settle_thread(s, thread_id, reply, at)
    because = f"The reply had been posted at {at:%H:%M:%S} UTC." if now - at > LATE else ""
    clocks.recompute(s, thread_id, workspace=workspace, now=now, because=because)
    if reply.employee_id is not None:
        handling.sent(s, reply.thread_id, reply.employee_id, reply.id, at)
    audit.record(s, reply.employee, "sent", thread_id, now, reply=reply.id, post=posted.global_id)
    s.changed(threads=[thread_id, reply.thread_id], topics=["outbox"])
    return True


def keep(
    s: Session,
    account: Account,
    mention: IncomingMention,
    *,
    by: str,
    acknowledgement: bool = False,
    workspace: Workspace,
    now: datetime,
) -> ThreadId | None:
    """Store what stands as our mention, written here by somebody; its thread.

    A copy that an own-posts source pulled earlier is the same mention: the network's id is unique.
    """
    item = prepare(mention, account.id, pulled_by=account.id, connected_at=mention.created_at, now=now)
    if isinstance(item, BadPayload):
        raise Refused(f"It was sent, but it cannot be stored: {item.error}.")
    pages.store_chunk(s, account.network, [item], now=now, reopen_within=workspace.settings.reopen_within)
    stored = answering.written_here(s, account.network, mention.id, employee=by, acknowledgement=acknowledgement)
    return None if stored is None else stored[1]


def our_mention(
    account: Account, text: str, visibility: Visibility, target: ReplyTarget | None, posted: Posted, *, send_key: str
) -> IncomingMention:
    """A post of the account that stands, as it would be pulled."""
    private = visibility is Visibility.PRIVATE
    return IncomingMention(
        network=account.network,
        id=posted.global_id,
        author=IncomingAuthor(account.remote_id, account.handle, account.display_name),
        text=text if posted.text is None else posted.text,
        created_at=posted.created_at,
        account=account.handle,
        direction=Direction.OUTBOUND,
        kind=MentionKind.MESSAGE if private and target is None else MentionKind.MENTION,
        visibility=visibility,
        local_id=posted.local_id,
        in_reply_to=target.global_id if target is not None else None,
        root=(target.root or target.global_id) if target is not None else None,
        url=posted.url,
        send_key=send_key,
    )


def _settle_thread(s: Session, thread_id: ThreadId, reply: Reply, at: datetime) -> None:
    """What the writer asked for, unless the customer has asked again since: then the thread stays open.

    A thread that somebody closed meanwhile stays closed.
    """
    if reply.after_send is AfterSend.KEEP_OPEN or answering.asked_since(s, thread_id, reply.queued_at):
        return
    if answering.is_closed(s, thread_id):
        return
    if reply.after_send is AfterSend.CLOSE:
        decide.close_in(s, [thread_id], CloseReason.ANSWERED, actor=reply.employee, now=at)
    else:
        decide.wait_in(s, [thread_id], actor=reply.employee, now=at)
