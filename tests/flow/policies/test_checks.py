"""What is wrong with a policy is told at its field; what is allowed and may surprise is noted."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from inbox.flow.policies import notes_of, problems_of
from inbox.model.ids import AreaId
from inbox.model.people import Area
from inbox.model.words import Priority
from inbox.model.workspace import Calendar, Policy, Rule, Then, When, Workspace

HOUR = timedelta(hours=1)
GOOD = Policy("good", first_response=HOUR, resolution=8 * HOUR, warn_before=HOUR / 2)
SHUT = Calendar("shut", week={})
ROOM = Workspace(
    areas=(Area(AreaId(0), "Baggage"),),
    calendars=(Calendar("service"), SHUT, Calendar("closes", closed=(date(2026, 12, 24),))),
    policies=(GOOD,),
)


def fields(policy: Policy, replaces: str | None = None) -> list[str]:
    return [field for field, _ in problems_of(ROOM, replace(policy, name="x"), replaces=replaces)]


def test_a_good_policy_has_no_problems() -> None:
    assert fields(GOOD) == []
    assert (
        fields(replace(GOOD, calendar="service", when=When(area=("Baggage", "Unsorted"), hours=(True, "service"))))
        == []
    )


@pytest.mark.parametrize(
    ("policy", "field", "said"),
    [
        (replace(GOOD, warn_before=2 * HOUR), "warn_before", "first response has 1h only"),
        (
            replace(GOOD, first_response={Priority.LOW: 4 * HOUR, Priority.URGENT: HOUR / 4}),
            "warn_before",
            "first response for urgent has 15m only",
        ),
        (replace(GOOD, resolution=HOUR / 2, warn_before=timedelta(0)), "resolution", "before the first response (1h)"),
        (
            replace(GOOD, first_response={Priority.LOW: 9 * HOUR}, warn_before=timedelta(0)),
            "resolution",
            "Resolution (8h) is due before the first response (9h)",
        ),
        (
            replace(GOOD, resolution={Priority.HIGH: HOUR / 2}, warn_before=timedelta(0)),
            "resolution.high",
            "before the first response",
        ),
        (replace(GOOD, next_response=timedelta(0)), "next_response", "No time at all"),
        (replace(GOOD, next_response={Priority.HIGH: timedelta(0)}), "next_response.high", "No time at all"),
        (replace(GOOD, calendar="gone"), "calendar", "defines no calendar “gone”"),
        (replace(GOOD, calendar="shut"), "calendar", "has no open hours"),
        (replace(GOOD, when=When(area=("Boats",))), "when.area", "no area “Boats”"),
        (replace(GOOD, when=When(text_regex="(")), "when.text_regex", ""),
        (replace(GOOD, when=When(text_any=("Bag",), text_none=("bag", "x"))), "when.text_none", "would never apply"),
        (replace(GOOD, when=When(text_all=("a", "b"), text_none=("B",))), "when.text_none", "would never apply"),
        (replace(GOOD, when=When(hours=(False, "service"))), "when.hours", "“service” is always open"),
    ],
)
def test_each_error_stands_at_its_field(policy: Policy, field: str, said: str) -> None:
    found = dict(problems_of(ROOM, replace(policy, name="x")))
    assert list(found) == [field]
    assert said in found[field]


def test_what_could_match_is_no_error() -> None:
    assert fields(replace(GOOD, when=When(text_any=("a", "b"), text_none=("b",)))) == []
    assert fields(replace(GOOD, when=When(hours=(False, "closes")))) == []
    assert fields(replace(GOOD, warn_before=HOUR)) == []


def test_a_name_is_needed_and_taken_once_whatever_its_letters() -> None:
    assert [field for field, _ in problems_of(ROOM, replace(GOOD, name=" "))] == ["name"]
    assert [field for field, _ in problems_of(ROOM, replace(GOOD, name="GOOD "))] == ["name"]
    assert problems_of(ROOM, replace(GOOD, name="GOOD"), replaces="good") == []


def test_a_policy_that_an_earlier_one_leaves_nothing_is_noted() -> None:
    def noted(*whens: When) -> list[bool]:
        policies = tuple(Policy(str(n), when, first_response=HOUR) for n, when in enumerate(whens))
        found = notes_of(replace(ROOM, policies=policies))
        return [str(n) in found for n in range(len(whens))]

    urgent = When(priority=(Priority.URGENT,))
    assert noted(When(), urgent) == [False, True]
    assert noted(urgent, When()) == [False, False]
    assert noted(When(priority=(Priority.HIGH, Priority.URGENT)), urgent) == [False, True]
    assert noted(urgent, When(priority=(Priority.HIGH, Priority.URGENT))) == [False, False]
    assert noted(When(area=("Baggage",)), When(area=("Baggage",), verified=True)) == [False, True]
    assert noted(When(area=("Baggage",), verified=True), When(area=("Baggage",))) == [False, False]


def test_the_note_names_the_policy_and_knows_of_rules() -> None:
    room = replace(ROOM, policies=(GOOD, Policy("vip", first_response=HOUR), Policy("quiet", When(verified=True))))
    found = notes_of(room)
    assert found["vip"] == ["It never applies: “good”, before it, takes all that it could take."]
    assert found["quiet"][1] == "It promises nothing: what it takes is measured, and has no deadline."
    found = notes_of(replace(room, rules=(Rule("r", When(), Then(policy="vip")),)))
    assert found["vip"][0].endswith("Only a rule that names it brings it to bear.")
