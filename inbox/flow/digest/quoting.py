"""Which posts are quoted, and how: by handle only, never a private one, without what must not be handed round."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from inbox.flow.digest.digested import Post
from inbox.flow.digest.voices import Voice
from inbox.model.ids import AuthorId

EXAMPLES: Final = 3
_LONGEST: Final = 280
_READABLE: Final = (30, 240)
"""Letters of a post that shows what it is about."""
_MAIL: Final = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_NUMBER: Final = re.compile(r"(?<!\w)[+(]?\d(?:[ ()./-]?\d){6,}(?!\w)")
"""Seven figures and more: a phone, a booking, a card."""


def quoted(of: Iterable[Voice], most: int = EXAMPLES) -> tuple[Post, ...]:
    """The posts that show best what was said, of different authors, most reach first."""
    ranked = sorted((voice for voice in of if not voice.post.private), key=_worth)
    found: list[Voice] = []
    authors: set[AuthorId] = set()
    for voice in ranked:
        if voice.post.author_id not in authors:
            authors.add(voice.post.author_id)
            found.append(voice)
        if len(found) == most:
            break
    return tuple(post_of(voice) for voice in found)


def post_of(voice: Voice) -> Post:
    """A post as it is quoted."""
    post = voice.post
    return Post(
        post.thread_id,
        post.handle,
        post.network,
        told(post.text),
        post.at,
        post.reach,
        post.followers,
        voice.copies,
    )


def told(text: str, longest: int = _LONGEST) -> str:
    """A text on one line, cut, with addresses and long numbers taken out."""
    flat = " ".join(_NUMBER.sub("[number]", _MAIL.sub("[e-mail]", text)).split())
    return flat if len(flat) <= longest else flat[: longest - 1].rstrip() + "…"


def reached(of: Sequence[Voice], most: int) -> tuple[Post, ...]:
    """The posts that most people liked, shared or answered, then those of the most followed authors."""
    known = [
        voice for voice in of if not voice.post.private and (voice.post.reach or voice.copies or voice.post.followers)
    ]
    ranked = sorted(known, key=lambda voice: (-voice.post.reach, -voice.copies, -voice.post.followers, voice.post.at))
    return tuple(post_of(voice) for voice in ranked[:most])


def _worth(voice: Voice) -> tuple[bool, int, int, float]:
    low, high = _READABLE
    readable = low <= len(voice.post.text) <= high
    return (not readable, -voice.post.reach, -voice.copies, -voice.post.at.timestamp())
