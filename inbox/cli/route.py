"""``inbox route``: why a text goes where, learning, and how right it is."""

import os
import sys
import threading
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from inbox.cli import output, route_versions
from inbox.model.placement import Corrected
from inbox.model.workspace import UNSORTED

if TYPE_CHECKING:
    from inbox.flow.learning.evaluating import Measured
    from inbox.flow.learning.explain import Explained
    from inbox.flow.learning.files import LabelledFile
    from inbox.flow.learning.known import Known
    from inbox.flow.learning.train import Outcome

_LONGEST: Final = 100_000
_LOWEST: Final = 19
CANNOT_TELL: Final = "Can't Tell"

_LEAVE_OUT = Annotated[
    list[str] | None,
    typer.Option(
        "--leave-out", metavar="LABEL", help=f"Leave rows of this label out; repeatable. Unless given: “{CANNOT_TELL}”."
    ),
]
_KEEP = Annotated[bool, typer.Option("--keep-all", help="Leave no label out: all are labels like any other.")]
_LABEL = Annotated[str, typer.Option(help="Which of the labels: area, sentiment, complaint ...")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(help="The routing: why, learning, and how right it is.", no_args_is_help=True)
    group.command("explain")(explain)
    group.command("train")(train)
    group.command("evaluate")(evaluate)
    route_versions.add(group)
    app.add_typer(group, name="route")


def explain(
    context: typer.Context,
    text: Annotated[str, typer.Argument(help="What a customer wrote; - reads it from standard input.")],
    *,
    account: Annotated[str | None, typer.Option(help="The account that it was sent to.")] = None,
) -> None:
    """Say where a text would go, and why; nothing is stored."""
    from inbox.flow.learning import explain as flow

    written = sys.stdin.read() if text == "-" else text
    if not written.strip():
        output.fail("There is no text to explain.", 2)
    if len(written) > _LONGEST:
        output.fail(f"The text is longer than {_LONGEST:,} characters; no network's posts are.", 2)
    store = output.open_workspace(context)
    with store.read() as s:
        found = flow.explain(s, written, account=account, now=output.now())
    if output.wants_json(context):
        output.say_json(explained_document(found))
        return
    decision = found.decision
    # Of what is left to a person the probability is that of the best area, which the reason names.
    sure = "" if decision.probability is None or decision.area == UNSORTED else f" ({decision.probability:.0%})"
    typer.echo(output.shown(f"{decision.area}{sure}"))
    for reason in found.why:
        typer.echo(output.shown(f"  {reason.step}: {reason.sentence}"))
    if found.heads.area is None:
        kinds = {each.info.kind for each in found.heads.unreadable}
        if Corrected.AREA in kinds:
            typer.echo("  What was learnt is damaged, so rules and keywords decide. Learn again: inbox route train")
        else:
            typer.echo("  Nothing is learnt yet, so rules and keywords decide.")


def explained_document(found: "Explained") -> dict[str, Any]:
    """What ``route explain`` prints; ``why`` is a step each, ``areas`` the likeliest first."""
    decision = found.decision
    return {
        "area": decision.area,
        "probability": None if decision.probability is None else round(decision.probability, 4),
        "areas": [[area, round(share, 4)] for area, share in found.areas],
        "rule": decision.rule,
        "needs_reply": found.found.needs_reply,
        "sentiment": found.found.sentiment,
        "language": found.found.language,
        "noise": found.found.noise,
        "learned": None if found.heads.area is None else found.heads.area.info.id,
        "why": [
            {"step": each.step, "reason": each.sentence, "matched": list(each.matched), "details": each.details}
            for each in found.why
        ],
    }


def train(
    context: typer.Context,
    file: Annotated[
        Path | None, typer.Argument(help="Labelled mentions (JSONL, .gz); without it the workspace's own history.")
    ] = None,
    *,
    leave_out: _LEAVE_OUT = None,
    keep_all: _KEEP = False,
    background: Annotated[bool, typer.Option("--background", hidden=True)] = False,
) -> None:
    """Learn the areas (and sentiment, and who needs a reply) from the workspace's own history, or from a file.

    What is learnt is used only where it is not worse than what is in use; else the last good model stays.
    """
    from inbox.flow.learning.train import Result, train_on, train_workspace

    if background:
        _stand_back()
    store = output.open_workspace(context)
    progress = output.Progress()
    actor = "collector" if background else "command"
    if file is not None:
        examples = _read(file, "area", leave_out, keep_all=keep_all).examples
        done = [train_on(store, examples, actor=actor, now=output.now(), progress=progress)]
    else:
        done = train_workspace(store, actor=actor, now=output.now(), force=not background, progress=progress)
    if output.wants_json(context):
        output.say_json(_trained_document(done))
    else:
        for each in done:
            if each.result is Result.LEARNED or background:
                typer.echo(output.shown(f"{each.kind.replace('_', ' ')}: {each.sentence}"))
    if not background and not any(each.result is Result.LEARNED for each in done):
        output.fail(done[0].sentence)


def evaluate(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="Labelled mentions: the import format, or text and label (JSONL, .gz).")],
    *,
    train_file: Annotated[
        Path | None, typer.Option("--train", metavar="FILE", help="Learn from this file, not the workspace.")
    ] = None,
    min_agreement: Annotated[
        float | None, typer.Option(min=0.0, max=1.0, help="Count only rows on whose label people agreed so far.")
    ] = None,
    label: _LABEL = "area",
    leave_out: _LEAVE_OUT = None,
    keep_all: _KEEP = False,
    folds: Annotated[int, typer.Option(min=0, max=20, help="Cross-validate the file itself, by author.")] = 0,
    online: Annotated[
        bool, typer.Option("--online", help="In time order, each predicted before it is learnt.")
    ] = False,
) -> None:
    """Measure on labelled mentions; what predicts never sees a label. A null area is the class None.

    Without --train, --folds and --online the workspace's own model is measured. Rows labelled "Can't Tell" are left
    out, in training too; --keep-all counts them like any other label.
    """
    from inbox.flow.learning import evaluating
    from inbox.routing.training import TooLittle

    found = _read(file, label, leave_out, keep_all=keep_all)
    asked = found.examples
    counted = None if min_agreement is None else found.agreed(min_agreement)
    if counted is not None and not any(counted):
        output.fail(f"On no row of {file.name} did people agree by {min_agreement}.")
    progress = output.Progress()
    try:
        if online:
            given = _which_count(asked, counted)
            asked, measured = evaluating.online(asked, progress)
            counted = None if given is None else [given[id(each)] for each in asked]
        elif folds:
            measured = evaluating.crossed(asked, max(2, folds), progress)
        elif train_file is not None:
            learnt = _read(train_file, label, leave_out, keep_all=keep_all).examples
            measured = evaluating.trained_on(learnt, asked)
        else:
            measured = _with_own(context, asked, label)
    except TooLittle as error:
        output.fail(str(error))
    figures = {
        **evaluating.report(measured, asked, counted),
        "left_out": found.left_out,
        "unreadable": found.unreadable,
    }
    if output.wants_json(context):
        output.say_json(figures)
    else:
        _show(figures)


def _which_count(asked: "list[Known]", counted: list[bool] | None) -> dict[int, bool] | None:
    """Which examples count, whatever order they are brought into."""
    return None if counted is None else {id(each): counts for each, counts in zip(asked, counted, strict=True)}


def _with_own(context: typer.Context, asked: "list[Known]", label: str) -> "Measured":
    """Ask the workspace's own model."""
    from inbox.flow.heads import heads
    from inbox.flow.learning import evaluating

    store = output.open_workspace(context)
    with store.read() as s:
        head = getattr(heads(s), label, None) if label in {"area", "sentiment", "needs_reply"} else None
    if head is None:
        output.fail(f"This workspace has no model of {label}. Give --train FILE, or --folds 5, or: inbox route train")
    return evaluating.with_model(head.model, asked, head.info.size)


def _read(path: Path, label: str, leave_out: list[str] | None, *, keep_all: bool) -> "LabelledFile":
    from inbox.flow.learning import files

    without = [] if keep_all else leave_out if leave_out is not None else [CANNOT_TELL]
    try:
        return files.read(path, label, without)
    except files.BadFile as error:
        output.fail(str(error))


def _trained_document(done: "list[Outcome]") -> dict[str, Any]:
    """The first kind's figures as ``evaluate`` prints them, and what came of every kind."""
    from inbox.flow.learning import evaluating

    first = done[0]
    names = ("n", "accuracy", "macro_f1", "coverage", "micros_per_mention", "train_seconds", "model_bytes")
    figures: dict[str, Any] = dict.fromkeys(names)
    if first.trained is not None:
        asked = first.trained.held
        measured = evaluating.with_model(first.trained.model, asked, len(first.trained.data))
        measured = replace(measured, told=first.trained.told, train_seconds=first.trained.seconds)
        figures = evaluating.report(measured, asked)
    kinds = [
        {"kind": each.kind, "result": each.result, "sentence": each.sentence, "examples": each.examples,
         "version": None if each.model is None else each.model.id}
        for each in done
    ]  # fmt: skip
    more = {name: first.figures.get(name) for name in ("curve", "sources", "placed", "advice", "compared")}
    return {**figures, "result": first.result, "sentence": first.sentence, **more, "kinds": kinds}


def _show(figures: dict[str, Any]) -> None:
    typer.echo(
        f"{figures['n']:,} mentions: {figures['accuracy']:.1%} right, macro-F1 {figures['macro_f1']:.3f}, calibration "
        f"error {figures['calibration_error']:.3f}; {figures['half_accuracy']:.1%} right on the most confident half."
    )
    trained = "" if figures["train_seconds"] is None else f"; trained in {figures['train_seconds']:.1f} s"
    typer.echo(f"{figures['micros_per_mention']:.0f} µs a mention{trained}; {figures['model_bytes']:,} bytes.")
    rows = [
        (each["area"] or "None", f"{each['n']:,}", *(f"{each[name]:.2f}" for name in ("precision", "recall", "f1")))
        for each in figures["by_area"]
    ]
    output.table(("area", "n", "precision", "recall", "F1"), rows)


def _stand_back() -> None:
    """Take only time that nobody else wants, and end with who started it, however that ends."""
    if hasattr(os, "nice"):
        os.nice(_LOWEST)

    def watch() -> None:
        # Not through sys.stdin, whose lock would be held still when Python ends.
        while os.read(0, 1024):
            pass
        os._exit(1)  # in the middle of anything: the database rolls back what is not committed

    threading.Thread(target=watch, name="parent", daemon=True).start()
