"""Signing in and staying signed in."""

import threading
from collections.abc import Callable
from datetime import timedelta

import httpx
import pytest

from inbox.networks.bluesky.session import Secret, read_secret
from inbox.networks.errors import RateLimited, Refused, SignInAgain, Unreachable
from tests.networks.bluesky.world import CREATE, HANDLE, NOW, REFRESH, UNREAD, World, failing, saying, token


@pytest.fixture
def world() -> World:
    made = World()
    made.answers[UNREAD] = saying({"count": 0})
    return made


def dead(code: str, *tokens: str) -> Callable[[httpx.Request], httpx.Response]:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.headers["authorization"].removeprefix("Bearer ") in tokens:
            return httpx.Response(400, json={"error": code, "message": "No longer."})
        return httpx.Response(200, json={"count": 1})

    return answer


def signed(**more: str) -> Secret:
    return Secret(HANDLE, did="did:plc:brand", handle=HANDLE, **more)


def test_the_first_question_signs_in_and_keeps_the_tokens(world: World) -> None:
    session = world.sign()
    session.get(UNREAD, [])
    session.get(UNREAD, [])
    assert world.times(CREATE) == 1
    assert world.saved[-1].accessJwt == session.secret.accessJwt
    assert world.saved[-1].password == "app-pass"
    assert world.asked[-1][1].headers["authorization"] == f"Bearer {session.secret.accessJwt}"


def test_no_secret_ever_stands_in_a_repr_or_an_error(world: World) -> None:
    world.answers[CREATE] = failing(401, "AuthenticationRequired", "Bad password app-pass")
    session = world.sign()
    with pytest.raises(SignInAgain) as caught:
        session.get(UNREAD, [])
    assert "app-pass" not in f"{caught.value}{session.secret!r}{session!r}"


@pytest.mark.parametrize("code", ["ExpiredToken", "InvalidToken"])
def test_a_token_that_the_server_refuses_with_400_is_refreshed(world: World, code: str) -> None:
    old = token(0)
    world.answers[UNREAD] = dead(code, old)
    session = world.sign(signed(accessJwt=old, refreshJwt="refresh-0"))
    assert session.get(UNREAD, []) == {"count": 1}
    assert world.times(REFRESH) == 1
    (refresh,) = [request for name, request in world.asked if name == REFRESH]
    assert refresh.headers["authorization"] == "Bearer refresh-0"


def test_new_tokens_are_kept_before_they_are_used(world: World) -> None:
    old = token(0)
    kept_when_used: list[int] = []

    def answer(request: httpx.Request) -> httpx.Response:
        if request.headers["authorization"].endswith(old):
            return httpx.Response(400, json={"error": "ExpiredToken"})
        kept_when_used.append(len(world.saved))
        return httpx.Response(200, json={"count": 1})

    world.answers[UNREAD] = answer
    world.sign(signed(accessJwt=old, refreshJwt="refresh-0")).get(UNREAD, [])
    assert kept_when_used == [1]
    assert world.saved[0].refreshJwt == "refresh-1"


def test_a_token_near_its_end_is_renewed_beforehand(world: World) -> None:
    ending = token(0, made=NOW - timedelta(seconds=7170))
    session = world.sign(signed(accessJwt=ending, refreshJwt="refresh-0"))
    session.get(UNREAD, [])
    assert world.times(REFRESH) == 1
    assert world.times(UNREAD) == 1


def test_a_wrong_clock_of_ours_does_not_renew_on_every_question(world: World) -> None:
    session = world.sign(now=NOW + timedelta(days=3))
    for _ in range(5):
        session.get(UNREAD, [])
    assert world.times(CREATE) + world.times(REFRESH) == 1


def test_a_dead_refresh_token_falls_back_on_the_app_password(world: World) -> None:
    old = token(0)
    world.answers[UNREAD] = dead("ExpiredToken", old)
    world.answers[REFRESH] = failing(400, "ExpiredToken", "Token has been revoked")
    session = world.sign(signed(accessJwt=old, refreshJwt="refresh-0", password="app-pass"))
    assert session.get(UNREAD, []) == {"count": 1}
    assert world.times(CREATE) == 1


def test_without_the_app_password_a_dead_session_asks_to_sign_in_again(world: World) -> None:
    old = token(0)
    world.answers[UNREAD] = dead("ExpiredToken", old)
    world.answers[REFRESH] = failing(400, "ExpiredToken", "Token has been revoked")
    session = world.sign(signed(accessJwt=old, refreshJwt="refresh-0"))
    with pytest.raises(SignInAgain, match="Sign in again"):
        session.get(UNREAD, [])
    assert world.times(CREATE) == 0
    assert world.saved == []


def test_an_outage_while_refreshing_is_an_outage_and_loses_no_token(world: World) -> None:
    old = token(0)
    world.answers[UNREAD] = dead("ExpiredToken", old)
    world.answers[REFRESH] = lambda _: httpx.Response(502, text="<html>Bad gateway</html>")
    session = world.sign(signed(accessJwt=old, refreshJwt="refresh-0", password="app-pass"))
    with pytest.raises(Unreachable, match="out of order"):
        session.get(UNREAD, [])
    assert session.secret.refreshJwt == "refresh-0"
    assert world.times(CREATE) == 0


def test_a_server_that_refuses_every_token_does_not_loop(world: World) -> None:
    world.answers[UNREAD] = failing(400, "InvalidToken")
    session = world.sign()
    with pytest.raises(SignInAgain):
        session.get(UNREAD, [])
    assert world.times(UNREAD) == 2


def test_many_threads_renew_once(world: World) -> None:
    old = token(0)
    start = threading.Barrier(6)
    world.answers[UNREAD] = dead("ExpiredToken", old)
    session = world.sign(signed(accessJwt=old, refreshJwt="refresh-0"))
    told: list[object] = []

    def ask() -> None:
        start.wait()
        told.append(session.get(UNREAD, []))

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert told == [{"count": 1}] * 6
    assert world.times(REFRESH) == 1


def test_the_accounts_own_server_is_asked_once_it_is_known(world: World) -> None:
    house = {"id": "#atproto_pds", "type": "AtprotoPersonalDataServer", "serviceEndpoint": "https://house.example"}
    world.answers[CREATE] = lambda _: httpx.Response(200, json=world.session(didDoc={"service": [house]}))
    session = world.sign()
    session.get(UNREAD, [])
    assert world.asked[-1][1].url.host == "house.example"
    assert world.saved[-1].pds == "https://house.example"
    again = world.sign(world.saved[-1])
    again.get(UNREAD, [])
    assert world.asked[-1][1].url.host == "house.example"


@pytest.mark.parametrize("endpoint", ["http://house.example", "file:///etc/passwd", "https://u:p@house.example", "", 7])
def test_an_unsafe_address_in_the_identity_is_not_followed(world: World, endpoint: object) -> None:
    house = {"id": "#atproto_pds", "serviceEndpoint": endpoint}
    world.answers[CREATE] = lambda _: httpx.Response(200, json=world.session(didDoc={"service": [house, "x"]}))
    world.sign().get(UNREAD, [])
    assert {request.url.host for _, request in world.asked} == {"pds.example"}


@pytest.mark.parametrize(
    ("code", "status", "error", "words"),
    [
        ("AuthFactorTokenRequired", 401, SignInAgain, "app password"),
        ("AuthenticationRequired", 401, SignInAgain, "handle and app password"),
        ("AccountTakedown", 400, Refused, "suspended"),
        ("RateLimitExceeded", 429, RateLimited, "slow down"),
        ("InternalServerError", 500, Unreachable, "out of order"),
    ],
)
def test_a_failed_sign_in_is_told_in_plain_words(
    world: World, code: str, status: int, error: type[Exception], words: str
) -> None:
    world.answers[CREATE] = failing(status, code)
    with pytest.raises(error, match=words):
        world.sign().get(UNREAD, [])


def test_a_deactivated_account_is_named_so(world: World) -> None:
    world.answers[CREATE] = lambda _: httpx.Response(200, json=world.session(active=False, status="deactivated"))
    with pytest.raises(Refused, match="deactivated"):
        world.sign().get(UNREAD, [])


@pytest.mark.parametrize("told", [[], {}, {"accessJwt": 1}, "x", {"accessJwt": "a", "refreshJwt": "b"}])
def test_nonsense_instead_of_tokens_is_an_outage(world: World, told: object) -> None:
    world.answers[CREATE] = saying(told)
    with pytest.raises(Unreachable, match="not an answer"):
        world.sign().get(UNREAD, [])
    assert world.saved == []


@pytest.mark.parametrize("access", ["", "x", "a.b.c", "a.!!!.c", "a.W10.c", "a.eyJleHAiOiJzb29uIn0.c"])
def test_a_token_that_says_nothing_of_itself_is_simply_used(world: World, access: str) -> None:
    world.sign(signed(accessJwt=access, refreshJwt="refresh-0", password="app-pass")).get(UNREAD, [])
    assert world.times(REFRESH) == 0


def test_an_app_password_alone_is_a_secret_too() -> None:
    assert read_secret(" abcd-efgh\n", "@brand.example") == Secret("brand.example", password="abcd-efgh")
    written = Secret("a", password="b", did="c").written()
    assert read_secret(written, "other") == Secret("a", password="b", did="c")
    assert read_secret('{"password": "b", "more": [1]}', "brand.example") == Secret("brand.example", password="b")
