"""The whole encoder's numbers, and those of one that was taught, by the names that the rest of this program uses."""

from pathlib import Path

import numpy as np
import numpy.typing as npt
from safetensors.numpy import load_file, save_file

LAYERS = 6
WIDTH = 384
HEADS = 12
TOLD = (3, 5)
"""The layers whose answers are given, counted from 0: the fourth and the last."""
TOLD_BY_PIECE = 3
"""The layer whose answers are given piece by piece too."""

Array = npt.NDArray[np.float32]
Layer = dict[str, Array]
"""qkv, qkvb: queries, keys, values side by side; o, ob: what becomes of them; u, ub, d, db: up and down again;
g1, c1, g2, c2: the gains and shifts of the two norms. Matrices are multiplied from the right."""


class Whole:
    """all-MiniLM-L6-v2 as its file has it. ``folder`` holds model.safetensors and vocab.txt."""

    def __init__(self, folder: Path) -> None:
        read = load_file(folder / "model.safetensors")
        self._of = {name.removeprefix("bert."): np.asarray(array) for name, array in read.items()}
        self.words = self._part("embeddings.word_embeddings.weight")
        # Only texts of one kind are read, so its mark is a part of every place.
        self.places = (
            self._part("embeddings.position_embeddings.weight")
            + self._part("embeddings.token_type_embeddings.weight")[0]
        )
        self.gain = self._part("embeddings.LayerNorm.weight")
        self.shift = self._part("embeddings.LayerNorm.bias")

    def layer(self, at: int) -> Layer:
        """One layer, counted from 0."""
        own = f"encoder.layer.{at}."
        attended = [f"{own}attention.self.{name}." for name in ("query", "key", "value")]
        return {
            "qkv": np.concatenate([self._part(f"{name}weight").T for name in attended], axis=1),
            "qkvb": np.concatenate([self._part(f"{name}bias") for name in attended]),
            "o": self._turned(f"{own}attention.output.dense.weight"),
            "ob": self._part(f"{own}attention.output.dense.bias"),
            "g1": self._part(f"{own}attention.output.LayerNorm.weight"),
            "c1": self._part(f"{own}attention.output.LayerNorm.bias"),
            "u": self._turned(f"{own}intermediate.dense.weight"),
            "ub": self._part(f"{own}intermediate.dense.bias"),
            "d": self._turned(f"{own}output.dense.weight"),
            "db": self._part(f"{own}output.dense.bias"),
            "g2": self._part(f"{own}output.LayerNorm.weight"),
            "c2": self._part(f"{own}output.LayerNorm.bias"),
        }

    def _part(self, name: str) -> Array:
        return self._of[name].astype(np.float32)

    def _turned(self, name: str) -> Array:
        return np.ascontiguousarray(self._part(name).T)


def taught(file: Path) -> list[Layer]:
    """The layers that teaching wrote."""
    read = load_file(file)
    return [
        {name.split(".")[1]: array for name, array in read.items() if name.startswith(f"{at}.")} for at in range(LAYERS)
    ]


def save(layers: list[Layer], file: Path) -> None:
    """Write what was taught."""
    save_file(
        {f"{at}.{name}": np.asarray(array) for at, layer in enumerate(layers) for name, array in layer.items()}, file
    )
