"""What is said of a text beside its words, such as how it sounds by word lists."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, slots=True)
class Hints:
    """The hints that a model has met, and what each speaks for: a row of scores by label."""

    names: tuple[str, ...]
    rows: npt.NDArray[np.float64]

    def scores(self, hints: Sequence[str]) -> npt.NDArray[np.float64]:
        """What each text's hint speaks for; nothing where it was never met, or there is none."""
        place = {name: number for number, name in enumerate(self.names)}
        known = [(text, place[hint]) for text, hint in enumerate(hints) if hint in place]
        found = np.zeros((len(hints), self.rows.shape[1]))
        if known:
            texts, places = zip(*known, strict=True)
            found[list(texts)] = self.rows[list(places)]
        return found

    def arrays(self) -> dict[str, npt.NDArray[Any]]:
        """Its part by the name under which a model's file has it."""
        return {"hinted": self.rows}

    def fits(self, labels: int) -> bool:
        """Whether its parts fit together and to so many labels."""
        return self.rows.shape == (len(self.names), labels)
