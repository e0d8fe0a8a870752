"""Made-up threads and accounts for the tests of the screens that people work in."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from inbox.model.account import Account, Gap, Limits, Quarantined, Source
from inbox.model.clock import Clock
from inbox.model.ids import (
    AccountId,
    AreaId,
    AuthorId,
    ClockId,
    EmployeeId,
    GapId,
    MentionId,
    NoteId,
    QuarantineId,
    ReplyId,
    SourceId,
    ThreadId,
)
from inbox.model.mention import Author, Media, Mention
from inbox.model.outbox import Reply
from inbox.model.people import Area, Employee
from inbox.model.thread import Note, Presence, Reason, Thread, ThreadRow
from inbox.model.words import (
    AfterSend,
    Direction,
    HealthState,
    LengthRule,
    MentionKind,
    Metric,
    Priority,
    ReasonStep,
    ReplyState,
    SourceKind,
    Status,
    Visibility,
)
from inbox.ui.accounts.scene import AccountFacts, AccountsScene
from inbox.ui.thread.scene import Scene

NOW = datetime(2026, 11, 23, 14, 31, tzinfo=UTC)
MARCH, JANUARY = datetime(2026, 3, 12, 9, tzinfo=UTC), datetime(2026, 1, 4, 9, tzinfo=UTC)
SATURDAY = datetime(2026, 11, 21, 18, 2, tzinfo=UTC)

ANA = Employee(EmployeeId(1), "ana", "Ana Ruiz", areas=("Baggage",), open_threads=7, capacity=12)
BEN = Employee(EmployeeId(2), "ben", "Ben Adeyemi", areas=("Baggage", "Billing"), open_threads=3)
FARID = Employee(EmployeeId(3), "farid", "Farid Haddad")
AREAS = (
    Area(AreaId(1), "Baggage", ("suitcase",)),
    Area(AreaId(2), "Rebooking", color=1),
    Area(AreaId(3), "Billing", color=2),
)
MARTA = Author(
    AuthorId(1),
    "mastodon",
    "r1",
    "marta.k@social.example",
    "Marta Kowalczyk",
    1204,
    verified=False,
    tags=("gold card",),
)
ACCOUNT = Account(
    AccountId(1), "mastodon", "exampleair", "Example Air", "https://social.example", "a1", "Example Air",
    Limits(500, LengthRule.MASTODON, 23, can_message=True, idempotent=True), SATURDAY - timedelta(days=30), None,
    paused=False, health=HealthState.WORKING, error="", error_at=None, budget_left=0.91, budget_resets_at=None,
)  # fmt: skip


def mention(number: int, text: str, at: datetime, **changes: object) -> Mention:
    """A customer's mention; ``changes`` replace what is usual."""
    usual = Mention(
        MentionId(number), ThreadId(1), AccountId(1), MARTA, "mastodon", f"https://social.example/{number}",
        Direction.INBOUND, MentionKind.MENTION, Visibility.PUBLIC, text, at, at, f"https://social.example/@m/{number}",
        None, "en", 3, 1, 2, (), None, None, needs_reply=True, sentiment="negative", by_employee=None, automatic=False,
    )  # fmt: skip
    return replace(usual, **changes)  # type: ignore[arg-type]


def own(number: int, text: str, at: datetime, by: str | None = "ben") -> Mention:
    """The brand's own answer."""
    brand = Author(AuthorId(2), "mastodon", "a1", "exampleair", "Example Air", None, verified=True, tags=())
    return mention(
        number, text, at, author=brand, direction=Direction.OUTBOUND, by_employee=by, likes=None, shares=None,
        replies=None, url="", needs_reply=None,
    )  # fmt: skip


def row(**changes: object) -> ThreadRow:
    """Marta's row in the queue."""
    usual = ThreadRow(
        ThreadId(1), 5, Status.OPEN, Priority.HIGH, AccountId(1), "exampleair", "mastodon", AuthorId(1),
        "Marta Kowalczyk", "marta.k@social.example", 1204, "Third day without my suitcase", "en", 4, AreaId(1),
        "Baggage", EmployeeId(1), "ana", ("bag",), SATURDAY, NOW - timedelta(minutes=41),
        NOW - timedelta(minutes=12), NOW - timedelta(minutes=17), breached=True, met_at=None, unread=False,
        escalated=False, incident=None,
    )  # fmt: skip
    return replace(usual, **changes)  # type: ignore[arg-type]


def clock(metric: Metric, **changes: object) -> Clock:
    """A clock that runs without a deadline."""
    usual = Clock(
        ClockId(1),
        ThreadId(1),
        metric,
        1,
        SATURDAY,
        None,
        None,
        None,
        None,
        None,
        None,
        "standard",
        "Service hours",
        None,
    )
    return replace(usual, **changes)  # type: ignore[arg-type]


def reply(**changes: object) -> Reply:
    """Ana's answer, waiting for its undo time to end."""
    usual = Reply(
        ReplyId(1), ThreadId(1), AccountId(1), ANA.id, "ana", "It lands at 17:40 and comes to your door tonight. ^AR",
        Visibility.PUBLIC, ReplyState.QUEUED, AfterSend.WAIT, MentionId(3), 5, "new:1", 0, "", None, "", NOW,
        NOW + timedelta(seconds=8), None, None, 0,
    )  # fmt: skip
    return replace(usual, **changes)  # type: ignore[arg-type]


def thread(**changes: object) -> Thread:
    """Marta's suitcase, as on the pictures of the look."""
    today = NOW.replace(hour=13, minute=50)
    said = (
        mention(1, "Landed, my suitcase did not. The desk was closed. Tag number ends 4417, what now?", SATURDAY),
        own(
            2,
            "Sorry about this, Marta. Your bag is still at the transfer station and is booked on tonight's flight. "
            "We will write here as soon as it is scanned. ^BA",
            SATURDAY + timedelta(minutes=22),
        ),
        mention(3, "Third day without my suitcase and the baggage line hangs up on me. Who can tell me where it is?",
                today, likes=41, shares=18, replies=9),
    )  # fmt: skip
    usual = Thread(
        row(), MARTA, None, None, said,
        (Note(NoteId(1), ThreadId(1), "Ana Ruiz", "Scanned at the transfer station 06:10, then nothing. Farid, can "
              "you ring the duty manager?", NOW.replace(hour=14, minute=19)),),
        (clock(Metric.FIRST, met_at=SATURDAY + timedelta(minutes=22), due_at=SATURDAY + timedelta(minutes=30)),
         clock(Metric.NEXT, started_at=today, due_at=NOW - timedelta(minutes=12), warn_at=NOW - timedelta(minutes=20)),
         clock(Metric.RESOLUTION, due_at=NOW + timedelta(hours=5, minutes=10))),
        (Reason(ReasonStep.RULE,
                "The rule “Lost bag” chose Baggage and set the priority to high because of “my suitcase”.", SATURDAY,
                ("my suitcase",), {"rule": "Lost bag", "actions": ["area", "priority"]}),
         Reason(ReasonStep.ASSIGNMENT, "Assigned to Ana: last spoke with this author, 7 of 12 threads", SATURDAY)),
        (), (), (),
        (row(id=ThreadId(7), text="Seat changed without notice", status=Status.CLOSED,
             first_mention_at=MARCH, last_mention_at=MARCH),
         row(id=ThreadId(8), text="Thanks for the quick refund", status=Status.CLOSED,
             first_mention_at=JANUARY, last_mention_at=JANUARY)),
        (Presence("farid", "Farid Haddad", claimed=False, since=NOW),
         Presence("ana", "Ana Ruiz", claimed=True, since=NOW)),
    )  # fmt: skip
    return replace(usual, **changes)  # type: ignore[arg-type]


def scene(**changes: object) -> Scene:
    """Marta's thread with its account and a collector at work."""
    usual = Scene(thread(), ACCOUNT, (), None, (ANA, BEN, FARID), AREAS, collector=True)
    return replace(usual, **changes)  # type: ignore[arg-type]


def picture() -> Media:
    """A picture that hangs on a mention."""
    return Media("https://files.example/1.jpg", "image", "A broken suitcase on a belt")


def accounts_scene() -> AccountsScene:
    """Two accounts that work, one whose sign-in ran out, and what waits."""
    lost = replace(
        ACCOUNT, id=AccountId(2), network="bluesky", handle="exampleair.example", health=HealthState.SIGN_IN,
        error_at=NOW - timedelta(hours=2, minutes=39), budget_left=None,
        limits=Limits(300, LengthRule.GRAPHEMES, None), server="https://bsky.example",
    )  # fmt: skip
    slow = replace(ACCOUNT, id=AccountId(3), handle="help", health=HealthState.SLOWED, budget_left=0.12)

    def source(number: int, account: int, kind: SourceKind, ago: timedelta, query: str = "") -> Source:
        at = NOW - ago
        return Source(SourceId(number), AccountId(account), kind, query, "c", at, at, 6.0 * number, "", None)

    gap = Gap(
        GapId(1), SourceId(1), NOW.replace(hour=9, minute=20), NOW.replace(hour=10, minute=30),
        "This computer slept and the network keeps only its last 1,000 notifications.", None,
    )  # fmt: skip
    away = timedelta(hours=2, minutes=39)
    bad = Quarantined(
        QuarantineId(1), "mastodon", "exampleair", "", "A post without an author.", '{"id": 1}', NOW, None
    )
    return AccountsScene(
        (
            AccountFacts(
                lost,
                (source(1, 2, SourceKind.MENTIONS, away), source(2, 2, SourceKind.SEARCH, away, "example air")),
                (gap,),
                1,
            ),
            AccountFacts(ACCOUNT, (source(3, 1, SourceKind.MENTIONS, timedelta(seconds=8)),)),
            AccountFacts(slow, (source(4, 3, SourceKind.HASHTAG, timedelta(minutes=1), "exampleair"),)),
        ),
        2,
        (bad, bad),
        (reply(), reply(state=ReplyState.SENDING), reply(state=ReplyState.UNKNOWN)),
    )
