"""Learning one example at a time: predict, be told, go on."""

from dataclasses import replace
from typing import Final

import numpy as np

from inbox.routing.learned import Features, Model, Prediction
from inbox.routing.learned.model import softmax
from inbox.routing.learned.reader import Encodes
from inbox.routing.training.example import Example
from inbox.routing.training.fitting import missing, train

GROWTH: Final = 1.2
"""A whole training follows when there are so many times the examples of the last one."""
STEP: Final = 0.5
"""How far one example moves the weights between trainings."""


class Online:
    """Predicts each text before it learns its label, as a workspace does from its first day on.

    Between whole trainings each example moves the weights a step; a label that is new waits for the next training.
    """

    def __init__(self, encoder: Encodes | None = None) -> None:
        """Begin knowing nothing; ``encoder`` is for ``train``."""
        self._encoder = encoder
        self._examples: list[Example] = []
        self._model: Model | None = None
        self._next = 0

    def predict(self, text: str, account: str = "", earlier: str = "", hint: str = "") -> Prediction | None:
        """What the text is, by what was learnt so far; None while that is too little."""
        return None if self._model is None else self._model.predict([text], [account], [earlier], [hint])[0]

    def learn(self, example: Example) -> None:
        """Take in what is right."""
        self._examples.append(example)
        if len(self._examples) >= self._next and not missing(self._examples):
            trained = train(self._examples, encoder=self._encoder)
            self._model = replace(trained, weights=trained.weights.astype(np.float32))
            self._next = int(len(self._examples) * GROWTH)
        elif self._model is not None and example.label in self._model.labels:
            _correct(self._model, example)


def _correct(model: Model, example: Example) -> None:
    """Move the weights of the example's words towards its label, the more the less it was expected."""
    weighed = model.vocabulary.weigh(Features.of([example.text], [example.account]))
    scores = model.scores(weighed)
    if model.hints is not None:
        scores += model.hints.scores([example.hint])
    off = softmax(scores)[0]
    off[model.labels.index(example.label)] -= 1
    model.weights[weighed.columns] -= (STEP * example.weight * np.outer(weighed.values, off)).astype(np.float32)
