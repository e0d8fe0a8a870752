"""Which tags there are."""

from sqlalchemy import func, select

from inbox.store.schema import thread_tag
from inbox.store.session import Session


def known(session: Session, limit: int = 50) -> tuple[str, ...]:
    """The tags that threads have, in alphabetical order, the first ``limit`` of them.

    Steps over the index from one tag to the next, so that it costs the number of tags and not of threads.
    """
    found: list[str] = []
    after = ""
    while len(found) < limit:
        following = session.scalar(select(func.min(thread_tag.c.tag)).where(thread_tag.c.tag > after))
        if following is None:
            break
        after = str(following)
        found.append(after)
    return tuple(found)
