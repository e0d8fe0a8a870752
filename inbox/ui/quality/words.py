"""What the quality page says, as sentences."""

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from inbox.model.placement import Corrected, LearnedModel, ModelState
from inbox.model.words import ReasonStep
from inbox.ui.thread.times import since_words
from inbox.ui.widgets import isolate
from inbox.ui.widgets.deadline import span
from inbox.ui.widgets.words import counted, number

if TYPE_CHECKING:
    from datetime import date, datetime

    from inbox.flow.quality.outcomes import Confusion, Share, StepFigures
    from inbox.flow.quality.suggest import Suggestion

DASH = "\N{EN DASH}"
NONE = "\N{EM DASH}"


def percent(value: float | None) -> str:
    """A share as people read it; a dash for none."""
    return NONE if value is None else f"{value:.0%}"


def error(value: float | None) -> str:
    """A calibration error, as it is written: 0.021."""
    return NONE if value is None else f"{value:.3f}"


def of(share: "Share", text: str) -> str:
    """``text`` with %1 of %2 put in."""
    return text.replace("%1", number(share.right)).replace("%2", number(share.n))


def corrections(found: dict[Corrected, int]) -> str:
    """How many of each kind: "62 areas, 8 judgements of needs a reply"."""
    names = {
        Corrected.AREA: "%n area(s)",
        Corrected.NEEDS_REPLY: "%n needs a reply",
        Corrected.SENTIMENT: "%n sentiment",
        Corrected.LANGUAGE: "%n language",
        Corrected.NOISE: "%n noise",
    }
    said = [counted(names[kind], found[kind], "quality") for kind in names if found.get(kind)]
    return ", ".join(said) if said else _tr("Nobody corrected anything.")


def asks(suggestion: "Suggestion") -> str:
    """The suggestion as a question."""
    text = _tr("%1 of %2 corrections moved “%3” from %4 to %5: make it a rule?")
    return _filled(
        text,
        number(suggestion.moved),
        number(suggestion.of),
        isolate(suggestion.words),
        isolate(suggestion.put),
        isolate(suggestion.belongs),
    )


def why(suggestion: "Suggestion") -> str:
    """What speaks for it."""
    text = _tr("Right for %1 of all threads with these words; elsewhere they are %2 times rarer.")
    often = number(round(suggestion.lift)) if suggestion.lift < 100 else _tr("over 100")  # noqa: PLR2004 - a round figure
    return _filled(text, percent(suggestion.right), often)


def step(figures: "StepFigures") -> str:
    """What chose: a rule by name, keywords, the learned area."""
    if figures.rule is not None:
        return _tr("Rule “%1”").replace("%1", isolate(figures.rule))
    names = {
        ReasonStep.RULE: _tr("Rules"),
        ReasonStep.KEYWORD: _tr("Keywords"),
        ReasonStep.LEARNED: _tr("Learned area"),
    }
    return names.get(ReasonStep(figures.step), figures.step)


def confused(each: "Confusion") -> str:
    """From where to where."""
    return _filled(_tr("%1 instead of %2"), isolate(each.put), isolate(each.belongs))


def waited(length: timedelta) -> str:
    """The time that was lost, in all."""
    return span(length)


def bin_name(low: float, high: float) -> str:
    """The probabilities of one bin."""
    return f"{low:.0%}{DASH}{high:.0%}".replace(f"%{DASH}", DASH)


def period(begin: "date", length: str) -> str:
    """A day, the Monday of a week, or a month."""
    shown = QDate(begin.year, begin.month, begin.day)
    return QLocale().toString(shown, "MMM yy" if length == "month" else "d MMM")


def state(model: LearnedModel) -> str:
    """Whether a model is asked."""
    return {
        ModelState.CURRENT: _tr("In use"),
        ModelState.REPLACED: _tr("Replaced"),
        ModelState.REFUSED: _tr("Not used: no better"),
        ModelState.DAMAGED: _tr("Damaged"),
    }[model.state]


def model_row(model: LearnedModel, now: "datetime") -> tuple[str, ...]:
    """Version, when, of how many, how good, how well calibrated, state."""
    figures = model.figures
    return (
        str(model.id),
        since_words(model.made_at, now),
        number(model.examples),
        percent(figures.get("accuracy")),
        percent(figures.get("macro_f1")),
        error(figures.get("calibration_error")),
        state(model),
    )


def _filled(text: str, *parts: str) -> str:
    for at, part in enumerate(parts, 1):
        text = text.replace(f"%{at}", part)
    return text


def _tr(text: str) -> str:
    return QCoreApplication.translate("quality", text)
