"""An incident is named after what people say, where they say the same."""

from dataclasses import replace
from datetime import timedelta

from inbox.flow.hot import evidence
from inbox.model.incident import Alert, AlertKind, Severity
from tests.support.talk import START

SMOKE = (
    "Smoke on EX731, we are being walked off the plane.",
    "My mother is on EX731. People are posting about smoke.",
    "Rauch in der Kabine auf EX731",
)


def alert(stream: str, kind: AlertKind = AlertKind.BURST, *terms: str) -> Alert:
    length = timedelta(minutes=15)
    return Alert(START, stream, kind, Severity.LOW, 5.0, 6, 0.4, 6, length, terms)


def test_a_burst_is_named_after_what_most_of_its_posts_say_as_they_write_it() -> None:
    said = evidence.shared(SMOKE)
    assert said == ("ex731",)
    assert evidence.title(alert("area:Safety"), "Example Air", SMOKE, ("ex731", "smoke")) == "“EX731”, “Smoke” (Safety)"
    assert evidence.title(alert("account:ex@air"), "Example Air", SMOKE, ("ex731",)) == "“EX731” (Example Air)"


def test_a_burst_whose_posts_say_nothing_in_common_is_named_after_where_it_is() -> None:
    texts = ("Where is my bag?", "Thanks to the crew", "The app will not let me in")
    assert evidence.shared(texts) == ()
    assert evidence.title(alert("area:Safety"), "Example Air", texts) == "Safety: many write"
    assert evidence.title(alert("account:ex@air"), "Example Air", texts) == "Example Air: many write"


def test_what_everybody_else_says_too_names_nothing() -> None:
    others = ("EX731 is late again", "Thanks, EX731!", "Seat on EX731?")
    assert "ex731" not in evidence.shared(SMOKE, others)


def test_a_cluster_is_named_after_the_rising_term_that_is_said_the_most() -> None:
    texts = ("Who rebooks us after EX731?", "EX731 is on fire", "Smoke on EX731")
    found = alert("topic:ex@air:rebooks", AlertKind.CLUSTER, "rebooks", "ex731")
    assert evidence.title(found, "Example Air", texts) == "“EX731” (Example Air)"


def test_the_paragraph_of_an_accounts_burst_names_the_brand() -> None:
    kept = evidence.document(alert("account:ex@air"), "ex@air", START) | {"brand": "Example Air"}
    assert evidence.paragraph(kept).startswith("6 people wrote to Example Air within 15 minutes, since ")


def test_a_slow_rise_says_how_much_more_is_written_and_by_how_many() -> None:
    found = Alert(START, "account:ex@air", AlertKind.RISE, Severity.LOW, 5, 1_248, 410.3, 731, timedelta(hours=6))
    kept = evidence.document(found, "ex@air", START) | {"brand": "Example Air"}
    said = evidence.paragraph(kept)
    assert said.startswith("More and more is written to Example Air: 1,248 posts of 731 people within 6 hours, since ")
    assert said.endswith("; usually it is about 410.")
    assert evidence.title(found, "Example Air") == "Example Air: more and more write"
    assert evidence.title(replace(found, stream="area:Safety"), "Example Air") == "Safety: more and more write"


def test_displeasure_above_what_is_usual_is_said_and_names_it() -> None:
    found = replace(alert("account:ex@air"), negative=0.62, usual_negative=0.24)
    kept = evidence.document(found, "ex@air", START) | {"brand": "Example Air"}
    assert "; 62% of them negative, usually 24%." in evidence.paragraph(kept)
    assert evidence.title(found, "Example Air") == "Example Air: many complain"
    assert "negative" not in evidence.paragraph(evidence.document(alert("account:ex@air"), "ex@air", START))


def test_lengths_are_said_in_the_largest_whole_unit() -> None:
    told = {15: "15 minutes", 60: "an hour", 90: "90 minutes", 360: "6 hours", 1440: "a day", 4320: "3 days"}
    for minutes, words in told.items():
        found = replace(alert("account:x"), length=timedelta(minutes=minutes))
        assert f" within {words}, " in evidence.paragraph(evidence.document(found, "x", START))
