"""Reads a payload once more that was kept in quarantine."""

import json

from inbox.model.account import Account
from inbox.model.mention import BadPayload, IncomingMention
from inbox.networks.bluesky import parse


def reparse(payload: str, account: Account) -> IncomingMention | BadPayload:
    """The mention of a notification, a post, or an entry of the account's own feed."""
    try:
        kept = json.loads(payload)
    except ValueError as error:
        return BadPayload(account.network, payload, f"it is not JSON: {error}", account.handle)
    known = kept if isinstance(kept, dict) else {}
    read = parse.own_post if "post" in known else parse.notification if "reason" in known else parse.post
    found = parse.read_item(kept, read, parse.Me(account.remote_id, account.handle), "quarantine")
    if found.mentions:
        return found.mentions[-1]
    return found.bad or BadPayload(account.network, payload, "it holds no mention", account.handle)
