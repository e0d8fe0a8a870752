"""Small parts that the bodies of reports share."""

from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QWidget

from inbox.model.report import Step
from inbox.model.words import Metric
from inbox.ui.widgets import Card


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a report whose threads are wanted, named by ``title``; ``report`` and ``metric`` are others than on the
    page.
    """

    title: str
    key: str | None = None
    day: date | None = None
    step: Step | None = None
    hour: tuple[int, int] | None = None
    column: str | None = None
    report: str | None = None
    metric: Metric | None = None


def held(chart: QWidget) -> Card:
    """A chart in its card."""
    card = Card()
    card.body.addWidget(chart)
    return card
