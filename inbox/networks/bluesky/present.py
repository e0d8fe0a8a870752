"""The present state of stored posts."""

from collections.abc import Iterator
from datetime import datetime

from inbox.model.mention import IncomingAuthor, IncomingMention
from inbox.model.words import Direction
from inbox.networks.bluesky import parse
from inbox.networks.bluesky.fields import Malformed, post_uri, tables
from inbox.networks.bluesky.keys import made_at
from inbox.networks.bluesky.parse import Me
from inbox.networks.bluesky.session import Missing, Session
from inbox.networks.errors import Refused

_AT_ONCE = 25
_COLLECTION = "app.bsky.feed.post"
_NO_REPO = "could not find repo"


def present_state(session: Session, me: Me, uris: list[str], *, now: datetime) -> list[IncomingMention]:
    """Each post as it is now, or marked as deleted; what could not be found out is left out.
    Raises ``NetworkError``.
    """
    asked = [uri for uri in dict.fromkeys(uris) if _is_post(uri)]
    found: list[IncomingMention] = []
    for start in range(0, len(asked), _AT_ONCE):
        some = asked[start : start + _AT_ONCE]
        told = session.get("app.bsky.feed.getPosts", [("uris", uri) for uri in some])
        views = tables(told.get("posts") if isinstance(told, dict) else None)
        items = [parse.read_item(view, parse.post, me, "app.bsky.feed.getPosts") for view in views]
        found += [mention for item in items for mention in item.mentions if mention.id in some]
        listed = {view.get("uri") for view in views}
        found += _deleted(session, me, [uri for uri in some if uri not in listed], now)
    return found


def _deleted(session: Session, me: Me, missing: list[str], now: datetime) -> Iterator[IncomingMention]:
    """Those that are gone. The app view also leaves out posts of authors who block the account, and posts that it
    has not read yet: so the author's own records are asked before anything is called deleted.
    """
    for uri in missing:
        _, did, key = post_uri(uri)
        try:
            session.get("com.atproto.repo.getRecord", [("repo", did), ("collection", _COLLECTION), ("rkey", key)])
        except Missing:
            pass
        except Refused as error:
            # A deleted account takes its posts along.
            if _NO_REPO not in str(error).lower():
                continue
        else:
            continue
        yield IncomingMention(
            parse.NAME,
            uri,
            IncomingAuthor(did, ""),
            "",
            made_at(key) or now,
            account=me.handle,
            direction=Direction.OUTBOUND if did == me.did else Direction.INBOUND,
            deleted=True,
        )


def _is_post(uri: str) -> bool:
    try:
        post_uri(uri)
    except Malformed:
        return False
    return True
