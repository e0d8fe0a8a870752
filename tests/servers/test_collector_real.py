"""The whole way on real servers: a mention comes in, its reply goes out, whatever happens in between."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.servers.atproto import AtNetwork
from tests.servers.person import Person
from tests.servers.snac import Snac

pytestmark = [pytest.mark.server, pytest.mark.timeout(300)]

needs_snac = pytest.mark.skipif(Snac.missing() is not None, reason=str(Snac.missing()))
PATIENCE = 90.0


class Desk:
    """A workspace worked by commands, with secrets in a folder."""

    def __init__(self, folder: Path) -> None:
        (folder / "secrets").mkdir(mode=0o700)
        self.environment = {
            **os.environ,
            "INBOX_ALLOW_LOOPBACK": "1",
            "INBOX_SECRETS_DIR": str(folder / "secrets"),
            "INBOX_WORKSPACE": str(folder / "w.inbox"),
            "XDG_CONFIG_HOME": str(folder / "config"),
        }
        self.inbox("init")

    def inbox(self, *words: str, stdin: str = "") -> Any:
        """What a command prints as JSON."""
        command = [sys.executable, "-m", "inbox", *words, "--json"]
        done = subprocess.run(
            command, env=self.environment, input=stdin, text=True, capture_output=True, timeout=120, check=False
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout) if done.stdout.strip() else None

    @contextmanager
    def collecting(self) -> Iterator["subprocess.Popen[bytes]"]:
        """A collector for a while, stopped cleanly."""
        command = [sys.executable, "-m", "inbox", "collect", "--parent"]
        child = subprocess.Popen(command, env=self.environment, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL)
        assert child.stdin is not None
        try:
            yield child
        finally:
            child.stdin.close()
            try:
                child.wait(15)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()

    def texts(self) -> list[str]:
        return [each["text"] for each in self.inbox("threads", "--limit", "1000")["threads"]]

    def thread_of(self, words: str) -> int:
        found = [each["id"] for each in self.inbox("threads")["threads"] if words in each["text"]]
        return int(found[0]) if found else 0

    def replies(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.inbox("outbox")["replies"]
        return found

    def states(self) -> list[str]:
        return [str(each["state"]) for each in self.replies()]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.fixture
def snac(tmp_path: Path) -> Iterator[Snac]:
    with Snac(tmp_path) as server:
        for name in ("brand", "alice"):
            server.add_user(name)
        server.start()
        yield server


def within(condition: Callable[[], Any], what: str) -> Any:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if found := condition():
            return found
        time.sleep(0.2)
    raise AssertionError(f"{what} did not happen within {PATIENCE:.0f} s")


def connect(desk: Desk, snac: Snac) -> None:
    words = ["accounts", "add", "mastodon", "--handle", "brand", "--server", snac.address, "--secret-stdin"]
    told = desk.inbox(*words, "--look-back", "24h", stdin=f"{snac.token('brand')}\n")
    assert told["handle"] == f"brand@{snac.host}"


def answers(hands: httpx.Client, status: str) -> list[str]:
    """What stands below a post, as its author sees it."""
    told = hands.get(f"/api/v1/statuses/{status}/context").json()
    return [str(each["uri"]) for each in told["descendants"]]


@needs_snac
@pytest.mark.xdist_group("snac")
def test_mastodon_a_mention_is_answered_and_an_outage_is_made_up_for(desk: Desk, snac: Snac) -> None:
    connect(desk, snac)
    with snac.hands("alice") as alice:
        asked = alice.post("/api/v1/statuses", data={"status": "@brand my bag is lost!"}).json()
        with desk.collecting():
            number = within(lambda: desk.thread_of("my bag is lost"), "the mention")
            made = desk.inbox("reply", str(number), "We are looking for it.", "--now")
            sent = within(lambda: [each for each in desk.replies() if each["state"] == "sent"], "the reply")[0]
            assert sent["id"] == made["id"]
            shown = desk.inbox("show", str(number))
            assert shown["status"] == "waiting"
            ours = [each for each in shown["mentions"] if each["direction"] == "outbound"]
            assert [each["id"] for each in ours] == [sent["remote_id"]]
            within(lambda: sent["remote_id"] in answers(alice, asked["id"]), "the answer to reach the customer")
            snac.stop()
            within(lambda: desk.inbox("accounts", "list")["accounts"][0]["health"] == "no answer", "the trouble")
            queued = desk.inbox("reply", str(number), "Still looking.", "--now")
            time.sleep(1)
            assert "sent" not in [each["state"] for each in desk.replies() if each["id"] == queued["id"]]
            snac.start()
            alice.post("/api/v1/statuses", data={"status": "@brand and now my second bag"})
            within(lambda: desk.thread_of("second bag"), "the mention after the outage")
            within(lambda: desk.states() == ["sent", "sent"], "the reply of the outage")
    pulled = desk.inbox("pull")["sources"]
    assert sum(each["stored"] for each in pulled) == 0
    shown = desk.inbox("show", str(number))
    ours = [each for each in shown["mentions"] if each["direction"] == "outbound"]
    assert len(ours) == 2, "a copy pulled back is the same mention"
    assert all(each["edited_at"] is None for each in ours)


@needs_snac
@pytest.mark.xdist_group("snac")
def test_mastodon_a_revoked_token_is_said_and_a_new_one_goes_on(desk: Desk, snac: Snac) -> None:
    connect(desk, snac)
    secrets_folder = Path(desk.environment["INBOX_SECRETS_DIR"])
    (kept,) = secrets_folder.iterdir()
    good = kept.read_text()
    kept.write_text("no-such-token")
    with desk.collecting():
        within(lambda: desk.inbox("accounts", "list")["accounts"][0]["health"] == "sign in again", "the dead token")
        told = desk.inbox("accounts", "signin", "brand", "--secret-stdin", stdin=f"{good}\n")
        assert told["handle"] == f"brand@{snac.host}"
        within(lambda: desk.inbox("accounts", "list")["accounts"][0]["health"] == "working", "the new token")


@pytest.mark.xdist_group("atproto")
def test_bluesky_a_reply_survives_a_killed_collector_and_stands_once(desk: Desk, at_network: AtNetwork) -> None:
    brand, kim = Person(at_network.pds, "brand"), Person(at_network.pds, "kim")
    words = ["accounts", "add", "bluesky", "--handle", brand.handle, "--server", at_network.pds, "--secret-stdin"]
    desk.inbox(*words, "--look-back", "24h", stdin=f"{brand.app_password()}\n")
    kim.mention(brand, "my bag is lost!")
    with desk.collecting() as collector:
        number = within(lambda: desk.thread_of("my bag is lost"), "the mention")
        for turn in range(3):
            desk.inbox("reply", str(number), f"Answer {turn}.", "--now", "--keep-open")
        within(lambda: "sent" in desk.states(), "a first reply")
        collector.kill()
        collector.wait()
    with desk.collecting():
        within(lambda: desk.states() == ["sent"] * 3, "all replies")
    said = sorted(each["value"]["text"] for each in brand.posts())
    assert said == ["Answer 0.", "Answer 1.", "Answer 2."]
    for person in (brand, kim):
        person.close()
