"""How much alike posts must be is the workspace's to say, and how well a thread matches can be told."""

from datetime import timedelta

import pytest

from inbox.hot.detector import Detector, Settings
from inbox.hot.likeness import alike, likeness
from inbox.hot.seen import Seen
from inbox.hot.window import Entry
from inbox.hot.words import terms
from inbox.model.incident import AlertKind
from tests.hot.scene import ACCOUNT, START, ordinary

NOON = START + timedelta(days=4, hours=12)
SAME = "{0}abc was charged twice for the fare sale"
LOOSE = "{0}abc {0}def {0}ghi voucher {0}jkl {0}mno"


def _entries(*texts: str) -> list[Entry]:
    return [Entry(NOON, str(n), f"a{n}", terms(text)) for n, text in enumerate(texts)]


def _clusters(text: str, similarity: float) -> int:
    detector = Detector(Settings(similarity=similarity))
    crowd = [Seen(f"c{n}", NOON + n * timedelta(minutes=2), ACCOUNT, f"c{n}", text.format(n)) for n in range(12)]
    every = sorted([*ordinary(5), *crowd], key=lambda each: each.at)
    return sum(alert.kind is AlertKind.CLUSTER for each in every for alert in detector.see(each) if each.at >= NOON)


@pytest.mark.parametrize(("text", "similarity", "found"), [(SAME, 0.5, 1), (LOOSE, 0.0, 1), (LOOSE, 0.5, 0)])
def test_the_stricter_the_more_alike_the_posts_of_a_cluster_must_be(text: str, similarity: float, found: int) -> None:
    assert _clusters(text, similarity) == found


def test_a_voice_is_compared_with_the_others_and_not_with_itself() -> None:
    strangers = _entries("apple pear", "train plane", "summer winter")
    assert alike(strangers, 0.1, lambda _: 0.01) == []
    friends = _entries("charged twice today", "charged twice again", "charged twice", "train plane")
    assert [each.id for each in alike(friends, 0.3, lambda _: 0.01)] == ["0", "1", "2"]
    assert alike(friends, 0.0, lambda _: 0.01) == friends


def test_what_everybody_always_says_makes_nobody_alike() -> None:
    entries = _entries("flight apple", "flight train", "flight summer")
    assert alike(entries, 0.1, lambda term: 1.0 if term == "flight" else 0.01) == []
    assert len(alike(entries, 0.1, lambda _: 0.01)) == 3


def test_a_match_is_from_nothing_to_one_and_more_for_what_is_more_telling() -> None:
    said = ("charged twice", "charged", "fare sale")
    whole = likeness(said, "I was CHARGED twice in your fare sale!")
    some = [likeness(said, text) for text in ("charged twice", "twice they charged", "charged", "fare sale")]
    assert whole == 1.0
    assert 1 > some[0] > some[1] > some[2] > 0
    assert some[3] < some[2] + 0.2
    assert likeness(said, "lovely weather") == likeness((), "charged twice") == likeness(said, "") == 0.0
