"""An incident in a workspace with people who may approve, and accounts that a statement may stand on."""

from dataclasses import replace
from datetime import datetime, timedelta

from inbox.flow.hot import by_hand, statements
from inbox.model.account import Limits
from inbox.model.ids import AccountId
from inbox.model.incident import Statement, StatementState
from inbox.model.notice import NoticeKind
from inbox.model.people import Employee
from inbox.model.words import ReplyState, Role
from inbox.model.workspace import Settings
from inbox.store import accounts, config, incidents, notices
from inbox.store import statements as kept
from inbox.store.engine import Store
from tests.flow.hot.scene import ANA, CLARA, WORKSPACE
from tests.support.talk import START
from tests.support.world import connected

NOW = START + timedelta(minutes=60)
UNDO = timedelta(seconds=10)
SAM = replace(CLARA, name="sam", full_name="Sam Hall", roles=(Role.SUPERVISOR,))
ADA = replace(CLARA, name="ada", full_name="Ada Bell", roles=(Role.ADMIN,))
TEXT = "We know about a smell of smoke on EX731. Everyone is safe. We write again by 15:00."


def later(seconds: float) -> datetime:
    """So many seconds after it all began."""
    return NOW + timedelta(seconds=seconds)


class Room:
    """A confirmed incident "Smoke", opened by Clara; Ana writes."""

    def __init__(
        self, store: Store, *staff: Employee, handles: tuple[str, ...] = ("air", "air_de", "air_help")
    ) -> None:
        self.store = store
        settings = Settings(undo=UNDO)
        with store.write() as s:
            config.save(s, replace(WORKSPACE, settings=settings, employees=staff or (CLARA, ANA, SAM)), "command", NOW)
        self.accounts = [connected(store, handle).id for handle in ("air", "air_de", "air_help")]
        self.id, _ = by_hand.open_incident(store, "Smoke", actor="clara", now=NOW)

    def drafted(self, text: str = TEXT, accounts: list[AccountId] | None = None, *, by: str = "ana") -> int:
        where = self.accounts if accounts is None else accounts
        number = statements.draft(self.store, self.id, text, where, actor=by, now=NOW).statement_id
        assert number is not None
        return number

    def approved(self, text: str = TEXT) -> int:
        number = self.drafted(text)
        statements.ask(self.store, self.id, number, actor="ana", now=NOW)
        statements.approve(self.store, self.id, number, actor="clara", now=NOW)
        return number

    def published(self) -> int:
        number = self.approved()
        statements.publish(self.store, self.id, number, actor="ana", now=NOW)
        return number

    def one(self, number: int) -> Statement:
        with self.store.read() as s:
            found = kept.get(s, self.id, number)
        assert found is not None
        return found

    def state(self, number: int) -> StatementState:
        return self.one(number).state

    def posts(self, number: int) -> dict[str, ReplyState]:
        return {each.account: each.state for each in self.one(number).posts}

    def all(self) -> list[Statement]:
        with self.store.read() as s:
            return statements.of(s, self.id)

    def leaves(self, place: int = 0, *, at: datetime | None = None) -> None:
        """What is queued on an account stands on its network, as the collector would have it."""
        with self.store.write() as s:
            [out] = kept.on_their_way(s, self.accounts[place])
            assert kept.begin(s, out.id, key=f"k{out.id}", now=at or NOW)
            assert kept.sent(s, out.id, remote_id="r", remote_url="https://n.test/r", sent_at=at or NOW)

    def fails(self, place: int, error: str = "The network said no.") -> None:
        with self.store.write() as s:
            [out] = kept.on_their_way(s, self.accounts[place])
            assert kept.failed(s, out.id, error=error)

    def leaving(self, place: int) -> None:
        """The collector has begun to send."""
        with self.store.write() as s:
            [out] = kept.on_their_way(s, self.accounts[place])
            assert kept.begin(s, out.id, key=f"k{out.id}", now=NOW)

    def told(self, name: str) -> list[str]:
        with self.store.read() as s:
            whom = next(each for each in config.load(s).employees if each.name == name)
            return [each.sentence for each in notices.unseen(s, whom.id) if each.kind is NoticeKind.INCIDENT]

    def timeline(self) -> list[str]:
        """The lines about statements, the newest first."""
        with self.store.read() as s:
            return [each.text for each in incidents.timeline(s, self.id) if each.kind == "statement"]

    def limit(self, place: int, length: int) -> None:
        """The account's network takes no more than that."""
        self._connect(place, Limits(length=length))

    def refuse(self, place: int) -> None:
        """The account may not post."""
        self._connect(place, Limits(length=500, can_reply=False))

    def _connect(self, place: int, limits: Limits) -> None:
        with self.store.write() as s:
            found = accounts.get(s, self.accounts[place])
            accounts.connected(
                s,
                found.id,
                handle=found.handle,
                server=found.server,
                remote_id=found.remote_id,
                display_name=found.display_name,
                limits=limits,
                details={},
                look_back_to=None,
                now=NOW,
            )
