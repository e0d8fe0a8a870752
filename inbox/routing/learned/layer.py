"""A hidden layer between words and labels, for many labels: what several words mean together."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from inbox.routing.learned.weighing import Weighed, summed


@dataclass(frozen=True, slots=True)
class Layer:
    """A row of hidden numbers for each feature, their bias, and what each says of each label where it is above 0."""

    hidden: npt.NDArray[np.floating]
    bias: npt.NDArray[np.floating]
    out: npt.NDArray[np.floating]

    def scores(self, weighed: Weighed) -> npt.NDArray[np.float64]:
        """A score for each text and label."""
        return np.asarray(np.maximum(summed(weighed, self.hidden) + self.bias, 0) @ self.out.astype(np.float64))

    def arrays(self) -> dict[str, npt.NDArray[Any]]:
        """Its parts by the names under which a model's file has them."""
        return {"hidden": self.hidden, "hidden_bias": self.bias, "out": self.out}

    def fits(self, features: int, labels: int) -> bool:
        """Whether its parts fit together and to so many features and labels."""
        width = len(self.bias) if self.bias.ndim == 1 else -1
        return self.hidden.shape == (features, width) and self.out.shape == (width, labels)
