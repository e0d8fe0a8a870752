"""Which alarms are signs of an incident that is open already."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from inbox.flow.hot import folding
from inbox.model.ids import MentionId, ThreadId
from inbox.model.incident import BY_HAND, Alert, AlertKind, Severity
from inbox.store.hot import Heard
from tests.support.talk import START

HOUR = timedelta(hours=1)


@dataclass
class Open:
    stream: str
    terms: Sequence[str] = ()
    account_id: int | None = 1
    last_sign_at: datetime | None = START
    severity: Severity = Severity.MEDIUM
    kind: str = "cluster"
    title: str = ""
    evidence: Mapping[str, Any] = field(default_factory=dict)


def heard(text: str, number: int = 1, account: int = 1) -> Heard:
    where = "air" if account == 1 else "rail"
    return Heard(
        MentionId(number), ThreadId(number), account, where, 3, "Safety", f"a{number}", text, START, START,
        False, False, 0, 0, False, True,
    )  # fmt: skip


def alert(kind: AlertKind, stream: str, at: datetime = START, *terms: str) -> Alert:
    return Alert(at, stream, kind, Severity.LOW, 5.0, 6, 0.4, 6, HOUR, terms, 0, ("1",))


def folds(standing: Open, found: Alert, text: str = "Smoke on board", account: int = 1) -> bool:
    return folding.same([standing], found, folding.told(found, [heard(text, account=account)])) is standing


@pytest.mark.parametrize("kind", [AlertKind.BURST, AlertKind.RISE])
def test_much_of_an_account_is_of_the_incident_that_it_has_until_that_is_quiet(kind: AlertKind) -> None:
    standing = Open("topic:air:smoke", ("smoke",))
    assert folds(standing, alert(kind, "account:air", START + 5 * HOUR), "Where is my bag?")
    assert not folds(standing, alert(kind, "account:air", START + 7 * HOUR), "Where is my bag?")
    assert not folds(standing, alert(kind, "area:Safety", START + HOUR), "Where is my bag?")


def test_a_slow_rise_and_a_burst_of_one_stream_are_one_matter() -> None:
    assert folds(Open("area:Safety", account_id=None), alert(AlertKind.BURST, "area:Safety", START + 40 * HOUR))
    assert folds(Open("account:air"), alert(AlertKind.RISE, "account:air", START + 40 * HOUR))


def test_a_slow_rise_is_named_after_no_single_hour() -> None:
    texts = [heard(f"Smoke on board {n}", n) for n in range(5)]
    assert folding.told(alert(AlertKind.RISE, "account:air"), texts).terms == ()
    assert folding.told(alert(AlertKind.BURST, "account:air"), texts).terms != ()


def test_another_accounts_alarm_is_another_matter() -> None:
    standing = Open("topic:air:smoke", ("smoke",))
    assert folds(standing, alert(AlertKind.CLUSTER, "topic:air:smok", START, "smoke"))
    assert not folds(standing, alert(AlertKind.CLUSTER, "topic:rail:smok", START, "smoke"), account=2)


@pytest.mark.parametrize("kind", [AlertKind.GROWTH, AlertKind.REACH, AlertKind.WATCHED])
def test_a_single_post_belongs_where_it_says_the_same(kind: AlertKind) -> None:
    standing = Open("topic:air:smoke", ("smoke",))
    assert folds(standing, alert(kind, "post:1"), "There was SMOKE in row 4")
    assert not folds(standing, alert(kind, "post:1"), "Thank you")


def test_an_incident_that_a_person_opened_is_known_by_its_name() -> None:
    def about(*terms: str) -> Alert:
        return alert(AlertKind.BURST, "area:Safety", START, *terms)

    named = Open("", kind=BY_HAND, title="Smoke on EX731", last_sign_at=None)
    assert folds(named, about("ex731", "smoke"))
    assert not folds(named, about("smoke", "lounge"))
    assert folds(replace(named, title="Refunds"), about("refunds", "card"))
    assert not folds(replace(named, kind="cluster"), about("ex731", "smoke"))
    assert not folds(replace(named, title="!!"), about("ex731", "smoke"))


def signed(standing: Open, found: Alert, text: str = "Smoke on board") -> folding.Signed:
    about = folding.told(found, [heard(text)])
    return folding.signed(standing, found, about, *folding.described(found, about, "Air"))


def test_a_sign_makes_an_incident_worse_and_never_better() -> None:
    standing = Open("topic:air:smoke", ("smoke",), title="Smoke")
    worse = replace(alert(AlertKind.BURST, "topic:air:smoke", START + HOUR), severity=Severity.HIGH)
    found = signed(standing, worse)
    assert (found.last_sign_at, found.severity, found.title) == (START + HOUR, Severity.HIGH, "Smoke")
    older = signed(standing, alert(AlertKind.BURST, "x", START - HOUR))
    assert (older.last_sign_at, older.severity, older.stream) == (START, Severity.MEDIUM, "topic:air:smoke")


def test_what_follows_the_post_of_somebody_far_read_is_a_sign_of_it_and_says_what_it_is_about() -> None:
    first = alert(AlertKind.REACH, "author:113")
    title, kept = folding.described(first, folding.told(first, [heard("We are told of smoke on EX731")]), "Air")
    standing = Open("author:113", kind="high reach", title=title, evidence=kept)
    burst = alert(AlertKind.BURST, "area:Safety", START + HOUR, "ex731", "smoke")
    assert folds(standing, burst)
    assert not folds(standing, replace(burst, at=START + 7 * HOUR))
    assert not folds(standing, alert(AlertKind.BURST, "area:Safety", START + HOUR, "voucher"))
    found = signed(standing, burst)
    assert (found.kind, found.stream, found.terms) == ("burst", "area:Safety", ("ex731", "smoke"))
    assert found.title != title
    assert found.evidence["kind"] == "burst"
    assert signed(replace(standing, title="Ours"), burst).title == "Ours"


def test_what_a_person_opened_gathers_what_its_signs_say() -> None:
    standing = Open("", kind=BY_HAND, title="Smoke on EX731")
    found = signed(standing, alert(AlertKind.BURST, "area:Safety", START, "ex731", "smoke"))
    assert (found.kind, found.stream, found.terms) == (BY_HAND, "", ("ex731", "smoke"))
    assert folding.belongs("", found.terms, heard("What about EX731"))
    assert not folding.belongs("", (), heard("What about EX731"))
