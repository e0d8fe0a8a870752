"""What authors wrote before: theirs alone, to the same account, within the time, the newest of it."""

from datetime import timedelta

from inbox.model.ids import MentionId, ThreadId
from inbox.store import earlier
from inbox.store.engine import Store
from inbox.store.schema import mention
from tests.support.talk import Talk

DAY = timedelta(days=1)


def numbers(talk: Talk, thread_id: ThreadId) -> list[MentionId]:
    with talk.store.read() as s:
        query = mention.select().where(mention.c.thread_id == thread_id).order_by(mention.c.created_at)
        return [MentionId(row.id) for row in s.execute(query)]


def told(talk: Talk, *ids: MentionId, last: int = 3) -> dict[MentionId, list[str]]:
    with talk.store.read() as s:
        return earlier.before(s, ids, within=DAY, last=last)


def test_what_the_author_wrote_before_is_found_in_every_thread(store: Store) -> None:
    talk = Talk(store)
    first = talk.says(0, "My bag is lost", who="ann")
    talk.says(5, "Still nothing", to=first, who="ann")
    talk.says(6, "Nice crew", who="bob")
    talk.answers(7, first)
    asked = talk.says(10, "Any news?", who="ann")
    (number,) = numbers(talk, asked)
    assert told(talk, number) == {number: ["My bag is lost", "Still nothing"]}


def test_nothing_later_older_than_the_time_or_of_others_counts(store: Store) -> None:
    talk = Talk(store)
    talk.says(0, "Yesterday's matter", who="ann")
    asked = talk.says(24 * 60 + 1, "Something new", who="ann")
    talk.says(24 * 60 + 5, "And one more thing", who="ann")
    (number,) = numbers(talk, asked)
    assert told(talk, number) == {}
    assert told(talk) == {}


def test_only_the_newest_are_read_the_oldest_of_them_first(store: Store) -> None:
    talk = Talk(store)
    for minute in range(5):
        talk.says(minute, f"part {minute}", who="ann")
    (number,) = numbers(talk, talk.says(9, "the end", who="ann"))
    assert told(talk, number, last=2) == {number: ["part 3", "part 4"]}


def test_what_is_deleted_or_passed_on_is_not_read(store: Store) -> None:
    talk = Talk(store)
    gone = talk.says(0, "gone", who="ann")
    talk.says(1, "RT of another", who="ann", is_repost=True)
    with store.write() as s:
        s.execute(mention.update().where(mention.c.thread_id == gone).values(deleted_at=mention.c.created_at))
    (number,) = numbers(talk, talk.says(9, "the end", who="ann"))
    assert told(talk, number) == {}
