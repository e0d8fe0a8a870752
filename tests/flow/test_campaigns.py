"""Campaigns announced by hand and from files: checked, audited, undoable, never over somebody else's change."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from sqlalchemy import select

from inbox.flow import campaigns as flow
from inbox.flow.campaigns import BadCampaign, Done
from inbox.flow.ical import BadICal
from inbox.model.campaign import Campaign
from inbox.model.ids import AccountId
from inbox.model.workspace import Settings, Workspace
from inbox.store import accounts, campaigns, config
from inbox.store.engine import Store
from inbox.store.errors import LostRace, NotFound, Refused
from inbox.store.schema import audit

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def announce(store: Store, name: str = "Fare sale", **more: object) -> Campaign:
    done = flow.add(store, name, NOW, NOW + DAY, actor="ana", now=NOW, **more)  # type: ignore[arg-type]  # as named
    return done.campaigns[0]


def there(store: Store) -> list[str]:
    return [each.name for each in flow.standing(store)]


def event(store: Store) -> tuple[str, str, str]:
    with store.read() as s:
        row = s.execute(select(audit).order_by(audit.c.id.desc()).limit(1)).one()
        return row.actor, row.action, row.details["did"]


def account(store: Store) -> AccountId:
    with store.write() as s:
        return accounts.ensure_unconnected(s, "x", "ExampleAir", NOW)


def file(*entries: str) -> bytes:
    return "\n".join(("BEGIN:VCALENDAR", *entries, "END:VCALENDAR", "")).encode()


def entry(uid: str, summary: str, *more: str, begins: str = "20261124T090000Z", ends: str = "20261125T210000Z") -> str:
    lines = ("BEGIN:VEVENT", f"UID:{uid}", f"SUMMARY:{summary}", f"DTSTART:{begins}", f"DTEND:{ends}", *more)
    return "\n".join((*lines, "END:VEVENT"))


def bring(store: Store, *entries: str, **more: object) -> Done:
    return flow.import_ical(store, file(*entries), actor="ana", now=NOW, **more)  # type: ignore[arg-type]  # as named


def test_a_campaign_is_announced_and_written_down(store: Store) -> None:
    where = account(store)
    made = announce(store, " Fare \n sale ", account_id=where, words=("#Sale", "sale", " ", "#FareSale"))
    assert (made.name, made.account, made.words) == ("Fare sale", "ExampleAir", ("Sale", "FareSale"))
    assert (made.times, made.by) == (flow.USUAL_TIMES, "ana")
    assert flow.standing(store) == (made,)
    assert event(store) == ("ana", "campaign", "added")


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"name": " "}, "name", "needs a name"),
        ({"name": "n" * 121}, "name", "120 characters"),
        ({"ends_at": NOW - DAY}, "ends_at", "ends before it begins"),
        ({"ends_at": NOW}, "ends_at", "ends before it begins"),
        ({"ends_at": NOW + 400 * DAY}, "ends_at", "a year at most"),
        ({"times": 0.0}, "times", "more than 0"),
        ({"times": -2.0}, "times", "more than 0"),
        ({"times": 100.5}, "times", "up to 100"),
        ({"times": float("nan")}, "times", "more than 0"),
        ({"words": ("w" * 81,)}, "words", "80 characters"),
        ({"words": tuple(f"w{n}" for n in range(51))}, "words", "50 words"),
    ],
)
def test_what_cannot_be_is_refused_in_plain_words(
    sqlite_store: Store, changed: dict[str, object], field: str, words: str
) -> None:
    made = announce(sqlite_store)
    with pytest.raises(BadCampaign) as error:
        flow.change(sqlite_store, replace(made, **changed), actor="ana", now=NOW)  # type: ignore[arg-type]  # as named
    assert error.value.troubles[0][0] == field
    assert words in str(error.value)
    assert flow.standing(sqlite_store) == (made,)


def test_an_unknown_account_is_refused(store: Store) -> None:
    with pytest.raises(NotFound, match="no account number 99"):
        announce(store, account_id=AccountId(99))
    assert there(store) == []


def test_a_change_is_undone_exactly(store: Store) -> None:
    made = announce(store, words=("sale",))
    changed = flow.change(store, replace(made, times=5, words=()), actor="ana", now=NOW, expect=made)
    assert flow.standing(store)[0].times == 5
    assert changed.undo is not None
    flow.undo_campaigns(store, changed.undo, actor="ana", now=NOW)
    assert flow.standing(store) == (made,)
    removed = flow.remove(store, made.id, actor="ana", now=NOW)
    assert there(store) == []
    assert removed.undo is not None
    flow.undo_campaigns(store, removed.undo, actor="ana", now=NOW)
    assert flow.standing(store) == (made,)
    assert event(store) == ("ana", "campaign", "took back")


def test_saying_the_same_again_changes_nothing(store: Store) -> None:
    made = announce(store)
    done = flow.change(store, made, actor="ben", now=NOW)
    assert (done.undo, done.sentence) == (None, "Nothing was changed: it is so already.")
    assert event(store)[2] == "added"


def test_nobody_writes_over_what_somebody_else_changed(store: Store) -> None:
    seen = announce(store)
    mine = flow.change(store, replace(seen, times=4), actor="ana", now=NOW, expect=seen)
    with pytest.raises(LostRace, match="ana changed “Fare sale” meanwhile"):
        flow.change(store, replace(seen, times=9), actor="ben", now=NOW, expect=seen)
    flow.remove(store, seen.id, actor="ben", now=NOW)
    assert mine.undo is not None
    with pytest.raises(LostRace, match="ben removed “Fare sale” meanwhile"):
        flow.undo_campaigns(store, mine.undo, actor="ana", now=NOW)
    with pytest.raises(NotFound, match="no campaign"):
        flow.remove(store, seen.id, actor="ana", now=NOW)


def test_there_are_never_more_than_can_be_kept_in_view(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flow, "MOST", 2)
    announce(store)
    with pytest.raises(Refused, match="more than 2 campaigns"):
        bring(store, entry("a", "One"), entry("b", "Two"))
    assert there(store) == ["Fare sale"]
    announce(store, "Second")
    with pytest.raises(Refused, match="2 campaigns already"):
        announce(store, "Third")


def test_two_imports_at_once_announce_each_entry_once(store: Store) -> None:
    together = Barrier(2)

    def run(_: int) -> None:
        together.wait()
        bring(store, *(entry(f"u{n}", f"Campaign {n}") for n in range(20)))

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(run, range(2)))
    assert len(there(store)) == 20


def test_entries_of_a_file_become_campaigns_with_their_hashtags(store: Store) -> None:
    with store.write() as s:
        config.save(s, Workspace(settings=Settings(time_zone="America/New_York")), "command", NOW)
    where = account(store)
    done = bring(
        store,
        entry("a", "Fare sale #FareSale", "DESCRIPTION:Posts with #sale and #sale\\, see https://x.y/#top &#39;"),
        "BEGIN:VEVENT\nUID:b\nSUMMARY:Open day\nDTSTART;VALUE=DATE:20261201\nEND:VEVENT",
        "BEGIN:VEVENT\nUID:c\nSUMMARY:Nothing\nEND:VEVENT",
        account_id=where,
        times=2,
    )
    sale, day = flow.standing(store)
    assert (sale.name, sale.words, sale.times, sale.account) == (
        "Fare sale #FareSale",
        ("FareSale", "sale"),
        2,
        "ExampleAir",
    )
    assert (day.begins_at, day.ends_at) == (
        datetime(2026, 12, 1, 5, tzinfo=UTC),
        datetime(2026, 12, 2, 5, tzinfo=UTC),
    )
    assert done.skipped == (("Nothing", "it has no date"),)
    assert done.sentence == "Campaigns: 2 announced. Left out: “Nothing” (it has no date)."


def test_a_file_that_comes_again_updates_what_it_brought_and_keeps_what_was_said_here(store: Store) -> None:
    bring(store, entry("a", "Sale"), entry("b", "Race"))
    sale = flow.standing(store)[0]
    flow.change(store, replace(sale, times=7, words=("bargain",)), actor="ana", now=NOW)
    again = bring(store, entry("a", "Winter sale", ends="20261126T210000Z"), entry("b", "Race"))
    assert again.sentence == "Campaigns: 1 brought up to date."
    now_sale = flow.standing(store)[0]
    assert (now_sale.id, now_sale.name, now_sale.times, now_sale.words) == (sale.id, "Winter sale", 7, ("bargain",))
    assert now_sale.ends_at == datetime(2026, 11, 26, 21, tzinfo=UTC)
    assert bring(store, entry("a", "Winter sale", ends="20261126T210000Z")).sentence == "The file brings nothing new."
    assert again.undo is not None
    flow.undo_campaigns(store, again.undo, actor="ana", now=NOW)
    assert there(store) == ["Sale", "Race"]


def test_what_was_removed_here_stays_away_when_its_file_comes_again(store: Store) -> None:
    both = entry("a", "Fare sale"), entry("b", "Quiz")
    bring(store, *both)
    gone = next(each for each in flow.standing(store) if each.name == "Fare sale")
    done = flow.remove(store, gone.id, actor="ana", now=NOW)
    again = bring(store, *both)
    assert again.sentence == "The file brings nothing new. Left out: “Fare sale” (it was removed here)."
    assert there(store) == ["Quiz"]
    assert done.undo is not None
    flow.undo_campaigns(store, done.undo, actor="ana", now=NOW)
    assert bring(store, *both).skipped == ()
    assert there(store) == ["Fare sale", "Quiz"]


def test_what_the_file_called_off_or_an_undo_took_away_comes_back_with_the_file(store: Store) -> None:
    first = bring(store, entry("a", "Fare sale"))
    assert first.undo is not None
    flow.undo_campaigns(store, first.undo, actor="ana", now=NOW)
    assert there(store) == []
    bring(store, entry("a", "Fare sale"))
    bring(store, entry("a", "Fare sale", "STATUS:CANCELLED"))
    assert there(store) == []
    assert bring(store, entry("a", "Fare sale")).skipped == ()
    assert there(store) == ["Fare sale"]


def test_a_cancelled_entry_is_called_off(store: Store) -> None:
    bring(store, entry("a", "Sale"), entry("b", "Race"))
    done = bring(store, entry("a", "Sale", "STATUS:CANCELLED"))
    assert there(store) == ["Race"]
    assert done.undo is not None
    flow.undo_campaigns(store, done.undo, actor="ana", now=NOW)
    assert there(store) == ["Sale", "Race"]


def test_each_time_of_a_repeating_entry_is_a_campaign_until_the_file_drops_it(store: Store) -> None:
    weekly = ("RRULE:FREQ=WEEKLY;COUNT=3",)
    bring(store, entry("a", "Question hour", *weekly, ends="20261124T100000Z"))
    assert [each.begins_at.day for each in flow.standing(store)] == [24, 1, 8]
    bring(store, entry("a", "Question hour", *weekly, "EXDATE:20261201T090000Z", ends="20261124T100000Z"))
    assert [each.begins_at.day for each in flow.standing(store)] == [24, 8]


def test_a_repeating_entry_fills_the_list_with_no_more_than_sixty(sqlite_store: Store) -> None:
    bring(sqlite_store, entry("a", "Daily", "RRULE:FREQ=DAILY", ends="20261124T100000Z"))
    assert len(there(sqlite_store)) == 60


@pytest.mark.parametrize(
    ("summary", "begins", "ends", "why"),
    [
        ("Backwards", "20261124T090000Z", "20261123T090000Z", "it ends before it begins"),
        ("A moment", "20261124T090000Z", "20261124T090000Z", "it has no end"),
        ("Long ago", "20191124T090000Z", "20191125T090000Z", "it is more than a year away"),
        ("Daylight Saving Time begins", "20261124T090000Z", "20261125T090000Z", "it only tells of a change"),
    ],
)
def test_entries_that_are_no_campaigns_are_left_out_with_the_reason(
    sqlite_store: Store, summary: str, begins: str, ends: str, why: str
) -> None:
    done = bring(sqlite_store, entry("a", summary, begins=begins, ends=ends))
    assert there(sqlite_store) == []
    assert done.skipped[0][0] == summary
    assert done.skipped[0][1].startswith(why)


def test_what_is_no_ical_file_changes_nothing(sqlite_store: Store) -> None:
    with pytest.raises(BadICal):
        flow.import_ical(sqlite_store, b"hello", actor="ana", now=NOW)
    assert there(sqlite_store) == []


def test_only_campaigns_near_a_time_are_found_for_it(store: Store) -> None:
    announce(store)
    with store.read() as s:
        assert len(campaigns.between(s, NOW - DAY, NOW + timedelta(seconds=1))) == 1
        assert campaigns.between(s, NOW - DAY, NOW) == ()
        assert campaigns.between(s, NOW + DAY, NOW + 2 * DAY) == ()
