"""The lines of the scorecard where the workspace file says none: ten that customers meet, ten of how we work."""

from typing import Final

from inbox.model.workspace import ScoreLine, Side, Workspace

_OUT, _IN = Side.OUTWARD, Side.INWARD
LINES: Final = (
    ScoreLine("First response, median", _OUT, "first response median", "min", higher_is_better=False, target=60),
    ScoreLine("First response, p90", _OUT, "first response p90", "min", higher_is_better=False, target=240),
    ScoreLine("Next response, median", _OUT, "next response median", "min", higher_is_better=False, target=60),
    ScoreLine("Resolution, median", _OUT, "resolution median", "min", higher_is_better=False, target=1440),
    ScoreLine("Response rate", _OUT, "response rate", "%", target=90),
    ScoreLine("First response within target", _OUT, "first response in target", "%", target=90),
    ScoreLine("Sentiment, end less start", _OUT, "sentiment change", "points", target=0.1),
    ScoreLine("Thanks in public", _OUT, "thanks in public", "threads"),
    ScoreLine("Customers' satisfaction", _OUT, None, "of 5", target=4),
    ScoreLine("Customers who would recommend us", _OUT, None, "%", target=50),
    ScoreLine("Next response within target", _IN, "next response in target", "%", target=90),
    ScoreLine("Resolution within target", _IN, "resolution in target", "%", target=90),
    ScoreLine("Backlog", _IN, "backlog", "threads", higher_is_better=False),
    ScoreLine("Reopen rate", _IN, "reopen rate", "%", higher_is_better=False, target=10),
    ScoreLine("Reassigned", _IN, "reassignments", "%", higher_is_better=False, target=10),
    ScoreLine("Handling time, median", _IN, "handling time median", "min", higher_is_better=False, target=15),
    ScoreLine("Time in queue, median", _IN, "time in queue median", "min", higher_is_better=False, target=15),
    ScoreLine(
        "Incidents, time to acknowledge", _IN, "incident time to acknowledge", "min", higher_is_better=False, target=5
    ),
    ScoreLine("Routing accuracy", _IN, "routing accuracy", "%", target=90),
    ScoreLine("Employees' satisfaction", _IN, None, "of 5", target=4),
)


def lines_of(workspace: Workspace) -> tuple[ScoreLine, ...]:
    """The workspace file's lines, else these."""
    return workspace.scorecard or LINES
