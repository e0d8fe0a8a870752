"""Real servers for tests, started once per test process."""

from collections.abc import Iterator

import pytest

from tests.servers import parts
from tests.servers.atproto import AtNetwork, start


def _unavailable(lacking: list[str]) -> None:
    reason = f"Missing: {', '.join(lacking)}. Run: python -m tests.servers.prepare"
    if parts.required():
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def at_network() -> Iterator[AtNetwork]:
    """The AT Protocol's development network."""
    lacking = parts.missing_for_atproto()
    if lacking:
        _unavailable(lacking)
    with pytest.MonkeyPatch.context() as patch, start() as network:
        patch.setenv("INBOX_ALLOW_LOOPBACK", "1")
        yield network
