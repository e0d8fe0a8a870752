"""The harness of a real Mastodon API server: snac2 on loopback, in a temporary folder, with users of its own.

Installs nothing: ``Snac.missing()`` says why it cannot run. Debian: ``apt-get install -t bookworm-backports snac2``.
"""

import json
import re
import shutil
import socket
import subprocess
import time
from html.parser import HTMLParser
from pathlib import Path
from typing import Self
from urllib.parse import parse_qs, urljoin, urlsplit

import httpx

# The server resets kept-alive connections without notice, so the hands open a new one each time.
_NO_KEEPING = httpx.Limits(max_keepalive_connections=0)
_PASSWORD = re.compile(r"User password is (\S+)")


class _Form(HTMLParser):
    """The first form of a page: where it goes, and its fields."""

    def __init__(self) -> None:
        super().__init__()
        self.action = ""
        self.fields: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep what a browser would send."""
        found = dict(attrs)
        if tag == "form" and not self.action:
            self.action = found.get("action") or ""
        if tag == "input" and found.get("name"):
            self.fields[str(found["name"])] = found.get("value") or ""


class Snac:
    """One server. Use it as a context; ``stop`` and ``start`` play an outage on the same port and data."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "snac"
        self.port = _free_port()
        self.host = f"127.0.0.1:{self.port}"
        self.address = f"http://{self.host}"
        self.passwords: dict[str, str] = {}
        self._process: subprocess.Popen[bytes] | None = None

    @staticmethod
    def missing() -> str | None:
        """Why this server cannot be started here, None when it can."""
        return None if shutil.which("snac") else "snac2 is not installed (Debian: snac2 of bookworm-backports)"

    def __enter__(self) -> Self:
        self._run("init", answers=["127.0.0.1", str(self.port), self.host, "", ""])
        settings = self.folder / "server.json"
        told = json.loads(settings.read_text())
        # It delivers to itself over HTTP: with few threads these wait for one another for up to a minute.
        settings.write_text(json.dumps({**told, "protocol": "http", "num_threads": 24}))
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def add_user(self, name: str) -> None:
        """A user whose password is kept here. Only while the server does not run."""
        found = _PASSWORD.search(self._run("adduser", name))
        if found is None:
            raise RuntimeError(f"snac did not make the user {name}")
        self.passwords[name] = found.group(1)

    def start(self) -> None:
        """Start, and return when it answers (under a second)."""
        with (self.folder.parent / "snac.log").open("ab") as log:
            self._process = subprocess.Popen(
                ["snac", "httpd", str(self.folder)], stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        end = time.monotonic() + 10
        while time.monotonic() < end:
            try:
                httpx.get(f"{self.address}/api/v1/instance", timeout=2)
            except httpx.HTTPError:
                time.sleep(0.05)
            else:
                return
        raise RuntimeError("snac did not start within 10 s")

    def stop(self) -> None:
        """Stop it by its process id; the data stays."""
        if self._process is not None:
            self._process.terminate()
            try:
                self._process.wait(timeout=5)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            self._process = None

    def allow(self, page: str, user: str) -> None:
        """Do what a person does in a browser: open the sign-in page, give name and password, be sent back."""
        with httpx.Client(timeout=10, limits=_NO_KEEPING) as browser:
            shown = browser.get(page)
            form = _Form()
            form.feed(shown.text)
            fields = {**form.fields, "login": user, "passwd": self.passwords[user]}
            answer = browser.post(urljoin(page, form.action), data=fields)
            back = answer.headers.get("location", "")
            if not back:
                raise RuntimeError(f"snac refused the sign-in of {user}: {answer.status_code}")
            browser.get(back)

    def delete(self, user: str, uri: str) -> None:
        """Delete a post by the user's own page: the Mastodon API of this server has no way."""
        fields = {"id": uri, "action": "Delete"}
        address = f"{self.address}/{user}/admin/action"
        answer = httpx.post(address, data=fields, auth=(user, self.passwords[user]), timeout=10)
        if answer.is_error:
            raise RuntimeError(f"snac did not delete {uri}: {answer.status_code}")

    def token(self, user: str) -> str:
        """A token of the user for the tests' own hands, got by the code flow without a listener."""
        redirect = "urn:ietf:wg:oauth:2.0:oob"
        with httpx.Client(base_url=self.address, timeout=10, limits=_NO_KEEPING) as hands:
            names = {"client_name": "hands", "redirect_uris": f"{self.address}/back", "scopes": "read write"}
            app = hands.post("/api/v1/apps", data=names).json()
            query = {"client_id": app["client_id"], "response_type": "code", "redirect_uri": f"{self.address}/back"}
            form = _Form()
            form.feed(hands.get("/oauth/authorize", params=query).text)
            fields = {**form.fields, "login": user, "passwd": self.passwords[user]}
            answer = hands.post(form.action, data=fields)
            code = parse_qs(urlsplit(answer.headers["location"]).query)["code"][0]
            keys = {"client_id": app["client_id"], "client_secret": app["client_secret"]}
            wish = {"grant_type": "authorization_code", "code": code, "redirect_uri": redirect, **keys}
            return str(hands.post("/oauth/token", data=wish).json()["access_token"])

    def hands(self, user: str) -> httpx.Client:
        """A plain client signed in as the user, to act as a customer; close it after use."""
        signed = {"authorization": f"Bearer {self.token(user)}"}
        return httpx.Client(base_url=self.address, headers=signed, timeout=10, limits=_NO_KEEPING)

    def _run(self, command: str, *rest: str, answers: list[str] | None = None) -> str:
        done = subprocess.run(
            ["snac", command, str(self.folder), *rest],
            input="\n".join([*(answers or []), ""]),
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        )
        return done.stdout + done.stderr


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
