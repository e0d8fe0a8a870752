"""What staffing's figures mean and rest on, in sentences for people."""

from datetime import timedelta
from typing import Final

from inbox.flow.backtest.play import lasting
from inbox.flow.staffing.history import Handling, History
from inbox.flow.staffing.needed import Need
from inbox.flow.staffing.people import People
from inbox.model.words import Metric

NAMES: Final = {Metric.FIRST: "first responses", Metric.NEXT: "next responses"}
"""The metrics that staffing is worked out for."""


def definition(area: str | None, metric: Metric, share: float, took: Handling, target: timedelta | None) -> str:
    """What the figures are, in two sentences."""
    where = "in all areas, taken as one team," if area is None else f"in “{area}”"
    promised = "" if target is None else f" within {lasting(target)}"
    return (
        f"The people with whom {share:.0%} of {NAMES[metric]} {where} would have been in time{promised}, if each "
        f"answer keeps one person busy for {lasting(took.span)} and the oldest is taken up first. "
        "With one fewer in any hour it would be less."
    )


def notes(  # noqa: PLR0917 - what there is to say something about
    past: History, need: Need, people: People, took: Handling, metric: Metric, share: float
) -> list[str]:
    """What there is to know before these figures are believed."""
    if not past.answers:
        return ["There is no history yet: nobody has asked for an answer."]
    found = []
    if not need.counted:
        name = NAMES[metric]
        found.append(f"No policy promises {name} here. Add a policy, or try a target of your own.")
    elif need.reachable < share * need.counted:
        most = need.reachable / need.counted
        found.append(
            f"With any number of people only {most:.0%} are in time: the other deadlines are shorter than an answer "
            "takes, or fall where the calendar is closed."
        )
    days = (past.until - past.since) / timedelta(days=1)
    if days < 14:  # noqa: PLR2004 - two weeks, so that each hour of the week was there twice
        found.append(f"This rests on {max(1, round(days))} days only; four weeks tell more.")
    if took.source == "assumed":
        found.append(f"Too few replies were timed, so {lasting(took.span)} are taken for each.")
    elif took.source == "measured":
        found.append(f"An answer's time in hand is the mean of {took.n:,} replies, the slowest tenth left out.")
    if not people.all:
        whose = "can answer" if people.everywhere else "has this area"
        found.append(f"Nobody is there to answer: no employee {whose}.")
    elif people.always:
        found.append(f"{people.always} of {len(people.all)} people have no shifts entered, and count as always there.")
    return found
