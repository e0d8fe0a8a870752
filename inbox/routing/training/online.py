"""Learning one example at a time: predict, be told, go on."""

from inbox.routing.learned import Model, Prediction
from inbox.routing.training.example import Example
from inbox.routing.training.fitting import missing, train

GROWTH = 1.25
"""A whole training follows when there are so many times the examples of the last one."""


class Online:
    """Predicts each text before it learns its label, as a workspace does from its first day on."""

    def __init__(self) -> None:
        """Begin knowing nothing."""
        self._examples: list[Example] = []
        self._model: Model | None = None
        self._next = 0

    def predict(self, text: str, account: str = "") -> Prediction | None:
        """What the text is, by what was learnt so far; None while that is too little."""
        return None if self._model is None else self._model.predict([text], [account])[0]

    def learn(self, example: Example) -> None:
        """Take in what is right."""
        self._examples.append(example)
        if len(self._examples) >= self._next and not missing(self._examples):
            self._model = train(self._examples)
            self._next = int(len(self._examples) * GROWTH)
