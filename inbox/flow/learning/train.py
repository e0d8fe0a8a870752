"""Trains a workspace's models from its own history; each takes its place only where it is not worse.

Loads scikit-learn: only the training process and the ``route`` commands call this.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Final

from inbox.flow.heads import KINDS, Head, Heads, heads, mend
from inbox.flow.learning import judging
from inbox.flow.learning.judging import Before, Trained
from inbox.flow.learning.known import Known, known, lacks
from inbox.flow.learning.thresholds import CORRECTED, GROWN
from inbox.flow.rulebook import rulebook
from inbox.model.placement import Corrected, LearnedModel, ModelState
from inbox.model.workspace import UNSORTED, Workspace
from inbox.routing.facts import Facts
from inbox.store import audit, config, learned
from inbox.store import examples as history
from inbox.store.engine import Session, Store
from inbox.store.examples import Marks, Source
from inbox.text import needs_reply, sentiment

_NAMES: Final = {
    Corrected.AREA: "the learned area",
    Corrected.SENTIMENT: "sentiment",
    Corrected.NEEDS_REPLY: "whether a reply is needed",
}

Progress = Callable[[float], None]
"""Told how much is done, from 0 to 1."""


class Result(StrEnum):
    """What came of it."""

    LEARNED = "learned"
    REFUSED = "refused"
    TOO_LITTLE = "too little"
    NOTHING_NEW = "nothing new"
    OVERTAKEN = "overtaken"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of learning one kind; ``sentence`` says it with figures, ``model`` is what was kept of it."""

    kind: Corrected
    result: Result
    sentence: str
    examples: int
    figures: dict[str, Any] = field(default_factory=dict)
    model: LearnedModel | None = None
    trained: Trained | None = None


@dataclass(frozen=True, slots=True)
class _Task:
    """One kind with all that is read of it before the training begins."""

    kind: Corrected
    examples: list[Known]
    marks: Marks
    workspace: Workspace
    head: Head | None
    in_use: LearnedModel | None
    last: LearnedModel | None


def train_workspace(
    store: Store,
    *,
    actor: str,
    now: datetime,
    kinds: Sequence[Corrected] = KINDS,
    force: bool = False,
    progress: Progress = lambda _: None,
) -> list[Outcome]:
    """Learn each kind anew where there is enough that is new; ``force`` also where there is not. Raises ``StoreError``,
    having changed nothing of the kind at hand.
    """
    done: list[Outcome] = []
    for number, kind in enumerate(kinds):

        def part(share: float, before: int = number) -> None:
            progress((before + share) / len(kinds))

        task = _read(store, kind)
        done.append(_unless_needless(task, force=force) or learn(store, task, actor=actor, now=now, progress=part))
        part(1.0)
    return done


def train_on(store: Store, examples: Sequence[Known], *, actor: str, now: datetime, progress: Progress) -> Outcome:
    """Learn the area from the examples of a file; like what is learnt from the history, it is used if not worse."""
    task = replace(_read(store, Corrected.AREA), examples=list(examples))
    missing = lacks(task.examples, task.kind)
    if missing:
        return Outcome(task.kind, Result.TOO_LITTLE, missing, len(task.examples))
    return learn(store, task, actor=actor, now=now, progress=progress)


def learn(store: Store, task: _Task, *, actor: str, now: datetime, progress: Progress) -> Outcome:
    """Train, judge, and put into use what is not worse."""
    from inbox.routing.training import TooLittle

    try:
        trained = judging.train(task.examples, progress)
        figures = _figures(task, trained)
    except TooLittle as error:
        return Outcome(task.kind, Result.TOO_LITTLE, str(error), len(task.examples))
    against = _objection(task, figures)
    state = ModelState.REFUSED if against else ModelState.CURRENT
    sentence = against or _praise(task, figures)
    with store.write() as s:
        history.alone(s)
        if _number(learned.current(s, task.kind)) != _number(task.in_use):
            said = f"Meanwhile another model of {_NAMES[task.kind]} was put into use, so this one was dropped."
            return Outcome(task.kind, Result.OVERTAKEN, said, len(task.examples), figures, None, trained)
        kept = learned.add(
            s,
            task.kind,
            state,
            trained.data,
            form=trained.model.format,
            examples=len(task.examples),
            figures=figures,
            sentence=sentence,
            now=now,
        )
        audit.record(s, actor, "learn", None, now, kind=str(task.kind), model=kept.id, state=str(state))
    result = Result.REFUSED if against else Result.LEARNED
    return Outcome(task.kind, result, sentence, len(task.examples), figures, kept, trained)


def _read(store: Store, kind: Corrected) -> _Task:
    with store.read() as s:
        found = heads(s)
    if found.unreadable:
        mend(store, found)
    with store.read() as s:
        return _task(s, kind, heads(s))


def _task(s: Session, kind: Corrected, found: Heads) -> _Task:
    head: Head | None = getattr(found, str(kind))
    last = next(iter(learned.history(s, kind, limit=1)), None)
    return _Task(kind, known(s, kind), history.marks(s), config.load(s), head, learned.current(s, kind), last)


def _unless_needless(task: _Task, *, force: bool) -> Outcome | None:
    """Why there is nothing to train, if so."""
    missing = lacks(task.examples, task.kind)
    if missing:
        return Outcome(task.kind, Result.TOO_LITTLE, missing, len(task.examples))
    last = task.last
    if force or last is None or last.state is ModelState.DAMAGED:
        return None
    fresh = [each for each in task.examples if each.known_at is not None and each.known_at > last.made_at]
    corrected = sum(each.source is Source.CORRECTED for each in fresh)
    if corrected >= CORRECTED or len(fresh) >= GROWN * last.examples:
        return None
    said = (
        f"Since {_NAMES[task.kind]} was learnt last from {last.examples} mentions, {len(fresh)} came and {corrected} "
        f"were corrected; it is learnt anew after {CORRECTED} corrections or a tenth more."
    )
    return Outcome(task.kind, Result.NOTHING_NEW, said, len(task.examples))


def _figures(task: _Task, trained: Trained) -> dict[str, Any]:
    """Everything that is kept of how well it does."""
    sources: dict[str, int] = {}
    for each in task.examples:
        sources[str(each.source)] = sources.get(str(each.source), 0) + 1
    figures = {
        **judging.document(trained.figures()),
        "seconds": round(trained.seconds, 2),
        "bytes": len(trained.data),
        "sources": sources,
        "mentions": task.marks.mentions,
        "corrections": task.marks.corrections,
        "compared": _compared(task, trained),
    }
    if task.kind is Corrected.AREA:
        figures["curve"] = judging.curve(task.examples, trained)
        figures["placed"] = judging.placed(trained, task.workspace.settings.confidence)
        figures["advice"] = judging.advice(trained)
    return figures


def _compared(task: _Task, trained: Trained) -> dict[str, Any] | None:
    """Beside what is in use: the model, on examples that became known after it; without one, word lists."""
    confidence = task.workspace.settings.confidence if task.kind is Corrected.AREA else 0.0
    if task.head is None:
        found = judging.better(trained, _by_words(task), lambda _: True, confidence)
        return None if found is None else {"with": "keywords" if task.kind is Corrected.AREA else "word lists", **found}
    made = task.head.info.made_at
    before = _by_model(task.head, confidence)
    found = judging.better(trained, before, lambda each: each.known_at is not None and each.known_at > made, confidence)
    return None if found is None else {"with": f"version {task.head.info.id}", **found}


def _by_model(head: Head, confidence: float) -> Before:
    from inbox.routing.training import predicted

    def before(asked: Sequence[Known]) -> list[str | None]:
        told = predicted(head.model, judging.examples_of(asked))
        return [each.label if each.probability >= confidence else None for each in told]

    return before


def _by_words(task: _Task) -> Before:
    book = rulebook(replace(task.workspace, rules=()))

    def area(each: Known) -> str | None:
        at = each.at or datetime.min.replace(tzinfo=UTC)
        chosen = book.rules.decide(Facts(each.text, "", each.account, at)).area
        return None if chosen == UNSORTED else chosen

    says: dict[Corrected, Callable[[Known], str | None]] = {
        Corrected.AREA: area,
        Corrected.SENTIMENT: lambda each: sentiment.judge(each.text).value,
        Corrected.NEEDS_REPLY: lambda each: str(needs_reply.judge(each.text).needed).casefold(),
    }
    return lambda asked: [says[task.kind](each) for each in asked]


def _objection(task: _Task, figures: dict[str, Any]) -> str:
    """Why the model must not be used, as a sentence with figures; empty where it may."""
    most = max(each["n"] for each in figures["labels"]) / figures["n"]
    right = figures["accuracy"]
    # A coin falls so far on one side by chance: the standard error of a share.
    chance = math.sqrt(most * (1 - most) / figures["n"])
    if right <= most + chance:
        return (
            f"What was learnt from {len(task.examples)} mentions is right for {right:.0%}; always guessing the most "
            f"frequent would be for {most:.0%}. It is not used until there is more to learn from."
        )
    placed = figures.get("placed")
    if placed and placed["share"] > 0 and placed["right"] < placed["confidence"] - judging.MARGIN:
        return (
            f"What was learnt from {len(task.examples)} mentions is right for {placed['right']:.0%} only where it is "
            f"sure by {placed['confidence']:.0%} or more. It is not used until there is more to learn from."
        )
    compared = figures["compared"]
    if compared is not None and judging.worse(compared):
        return (
            f"On {compared['n']} mentions it is right for {compared['after_right']:.0%} and wrong for "
            f"{compared['after_wrong']:.0%}; {compared['with']} for {compared['before_right']:.0%} and "
            f"{compared['before_wrong']:.0%}. So {compared['with']} stays in use."
        )
    return ""


def _praise(task: _Task, figures: dict[str, Any]) -> str:
    said = (
        f"{_NAMES[task.kind].capitalize()} was learnt from {len(task.examples)} mentions. On mentions of other authors "
        f"it is right for {figures['accuracy']:.0%}"
    )
    placed = figures.get("placed")
    if placed is None:
        return f"{said}."
    return (
        f"{said}; at the confidence of {placed['confidence']:.0%} it places {placed['share']:.0%} of them, of which "
        f"{placed['right']:.0%} are right."
    )


def _number(model: LearnedModel | None) -> int:
    return 0 if model is None else model.id
