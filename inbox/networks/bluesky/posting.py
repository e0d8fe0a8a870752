"""Putting a post onto Bluesky: once, whatever happens on the way.

The post's id is chosen before it is sent, and it is put there with the condition that nothing stands there yet
(``swapRecord`` null). A second try finds the first and says so.
"""

from datetime import datetime
from typing import Any

from inbox.model.words import Visibility
from inbox.networks.base import Posted, ReplyTarget, refuse_private
from inbox.networks.bluesky.facets import facets
from inbox.networks.bluesky.fields import Malformed, instant, maybe_word, post_uri, table, tables, word
from inbox.networks.bluesky.keys import made_at
from inbox.networks.bluesky.parse import Me, web_address
from inbox.networks.bluesky.session import Missing, Session
from inbox.networks.errors import Gone, Refused, Unreachable

COLLECTION = "app.bsky.feed.post"


class Poster:
    """Posts for one account."""

    def __init__(self, session: Session, me: Me) -> None:
        self._session, self._me = session, me

    def post(
        self,
        text: str,
        target: ReplyTarget | None,
        *,
        key: str,
        visibility: Visibility,
        language: str | None,
        now: datetime,
    ) -> Posted:
        """As ``NetworkClient.post`` says. Raises ``NetworkError``."""
        refuse_private(target, visibility)
        if visibility is not Visibility.PUBLIC:
            raise Refused("Bluesky has no private replies.")
        if made_at(key) is None:
            raise Refused("This key cannot be the id of a post on Bluesky.")
        _check_text(text)
        try:
            answers = {} if target is None else self._answers(target)
        except Gone:
            # A first try may have gone out before the customer took the post back.
            found = self.standing(key, text)
            if found is not None:
                return found
            raise
        now = now.replace(microsecond=now.microsecond // 1000 * 1000)
        record = self._record(text, now, {**answers, **({"langs": [language]} if language else {})})
        body = {"repo": self._me.did, "collection": COLLECTION, "rkey": key, "record": record, "swapRecord": None}
        try:
            told = self._session.post("com.atproto.repo.putRecord", body)
        except Refused:
            found = self.standing(key, text)
            if found is None:
                raise
            return found
        uri = maybe_word(told, "uri") if isinstance(told, dict) else ""
        return self._posted(uri, key, now)

    def standing(self, key: str, text: str) -> Posted | None:
        """The post that stands under a key, None when there is none. Raises ``Refused`` when it is another's
        text, and ``NetworkError``.
        """
        params = [("repo", self._me.did), ("collection", COLLECTION), ("rkey", key)]
        try:
            told = self._session.get("com.atproto.repo.getRecord", params)
        except Missing:
            return None
        try:
            value = table(told, "value")
            uri, created = word(told, "uri"), instant(value.get("createdAt"))
        except Malformed as error:
            raise Unreachable("Bluesky sent something that is not an answer of its network.") from error
        if value.get("text") != text:
            raise Refused("Another post already stands under this one's key.")
        return self._posted(uri, key, created or made_at(key))

    def _posted(self, uri: str, key: str, at: datetime | None) -> Posted:
        uri = uri or f"at://{self._me.did}/{COLLECTION}/{key}"
        if at is None:
            raise Unreachable("Bluesky sent something that is not an answer of its network.")
        return Posted(uri, None, web_address(self._me.handle, self._me.did, key), at)

    def _answered(self, target: ReplyTarget) -> dict[str, Any]:
        """The view of the post that is answered. Raises ``Gone`` when it was deleted."""
        try:
            post_uri(target.global_id)
        except Malformed as error:
            raise Refused("What this answers is not a post of Bluesky.") from error
        told = self._session.get("app.bsky.feed.getPosts", [("uris", target.global_id)])
        for view in tables(told.get("posts") if isinstance(told, dict) else None):
            if view.get("uri") == target.global_id:
                return view
        raise Gone("The post that this answers is no longer on Bluesky, or its author has blocked the account.")

    def _answers(self, target: ReplyTarget) -> dict[str, Any]:
        """What a record says of the post that it answers, and that post's language."""
        answered = self._answered(target)
        viewer = answered.get("viewer")
        if isinstance(viewer, dict) and viewer.get("replyDisabled") is True:
            raise Refused("The author has limited who may reply to this post.")
        try:
            parent = {"uri": word(answered, "uri"), "cid": word(answered, "cid")}
            before = table(answered, "record")
        except Malformed as error:
            raise Unreachable("Bluesky sent something that is not an answer of its network.") from error
        langs = before.get("langs")
        return {
            "reply": {"root": _root(before) or parent, "parent": parent},
            **({"langs": langs[:1]} if isinstance(langs, list) and langs and isinstance(langs[0], str) else {}),
        }

    def _record(self, text: str, now: datetime, more: dict[str, Any]) -> dict[str, Any]:
        marks = facets(text, self._did_of)
        return {
            "$type": COLLECTION,
            "text": text,
            "createdAt": now.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            **more,
            **({"facets": marks} if marks else {}),
        }

    def _did_of(self, handle: str) -> str | None:
        try:
            told = self._session.get("com.atproto.identity.resolveHandle", [("handle", handle)])
        except Refused:
            return None
        return (maybe_word(told, "did") or None) if isinstance(told, dict) else None


def _root(record: dict[str, Any]) -> dict[str, str] | None:
    """Where the thread of an answered post began, as that post names it."""
    reply = record.get("reply")
    root = reply.get("root") if isinstance(reply, dict) else None
    if not isinstance(root, dict):
        return None
    uri, cid = maybe_word(root, "uri"), maybe_word(root, "cid")
    return {"uri": uri, "cid": cid} if uri and cid else None


def _check_text(text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise Refused("The text holds half a character. Type it again.") from error
    if not text.strip():
        raise Refused("The post is empty.")
