"""Which thread a mention comes into: the reply structure between one author and one account."""

from datetime import timedelta
from itertools import product

from sqlalchemy import func, select

from inbox.model.words import MentionKind
from inbox.store import audit, threads
from inbox.store.engine import Store
from inbox.store.schema import awaited, mention, thread
from tests.support.pages import NOON, answered, at, connect, put, said, thread_of


def together(store: Store, *ids: str) -> bool:
    return len({thread_of(store, id) for id in ids}) == 1


def thread_count(store: Store) -> int:
    with store.read() as s:
        return int(s.scalar(select(func.count()).select_from(thread)))


def test_an_exchange_is_one_thread_with_what_a_row_shows(store: Store) -> None:
    put(
        store,
        said("q1", text="my bag\n is  lost", minutes=0, language="en"),
        answered("a1", "q1", minutes=5),
        said("q2", in_reply_to="a1", text="it is red", minutes=9),
        said("q3", in_reply_to="q1", text="and big", minutes=7),
    )
    assert together(store, "q1", "a1", "q2", "q3")
    with store.read() as s:
        row = threads.row(s, thread_of(store, "q1"))
    assert (row.mentions, row.text, row.author_handle, row.author_name) == (4, "it is red", "ben", "Ben")
    assert (row.first_mention_at, row.last_mention_at) == (at(0), at(9))
    assert (row.status, row.unread) == ("new", True)


def test_pages_in_any_order_give_the_same_thread(store: Store) -> None:
    talk = [
        said("q1", minutes=0),
        answered("a1", "q1", minutes=5),
        said("q2", in_reply_to="a1", minutes=9),
        answered("a2", "q2", minutes=12),
    ]
    for each in (talk[2], talk[0], talk[3], talk[1]):
        put(store, each)
    assert together(store, "q1", "a1", "q2", "a2")
    with store.read() as s:
        row = threads.row(s, thread_of(store, "q1"))
        assert s.scalar(select(func.count()).select_from(awaited)) == 0
    assert (row.mentions, row.author_handle, row.first_mention_at, row.last_mention_at) == (4, "ben", at(0), at(12))
    assert thread_count(store) == 1


ORDERS = [(0, 1, 2, 3), (3, 2, 1, 0), (1, 3, 0, 2), (2, 0, 3, 1), (1, 0, 3, 2), (3, 1, 2, 0)]


def test_a_threads_figures_do_not_depend_on_the_order(store: Store) -> None:
    for name, (order, size) in enumerate(product(ORDERS, (1, 2, 4))):
        talk = [
            said(f"{name} q1", f"c{name}", text="first", minutes=0),
            answered(f"{name} a1", f"{name} q1", minutes=5),
            said(f"{name} q2", f"c{name}", in_reply_to=f"{name} a1", text="second", minutes=9),
            answered(f"{name} a2", f"{name} q2", minutes=12),
        ]
        mixed = [talk[place] for place in order]
        for start in range(0, 4, size):
            put(store, *mixed[start : start + size])
        with store.read() as s:
            row = threads.row(s, thread_of(store, f"{name} q1"))
        assert together(store, *(each.id for each in talk))
        assert (row.mentions, row.text, row.author_handle, row.author_name) == (4, "second", f"c{name}", f"C{name}")
        assert (row.first_mention_at, row.last_mention_at) == (at(0), at(12))
        assert row.status == "new"
    assert thread_count(store) == len(ORDERS) * 3


def test_somebody_else_in_the_conversation_has_a_thread_of_their_own(store: Store) -> None:
    put(store, said("q1"), answered("a1", "q1", minutes=1), said("x1", "cleo", in_reply_to="a1", minutes=2))
    put(store, said("x2", "cleo", in_reply_to="q1", minutes=3), answered("a2", "x1", minutes=4))
    assert not together(store, "q1", "x1")
    assert together(store, "x1", "x2", "a2")
    assert together(store, "q1", "a1")


def test_a_new_post_of_the_same_author_is_a_new_thread(store: Store) -> None:
    put(store, said("q1"), said("q2", minutes=3))
    assert not together(store, "q1", "q2")


def test_messages_without_structure_go_by_author_and_account(store: Store) -> None:
    put(store, said("m1", kind=MentionKind.MESSAGE), said("m2", kind=MentionKind.MESSAGE, minutes=1))
    put(store, said("m3", kind=MentionKind.MESSAGE, minutes=2), said("n1", "cleo", kind=MentionKind.MESSAGE))
    assert together(store, "m1", "m2", "m3")
    assert not together(store, "m1", "n1")


def test_an_answer_to_somebody_unseen_becomes_the_thread_of_whoever_answers(store: Store) -> None:
    put(store, answered("a1", "unseen"), answered("a2", "unseen", minutes=1))
    with store.read() as s:
        before = s.execute(select(thread.c.hidden, thread.c.status)).all()
    put(store, said("q1", in_reply_to="a1", minutes=2))
    assert together(store, "a1", "a2", "q1")
    with store.read() as s:
        row = threads.row(s, thread_of(store, "q1"))
        hidden = s.scalar(select(thread.c.hidden))
    assert [tuple(each) for each in before] == [(True, "closed")]
    assert (row.author_handle, row.status, hidden, row.mentions) == ("ben", "new", False, 3)


def test_everybody_who_comments_our_post_has_a_thread(store: Store) -> None:
    put(store, answered("news", None), said("q1", in_reply_to="news", minutes=1))
    put(store, said("q2", "cleo", in_reply_to="news", minutes=2), said("q3", in_reply_to="news", minutes=3))
    assert together(store, "q1", "q3")
    assert not together(store, "q1", "q2")
    assert not together(store, "q1", "news")


def test_instances_own_ids_find_the_thread_either_way(store: Store) -> None:
    put(store, said("https://there/1", local_id="11"))
    put(store, answered("https://here/2", None, local_id="12", in_reply_to_local="11", minutes=1))
    put(store, said("https://there/4", in_reply_to_local="13", local_id="14", minutes=3))
    put(store, answered("https://here/3", None, local_id="13", in_reply_to_local="11", minutes=2))
    assert together(store, "https://there/1", "https://here/2", "https://here/3", "https://there/4")
    with store.read() as s:
        parents = s.execute(select(mention.c.in_reply_to).order_by(mention.c.global_id)).scalars().all()
    assert parents == ["https://there/1", "https://there/1", None, "https://here/3"]


def test_a_thread_closed_too_long_ago_stays_closed_and_a_linked_one_begins(store: Store) -> None:
    put(store, said("q1"), answered("a1", "q1", minutes=1))
    old = thread_of(store, "q1")
    with store.write() as s:
        s.execute(thread.update().values(status="closed", closed_at=NOON + timedelta(hours=1)))
    week = 7 * 24 * 60
    put(store, said("q2", in_reply_to="a1", minutes=week))
    put(store, said("q3", in_reply_to="a1", minutes=week + 90), said("q4", in_reply_to="q3", minutes=week + 95))
    put(store, said("q5", in_reply_to="a1", minutes=week + 99))
    assert together(store, "q1", "q2")
    assert together(store, "q3", "q4", "q5")
    with store.read() as s:
        assert threads.get(s, thread_of(store, "q3")).linked == (old,)
        assert threads.row(s, old).status == "closed"


def test_a_name_decides_the_thread(store: Store) -> None:
    put(store, said("q1", thread="one"), said("q2", "cleo", thread="one", minutes=1), said("q3", thread="two"))
    put(store, said("q4", in_reply_to="q1", thread="two"), answered("a1", "q4", thread="one", minutes=3))
    assert together(store, "q1", "q2", "a1")
    assert together(store, "q3", "q4")


def test_an_answer_from_another_account_of_ours_joins_if_the_post_named_both(store: Store) -> None:
    one, two = connect(store, "exampleair"), connect(store, "examplecargo")
    text = "@exampleair @examplecargo my box is lost"
    put(store, said("q1", text=text, also_names=("examplecargo",)), said("q2", minutes=1), by=one)
    put(store, answered("a1", "q1", "examplecargo", minutes=2), answered("a2", "q2", "examplecargo"), by=two)
    assert together(store, "q1", "a1")
    assert not together(store, "q2", "a2")


def test_a_late_post_keeps_what_people_did_in_the_thread(store: Store) -> None:
    put(store, said("q2", in_reply_to="q1", minutes=2), said("q4", in_reply_to="q3", minutes=9))
    worked = thread_of(store, "q4")
    with store.write() as s:
        s.execute(thread.update().where(thread.c.id == worked).values(started_at=at(10)))
    put(store, said("q3", in_reply_to="q2", minutes=5))
    assert together(store, "q2", "q3", "q4")
    assert thread_of(store, "q2") == worked


def test_two_threads_that_people_worked_on_are_linked(store: Store) -> None:
    put(store, said("q2", in_reply_to="q1", minutes=2), said("q4", in_reply_to="q3", minutes=9))
    with store.write() as s:
        s.execute(thread.update().values(started_at=at(10)))
    put(store, said("q3", in_reply_to="q2", minutes=5))
    assert not together(store, "q2", "q4")
    with store.read() as s:
        assert threads.get(s, thread_of(store, "q4")).linked == (thread_of(store, "q2"),)


def test_posts_that_answer_each_other_in_a_circle_are_stored(store: Store) -> None:
    done = put(store, said("a", in_reply_to="b"), said("b", in_reply_to="a"), said("c", in_reply_to="c"))
    assert done.stored == 3


def test_the_number_of_a_merged_thread_is_not_given_again(store: Store) -> None:
    put(store, said("q2", in_reply_to="q1", minutes=2), said("q4", in_reply_to="q3", minutes=9))
    gone = thread_of(store, "q4")
    with store.write() as s:
        audit.record(s, "collector", "status", gone, NOON)
    put(store, said("q3", in_reply_to="q2", minutes=5))
    put(store, said("new", "cleo"))
    assert together(store, "q2", "q3", "q4")
    assert thread_of(store, "new") != gone


def test_an_author_comes_back_to_their_thread_after_others_cut_in(store: Store) -> None:
    posts = [
        said("q1", minutes=0),
        said("x1", by="eve", in_reply_to="q1", minutes=1),
        said("x2", by="zoe", in_reply_to="x1", minutes=2),
        said("q2", in_reply_to="x2", minutes=3),
        answered("a1", "q2", minutes=4),
    ]
    for each in posts:
        put(store, each)
    assert together(store, "q1", "q2", "a1")
    assert not together(store, "q1", "x1")
    assert thread_count(store) == 3


def test_an_author_comes_back_to_their_thread_within_one_page(store: Store) -> None:
    put(
        store,
        said("q1", minutes=0),
        said("x1", by="eve", in_reply_to="q1", minutes=1),
        said("x2", by="zoe", in_reply_to="x1", minutes=2),
        said("q2", in_reply_to="x2", minutes=3),
        answered("a1", "q2", minutes=4),
    )
    assert together(store, "q1", "q2", "a1")
    assert thread_count(store) == 3
