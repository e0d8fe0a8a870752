"""The digest finds what people really talked about: each topic here was read in the posts themselves."""

from datetime import UTC, datetime, timedelta

import pytest

from inbox.flow.digest import Digest, digest
from inbox.flow.import_ import import_files
from inbox.model.report import By, Period
from inbox.store.engine import Store
from tests.real_data.test_import_everything import MENTIONS, file_of

pytestmark = [
    pytest.mark.real_data,
    pytest.mark.slow,
    pytest.mark.timeout(400),
    pytest.mark.skipif(not MENTIONS.exists(), reason=f"the public mentions are not at {MENTIONS}"),
]


def _imported(store: Store, name: str) -> None:
    import_files(store, [file_of(name)], replay=False, now=datetime.now(UTC))


def _digest(store: Store, start: datetime, days: int, account: str | None = None) -> Digest:
    only = () if account is None else ((By.ACCOUNT, account),)
    return digest(store, None, Period(start, start + timedelta(days=days)), now=datetime.now(UTC), only=only)


def test_airlines_are_told_of_a_joke_and_a_storm_and_of_nothing_on_quiet_days(sqlite_store: Store) -> None:
    _imported(sqlite_store, "airline")
    joke = _digest(sqlite_store, datetime(2015, 2, 22, tzinfo=UTC), 3, "JetBlue")
    assert joke.topics[0].words == "fleet on fleek"
    assert joke.topics[0].authors > 50
    assert joke.topics[0].before == 0
    storm = _digest(sqlite_store, datetime(2015, 2, 22, tzinfo=UTC), 3)
    assert {"dfw", "cancelled", "hotel"} <= {topic.words for topic in storm.topics}
    assert _digest(sqlite_store, datetime(2015, 2, 20, tzinfo=UTC), 2).topics == ()


def test_a_holiday_is_told_in_its_week(sqlite_store: Store) -> None:
    _imported(sqlite_store, "support_threads")
    found = _digest(sqlite_store, datetime(2017, 10, 30, tzinfo=UTC), 7)
    words = [topic.words for topic in found.topics]
    assert words[0] == "halloween"
    assert "boorito" in words
