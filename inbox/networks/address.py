"""Which addresses may be asked: https only, and nothing inside our own network (PRODUCT.md section 9)."""

import ipaddress
import os
import socket
from collections.abc import Callable
from urllib.parse import urlsplit

from inbox.networks.errors import Refused, Unreachable

Resolve = Callable[[str, int], list[str]]

_DEFAULT_PORTS = {"https": 443, "http": 80, "wss": 443, "ws": 80}


def loopback_allowed() -> bool:
    """True where the tests' setting ``INBOX_ALLOW_LOOPBACK=1`` lets plain http to this machine through."""
    return os.environ.get("INBOX_ALLOW_LOOPBACK") == "1"


def server_address(typed: str) -> str:
    """The address of a server as a person may type it ("mastodon.example"), without path or user name.

    Raises ``Refused`` with a sentence when it is no address, or not https.
    """
    text = typed.strip()
    if "://" not in text:
        text = f"https://{text}"
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise Refused(f"“{typed}” is not the address of a server.") from None
    host = parts.hostname or ""
    if not host or any(letter.isspace() for letter in host) or parts.username or parts.password:
        raise Refused(f"“{typed}” is not the address of a server.")
    if parts.scheme != "https" and not (parts.scheme == "http" and _is_loopback(host) and loopback_allowed()):
        raise Refused(f"{host} must be reached by https.")
    shown = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{shown}" if port is None else f"{parts.scheme}://{shown}:{port}"


def check_url(url: str, resolve: Resolve | None = None) -> None:
    """Refuse what must not be asked: plain http, and hosts that lead to private or link-local addresses.

    Raises ``Refused``, or ``Unreachable`` when the name cannot be found.
    """
    parts = urlsplit(url)
    host = parts.hostname or ""
    secure = parts.scheme in {"https", "wss"}
    if not secure and not (parts.scheme in {"http", "ws"} and _is_loopback(host) and loopback_allowed()):
        raise Refused(f"{host or url} must be reached by https.")
    try:
        found = (resolve or _resolve)(host, parts.port or _DEFAULT_PORTS[parts.scheme])
    except (OSError, UnicodeError) as error:
        raise Unreachable(f"{host} cannot be found. Is this machine online, and the name right?") from error
    for address in found:
        if not _allowed(address):
            raise Refused(f"{host} leads to an address inside a private network, which is not asked.")


def _resolve(host: str, port: int) -> list[str]:
    return [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def _allowed(address: str) -> bool:
    found = ipaddress.ip_address(address.partition("%")[0])
    mapped = found.ipv4_mapped if isinstance(found, ipaddress.IPv6Address) else None
    found = mapped or found
    if found.is_loopback:
        return loopback_allowed()
    return found.is_global and not found.is_multicast


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
