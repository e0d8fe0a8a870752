"""Reads a payload once more that was kept in quarantine."""

import json

from inbox.model.account import Account
from inbox.model.mention import BadPayload, IncomingMention
from inbox.networks.mastodon.parse import Reader


def reparse(payload: str, account: Account) -> IncomingMention | BadPayload:
    """The mention of a status, or of the notification around one."""
    reader = Reader(account.handle, account.remote_id)
    try:
        kept = json.loads(payload)
    except ValueError as error:
        return BadPayload(account.network, payload, f"it is not JSON: {error}", account.handle)
    holds_status = isinstance(kept, dict) and "status" in kept
    return reader.notification(kept, "quarantine") if holds_status else reader.status(kept, "quarantine")
