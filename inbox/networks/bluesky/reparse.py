"""Reads a payload once more that was kept in quarantine."""

import json

from inbox.model.account import Account
from inbox.model.mention import BadPayload, IncomingMention
from inbox.networks.bluesky import parse
from inbox.networks.bluesky.parse import Me


def reparse(payload: str, account: Account) -> IncomingMention | BadPayload:
    """The mention of a notification, of a post, or of an entry of the account's own feed."""
    try:
        kept = json.loads(payload)
    except (ValueError, RecursionError) as error:
        return BadPayload(account.network, payload, f"it is not JSON: {error}", account.handle)
    me = Me(account.remote_id, account.handle)
    if isinstance(kept, dict) and "post" in kept:
        how = parse.own_post
    else:
        how = parse.notification if isinstance(kept, dict) and "reason" in kept else parse.post
    item = parse.read_item(kept, how, me, "quarantine")
    if item.bad is not None:
        return item.bad
    if not item.mentions:
        return BadPayload(account.network, payload, "it holds no mention", account.handle)
    return item.mentions[-1]
