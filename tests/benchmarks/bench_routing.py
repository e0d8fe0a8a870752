"""How right the learned classifier is, how far its probabilities can be believed, and what it costs.

Every figure is taken on texts that were not learnt from. The split, fixed: five folds by a hash of the author's name,
each predicted by a model trained on the other four (of banking77, which names no authors, by a hash of the text, and
one fold only); online, in the order of time, each predicted before it is learnt.
Usage: python -m tests.benchmarks.bench_routing [--rows N]
"""

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

from inbox.flow.encoding import FOR_TRAINING, encoder
from inbox.routing.training import Example, Figures, Online, evaluate, held_out, predicted, train
from inbox.routing.training.folds import folds_of
from tests.benchmarks import routing_data as data

T = TypeVar("T")
HALF = 0.5
Result = tuple[str, float, str, object]


def main() -> None:
    """Print a line of JSON for each figure; ``--rows`` caps the texts of each set."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=10_000)
    rows = parser.parse_args().rows
    if not data.DATA.exists():
        sys.stderr.write(f"routing is not measured: the public labelled texts are not at {data.DATA}\n")
        return
    for measure in (airline, sentiment, banking, online):
        for name, figure, unit, goal in measure(rows):
            line: dict[str, Any] = {"name": f"routing {name}", "figure": round(figure, 4), "unit": unit, "goal": goal}
            sys.stdout.write(json.dumps({**line, "rows": rows}) + "\n")
            sys.stdout.flush()


def airline(rows: int) -> Iterator[Result]:
    """Nine reasons and none."""
    examples = data.airline_areas()[:rows]
    told = held_out(examples, encoder=encoder(FOR_TRAINING))
    figures = Figures.of(told, [each.label for each in examples])
    sure = data.agreed(examples)
    fair = Figures.of([told[place] for place in sure], [examples[place].label for place in sure])
    yield "airline", figures.accuracy, "accuracy", 0.73
    yield "airline", figures.macro_f1, "macro-F1", 0.58
    yield "airline, annotators agree", fair.accuracy, "accuracy", 0.88
    yield "airline, most confident half", dict(figures.coverage)[HALF], "accuracy", 0.92
    yield "airline", figures.calibration_error, "calib.err", "< 0.03"
    yield from cost("airline", examples)


def sentiment(rows: int) -> Iterator[Result]:
    """Negative, neutral, positive."""
    examples = data.airline_sentiments()[:rows]
    figures = Figures.of(held_out(examples, encoder=encoder(FOR_TRAINING)), [each.label for each in examples])
    yield "sentiment", figures.accuracy, "accuracy", ""
    yield "sentiment", figures.macro_f1, "macro-F1", 0.78
    yield "sentiment", figures.calibration_error, "calib.err", "< 0.03"


def banking(rows: int) -> Iterator[Result]:
    """Seventy-seven intents; one fifth is held out, since training takes its time."""
    examples = data.banking()[:rows]
    fold_of = folds_of(examples, 5)
    asked = [each for each, fold in zip(examples, fold_of, strict=True) if fold == 0]
    learnt = [each for each, fold in zip(examples, fold_of, strict=True) if fold != 0]
    model = train(learnt, encoder=encoder(FOR_TRAINING))
    figures = evaluate(model, asked)
    yield "banking77, training part", figures.accuracy, "accuracy", 0.93
    yield "banking77, training part", figures.calibration_error, "calib.err", "< 0.03"
    yield from cost("banking77", examples)


def online(rows: int) -> Iterator[Result]:
    """Airline in the order of time; what is not predicted counts as wrong."""
    examples = sorted(data.airline_areas()[:rows], key=lambda each: str(each.at))
    learner = Online(encoder(FOR_TRAINING))
    right = 0
    for each in examples:
        told = learner.predict(each.text, each.account, each.earlier, each.hint)
        right += told is not None and told.label == each.label
        learner.learn(each)
    yield "airline, online", right / len(examples), "accuracy", 0.70


def cost(name: str, examples: Sequence[Example]) -> Iterator[Result]:
    """What training, the file and a prediction take, with an encoder that remembers nothing."""
    model, trained = timed(lambda: train(examples, encoder=encoder(0)))
    _, asked = timed(lambda: predicted(model, examples))
    yield f"{name}: training {len(examples)}", trained, "s CPU", "< 30"
    yield f"{name}: model", len(model.dump()) / 1e6, "MB", "< 25"
    yield f"{name}: a prediction", asked / len(examples) * 1000, "ms CPU", "< 1"


def timed(work: Callable[[], T]) -> tuple[T, float]:
    """What comes of it, and the seconds of one core that it took."""
    begun = time.process_time()
    found = work()
    return found, time.process_time() - begun


if __name__ == "__main__":
    main()
