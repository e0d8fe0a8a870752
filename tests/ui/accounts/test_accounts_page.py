"""The accounts page: states, today's bar, connecting, signing in again, and what waits."""

import sys
from datetime import timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from inbox import secrets
from inbox.model.ids import AccountId
from inbox.model.request import RequestKind, RequestState
from inbox.model.words import HealthState
from inbox.store import accounts, config, requests
from inbox.store.engine import Store
from inbox.ui.accounts import AccountsPage
from inbox.ui.accounts.signin import BrowserSignIn
from inbox.ui.accounts.steps import steps_of
from inbox.ui.accounts.table import BUDGET, LAG, STATE
from inbox.ui.accounts.today import Kind, stretches
from inbox.ui.accounts.words import ago, state_of
from inbox.ui.context import Context
from tests.support.desk import NOON
from tests.support.world import connected
from tests.ui import samples

pytestmark = pytest.mark.usefixtures("theme")

WAIT_MS = 5_000


@pytest.fixture
def keyring_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Secrets of a test go to a folder of its own."""
    folder = tmp_path / "secrets"
    folder.mkdir(mode=0o700)
    monkeypatch.setenv(secrets.FOLDER_VARIABLE, str(folder))
    return folder


def shown(qtbot: QtBot) -> AccountsPage:
    page = AccountsPage(Context(now=lambda: samples.NOW))
    qtbot.addWidget(page)
    page.resize(1224, 900)
    page._show(samples.accounts_scene())
    return page


def opened(qtbot: QtBot, store: Store) -> tuple[Context, AccountsPage]:
    context = Context(now=lambda: NOON)
    page = AccountsPage(context)
    qtbot.addWidget(page)
    page.resize(1224, 900)
    page.show()
    context.open(store, "workspace.inbox")
    qtbot.waitUntil(lambda: page._scene is not None, timeout=WAIT_MS)
    return context, page


def close(qtbot: QtBot, context: Context) -> None:
    qtbot.waitUntil(lambda: context.lanes.busy == 0, timeout=WAIT_MS)
    context.lanes.close()


def test_the_table_says_state_lag_and_budget_in_words(qtbot: QtBot) -> None:
    page = shown(qtbot)
    model = page.table.accounts
    assert model.data(model.index(0, STATE)) == "Sign in again"
    assert model.data(model.index(1, STATE)) == "Working"
    assert model.data(model.index(2, LAG)) == "24 s"
    assert model.data(model.index(1, BUDGET)) == "91%"


def test_the_arrows_choose_an_account_and_the_pane_follows(qtbot: QtBot) -> None:
    page = shown(qtbot)
    page.show()
    page.table.selectRow(1)
    assert page.detail.head.title.text() == "Mastodon"
    assert page.detail.sign_in.isHidden()
    page.table.selectRow(0)
    assert not page.detail.sign_in.isHidden()


def test_a_lost_sign_in_goes_before_paused() -> None:
    from dataclasses import replace

    lost = replace(samples.ACCOUNT, paused=True, health=HealthState.SIGN_IN)
    assert state_of(lost).words == "Sign in again"
    assert state_of(replace(samples.ACCOUNT, paused=True)).words == "Paused"
    assert state_of(replace(samples.ACCOUNT, connected_at=None)).words == "Not connected"


def test_the_bar_of_today_shows_pulled_gap_and_not_pulled() -> None:
    scene = samples.accounts_scene()
    day = samples.NOW.replace(hour=0, minute=0)
    pulled = samples.NOW - timedelta(hours=2)
    found = stretches(day, samples.NOW, since=None, pulled_to=pulled, gaps=scene.accounts[0].gaps)
    assert [each.kind for each in found] == [Kind.PULLED, Kind.GAP, Kind.PULLED, Kind.NOT_PULLED]
    assert found[0].start == day
    assert found[-1].end == samples.NOW


def test_a_gap_of_yesterday_does_not_stand_in_today() -> None:
    scene = samples.accounts_scene()
    tomorrow = samples.NOW + timedelta(days=1)
    day = tomorrow.replace(hour=0, minute=0)
    found = stretches(day, tomorrow, since=None, pulled_to=tomorrow, gaps=scene.accounts[0].gaps)
    assert [each.kind for each in found] == [Kind.PULLED]


def test_times_ago_are_short() -> None:
    assert ago(samples.NOW - timedelta(seconds=8), samples.NOW) == "8 s ago"
    assert ago(samples.NOW - timedelta(minutes=5), samples.NOW) == "5 min ago"
    assert ago(None, samples.NOW) == "never"


def test_what_could_not_be_read_is_counted_listed_and_tried_again(qtbot: QtBot) -> None:
    page = shown(qtbot)
    assert page.quarantine.title.text() == "2 mentions could not be read"
    page.quarantine.show_button.click()
    assert not page.quarantine.list.isHidden()
    asked: list[bool] = []
    page.quarantine.retry_wanted.connect(lambda: asked.append(True))
    page.quarantine.retry.click()
    assert asked


@pytest.mark.usefixtures("keyring_folder")
def test_connecting_keeps_the_secret_in_the_keyring_and_out_of_every_row(qtbot: QtBot, sqlite_store: Store) -> None:
    context, page = opened(qtbot, sqlite_store)
    assert page.stack.currentWidget() is page.nothing
    page.nothing.button.click()
    form = page.form
    form.cards[1].click()
    form.handle.set_text("@exampleair.example")
    form.secret.set_text("abcd-efgh-ijkl-mnop")
    form.searches.set_text("example air, #exampleair")
    page.test_button.click()
    qtbot.waitUntil(lambda: form._request is not None, timeout=WAIT_MS)
    with sqlite_store.read() as s:
        request = requests.waiting(s)[0]
        account = accounts.all(s)[0]
        workspace = config.workspace_id(s)
    assert request.kind is RequestKind.TEST
    assert request.arguments["connect"] is True
    assert request.arguments["look_back"] == "24h"
    assert request.arguments["searches"] == ["example air", "#exampleair"]
    assert account.connected_at is None
    assert secrets.get(workspace, account.id) == "abcd-efgh-ijkl-mnop"
    assert "abcd" not in str(request)
    assert b"abcd-efgh" not in Path(sqlite_store.address).read_bytes()
    assert form.secret.text() == ""
    close(qtbot, context)


@pytest.mark.usefixtures("keyring_folder")
def test_the_form_shows_the_collectors_steps_and_its_refusal(qtbot: QtBot, sqlite_store: Store) -> None:
    context, page = opened(qtbot, sqlite_store)
    form = page.form
    form.cards[1].click()
    form.handle.set_text("exampleair.example")
    form.secret.set_text("wrong")
    form.start()
    qtbot.waitUntil(lambda: form._request is not None, timeout=WAIT_MS)
    assert form._request is not None
    said = {"steps": [{"state": "done", "words": "Signed in."}, {"state": "failed", "words": "No."}], "total": 3}
    with sqlite_store.write() as s:
        requests.answer(s, form._request, RequestState.REFUSED, said)
    context.changed.emit(s.change)
    qtbot.waitUntil(lambda: not form.busy, timeout=WAIT_MS)
    assert [(step.state, step.words) for step in form.steps.steps] == [("done", "Signed in."), ("failed", "No.")]
    assert not form.done
    close(qtbot, context)


def test_an_empty_form_says_what_is_missing(qtbot: QtBot) -> None:
    page = shown(qtbot)
    page.form.cards[1].click()
    page.form.start()
    assert page.form.handle.below.text() == "This is needed."
    assert not page.form.busy


@pytest.mark.usefixtures("keyring_folder")
def test_signing_in_again_replaces_the_secret_and_asks_for_a_test(qtbot: QtBot, sqlite_store: Store) -> None:
    account = connected(sqlite_store)
    with sqlite_store.write() as s:
        accounts.set_health(s, account.id, HealthState.SIGN_IN, error="The token is dead.", now=NOON)
    context, page = opened(qtbot, sqlite_store)
    card = page.detail.sign_in
    card.secret.set_text("new-token")
    card.sign_in.click()
    qtbot.waitUntil(lambda: page._request is not None, timeout=WAIT_MS)
    with sqlite_store.read() as s:
        assert secrets.get(config.workspace_id(s), account.id) == "new-token"
        assert requests.waiting(s)[0].account_id == account.id
    close(qtbot, context)


@pytest.mark.usefixtures("keyring_folder")
def test_pausing_stops_the_account_and_can_be_taken_back(qtbot: QtBot, sqlite_store: Store) -> None:
    account = connected(sqlite_store)
    context, page = opened(qtbot, sqlite_store)
    page.detail.pause_wanted.emit(True)
    close(qtbot, context)
    with sqlite_store.read() as s:
        assert accounts.get(s, account.id).paused


def test_the_page_of_a_network_is_opened_and_its_lines_are_told(qtbot: QtBot) -> None:
    script = "print('Sign in on this page: https://social.example/oauth?x=1'); print('Signed in as @a.')"
    opened_pages: list[str] = []
    told: list[str] = []
    signin = BrowserSignIn(None, (sys.executable, "-c", script), opened_pages.append)
    signin.told.connect(told.append)
    with qtbot.waitSignal(signin.ended, timeout=WAIT_MS * 2) as ended:
        signin.start("workspace.inbox", "mastodon:a")
    assert ended.args == [True, "Signed in as @a."]
    assert opened_pages == ["https://social.example/oauth?x=1"]
    assert "Waiting for you there" in told[0]


def test_the_chosen_look_back_goes_with_the_sign_in(qtbot: QtBot) -> None:
    script = "import sys; print(*sys.argv)"
    signin = BrowserSignIn(None, (sys.executable, "-c", script))
    with qtbot.waitSignal(signin.ended, timeout=WAIT_MS * 2) as ended:
        signin.start("workspace.inbox", "mastodon:a", "7d")
    worked, said = ended.args
    assert worked
    assert said.endswith("workspace.inbox accounts signin mastodon:a --look-back 7d")


def test_a_sign_in_that_fails_says_its_last_words(qtbot: QtBot) -> None:
    script = "import sys; print('Nobody answered in 5 minutes.'); sys.exit(1)"
    signin = BrowserSignIn(None, (sys.executable, "-c", script))
    with qtbot.waitSignal(signin.ended, timeout=WAIT_MS * 2) as ended:
        signin.start("workspace.inbox", "mastodon:a")
    assert ended.args == [False, "Nobody answered in 5 minutes."]


def test_a_program_that_is_not_there_is_said(qtbot: QtBot) -> None:
    signin = BrowserSignIn(None, ("/nonexistent/inbox",))
    with qtbot.waitSignal(signin.ended, timeout=WAIT_MS) as ended:
        signin.start("workspace.inbox", "mastodon:a")
    assert ended.args[0] is False


def test_waiting_for_the_collector_is_said(sqlite_store: Store) -> None:
    with sqlite_store.write() as s:
        number = requests.ask(s, RequestKind.TEST, AccountId(1), asked_by="ana", now=NOON)
        assert steps_of(requests.get(s, number))[0].words == "Waiting for the collector"


@pytest.mark.parametrize("width", [1224, 844, 600])
def test_the_page_draws_at_every_width(width: int, qtbot: QtBot) -> None:
    page = shown(qtbot)
    page.resize(width, 700)
    page.show()
    page.grab()
    assert page.detail.isHidden() is (width < 860)
