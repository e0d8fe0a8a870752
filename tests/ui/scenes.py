"""A made-up airline's morning, stored as the product stores it, for tests and pictures of the desktop."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import insert

from inbox.model.ids import AreaId, EmployeeId
from inbox.model.people import Area, Employee
from inbox.model.words import Role
from inbox.model.workspace import Settings, Workspace
from inbox.store import config
from inbox.store.engine import Session, Store, open_store
from inbox.store.schema import account, author, lease, mention, note, source, thread, thread_tag

NOW = datetime(2026, 5, 12, 14, 20, tzinfo=UTC)
AREAS = ("Baggage", "Rebooking", "Billing", "App support", "Safety", "Press", "Cabin")
PEOPLE = (
    ("ana", "Ana Ruiz", ("Baggage", "Rebooking", "Billing", "App support", "Safety", "Press", "Cabin")),
    ("ben", "Ben Adeyemi", ("Billing", "Press")),
    ("chloe", "Chloé Marchand", ("App support",)),
    ("dieter", "Dieter Kunz", ("Safety", "Rebooking")),
)
Row = tuple[str, str, int, str, str, str, int | None, bool, str, str]
ME, MI, AR = "Marta Kowalczyk", "mastodon", "تأخرت رحلتنا خمس ساعات ولم يخبرنا أحد بشيء. كيف أطلب التعويض؟"
# name, network, mentions, text, area, assignee, minutes to the deadline, new?, tags, status
ROWS: tuple[Row, ...] = (
    (
        ME,
        MI,
        4,
        "Third day without my suitcase and the baggage line hangs up on me. Who can tell me where it is?",
        "Baggage",
        "ana",
        -12,
        False,
        "escalated",
        "open",
    ),
    (
        "Dana Okafor",
        "bluesky",
        2,
        "Smoke smell in the cabin on EX731 just before we pushed back. Crew calm, but nobody says what it is.",
        "Safety",
        "",
        4,
        True,
        "Smoke on EX731",
        "new",
    ),
    (
        "Jonas Weber",
        MI,
        1,
        "Seit 40 Minuten im Chat, niemand antwortet. Mein EX208 wurde umgebucht, aber ohne Sitzplatz.",
        "Rebooking",
        "",
        9,
        True,
        "",
        "new",
    ),
    (
        "田中 由紀",
        "bluesky",
        1,
        "機内食のナッツの表示がありませんでした。アレルギーがあるので、原材料を確認したいです。",
        "Safety",
        "dieter",
        14,
        True,
        "",
        "open",
    ),
    (
        "Priya Natarajan",
        "bluesky",
        3,
        "Charged twice for one seat upgrade and told to wait 14 days. That is half my rent.",
        "Billing",
        "ben",
        31,
        False,
        "",
        "open",
    ),
    ("سمير حداد", MI, 1, AR, "Rebooking", "", 48, True, "", "new"),
    (
        "Olli Virtanen",
        "bluesky",
        2,
        "App signs me out every time I open the boarding pass. Reinstalled twice, same thing.",
        "App support",
        "chloe",
        65,
        False,
        "",
        "open",
    ),
    (
        "Tomás Ibáñez",
        "bluesky",
        1,
        "¿Puedo llevar una guitarra como equipaje de mano en el EX615 del viernes?",
        "Baggage",
        "ana",
        80,
        False,
        "",
        "open",
    ),
    (
        "Harbour Gazette",
        MI,
        1,
        "Good afternoon, I am writing about cabin air. Is there someone I could speak with today?",
        "Press",
        "",
        130,
        False,
        "press",
        "new",
    ),
    (
        "Léa Fontaine",
        "bluesky",
        1,
        "Merci à l'équipage du EX442, ma fille a adoré visiter le poste de pilotage ✈️",
        "Cabin",
        "",
        220,
        False,
        "",
        "new",
    ),
    (
        "Nadia Brandt",
        MI,
        1,
        "Gate agent made my mother pay for a cane. A cane is not hand luggage.",
        "Baggage",
        "",
        245,
        True,
        "",
        "new",
    ),
    (
        "박지훈",
        "bluesky",
        1,
        "환불은 언제 되나요? 두 번이나 문의했는데 답이 없습니다.",
        "Billing",
        "ben",
        270,
        False,
        "",
        "open",
    ),
    (
        "Kwame Mensah",
        "bluesky",
        1,
        "Lounge says my card is not valid, app says it is. Which one do I believe?",
        "App support",
        "",
        300,
        False,
        "",
        "new",
    ),
    (
        "Sofia Lindqvist",
        MI,
        1,
        "Finns det vegansk mat på EX310, eller måste jag förbeställa?",
        "Cabin",
        "",
        320,
        False,
        "",
        "new",
    ),
    (
        "Pavel Dvořák",
        MI,
        1,
        "Přesedání 35 minut v cizím terminálu. Je to vůbec možné stihnout?",
        "Rebooking",
        "dieter",
        345,
        False,
        "",
        "open",
    ),
    (
        "Grace Thornbury",
        "bluesky",
        1,
        "Could the seat map stop showing seats that are already gone?",
        "App support",
        "chloe",
        370,
        False,
        "",
        "open",
    ),
    (
        "Rui Almeida",
        MI,
        6,
        "Okay, I have sent the receipt in a direct message. Hope it is enough.",
        "Billing",
        "ben",
        None,
        False,
        "",
        "waiting",
    ),
    ("Yara Haidar", MI, 1, "Voucher code shows as used. I have never used it.", "", "", 420, False, "", "new"),
)


def build(path: Path, now: datetime = NOW, *, copies: int = 1) -> Store:
    """A workspace in a file at ``path`` with the scene in it, ``copies`` times over."""
    store = open_store(path, create=True)
    with store.write() as session:
        config.save(session, _workspace(), actor="command", now=now)
        areas = {area.name: area.id for area in config.load(session).areas}
        people = {person.name: person.id for person in config.load(session).employees}
        accounts = _accounts(session, now)
        for copy in range(copies):
            for at, row in enumerate(ROWS):
                _thread(session, now, copy * len(ROWS) + at, row, (areas, people, accounts))
        session.changed(topics=["config"], many=True)
    return store


def _workspace() -> Workspace:
    return Workspace(
        Settings(name="Example Air"),
        areas=tuple(Area(AreaId(0), name, color=at) for at, name in enumerate(AREAS)),
        employees=tuple(
            Employee(EmployeeId(0), name, full, (Role.SUPERVISOR if name == "ana" else Role.EMPLOYEE,), areas)
            for name, full, areas in PEOPLE
        ),
    )


def _accounts(session: Session, now: datetime) -> dict[str, int]:
    found: dict[str, int] = {}
    for network in ("mastodon", "bluesky"):
        values = {"network": network, "handle": "exampleair", "brand": "Example Air", "health": "working"}
        number = session.scalar(insert(account).values(connected_at=now, **values).returning(account.c.id))
        found[network] = number
        session.execute(insert(source).values(account_id=number, kind="mentions", last_success_at=now))
    return found


def _thread(
    session: Session,
    now: datetime,
    at: int,
    row: Row,
    known: tuple[dict[str, AreaId], dict[str, EmployeeId], dict[str, int]],
) -> None:
    name, network, mentions, text, area, assignee, due, new, mark, status = row
    areas, people, accounts = known
    last = now - timedelta(minutes=40 + at % 600)
    handle = f"person{at}"
    who = {"network": network, "remote_id": f"r{at}", "handle": handle, "name": name, "followers": 900 + at}
    author_id = session.scalar(insert(author).values(**who).returning(author.c.id))
    due_at = None if due is None else now + timedelta(minutes=due, seconds=20)
    number = session.scalar(
        insert(thread)
        .values(
            account_id=accounts[network],
            author_id=author_id,
            network=network,
            status=status,
            area_id=areas.get(area),
            assignee_id=people.get(assignee),
            author_name=name,
            author_handle=handle,
            followers=900 + at,
            text=text,
            mentions=mentions,
            unread=new,
            escalated=mark == "escalated",
            incident=mark if mark.startswith("Smoke") else None,
            first_mention_at=last - timedelta(hours=3),
            last_mention_at=last,
            next_due_at=due_at,
            breached=due is not None and due < 0,
            warn_at=None if due_at is None else due_at - timedelta(minutes=15),
        )
        .returning(thread.c.id)
    )
    if mark == "press":
        session.execute(insert(thread_tag).values(thread_id=number, tag=mark))
    _mentions(session, (number, author_id, accounts[network]), row, last=last, handle=handle)


def _mentions(session: Session, numbers: tuple[int, int, int], row: Row, *, last: datetime, handle: str) -> None:
    number, author_id, account_id = numbers
    base = {"network": row[1], "account_id": account_id, "thread_id": number, "triaged": True, "stored_at": last}
    first = "Landed, my suitcase did not. The desk was closed. Tag number ends 4417, what now? @exampleair"
    if row[2] > 1:
        earlier = {"global_id": f"{handle}-0", "author_id": author_id, "direction": "inbound", "text": first}
        session.execute(
            insert(mention).values(**base, **earlier, created_at=last - timedelta(hours=20), likes=3, shares=1)
        )
        ours = {"global_id": f"{handle}-1", "author_id": author_id, "direction": "outbound", "by_employee": "ben"}
        words = "Sorry about this. Your bag is booked on tonight's flight. We will write here once it is scanned. ^BA"
        session.execute(insert(mention).values(**base, **ours, text=words, created_at=last - timedelta(hours=19)))
        words = "Scanned at the transfer station 06:10, then nothing."
        session.execute(insert(note).values(thread_id=number, employee="ana", text=words, created_at=last))
    newest = {"global_id": f"{handle}-9", "author_id": author_id, "direction": "inbound", "text": row[3], "likes": 41}
    session.execute(insert(mention).values(**base, **newest, created_at=last, shares=18, replies=9))


def hold_lease(store: Store, now: datetime) -> None:
    """As if a collector of another machine were running."""
    details = {"machine": "elsewhere", "world": "other", "pid": 1, "started": ""}
    with store.write() as session:
        later = now + timedelta(days=1)
        session.execute(
            insert(lease).values(
                name="collector", holder="h", since=now, beat_at=now, expires_at=later, details=details
            )
        )
