"""Fewer inner units: the loudest of each layer stay, and what leads from them is fitted anew by least squares.

Layer after layer, on what the layers before it, already pruned, let flow in.
"""

import jax
import jax.numpy as jnp
import numpy as np

from encoder.batches import Batch
from encoder.forward import Begun, begin, onward
from encoder.whole import Array, Layer

UNITS = 512
"""Of 1536."""
_RIDGE = 1e-3
"""Of the mean square of a unit: what keeps the fit from resting on noise."""


def pruned(known: Begun, layers: list[Layer], sample: list[Batch]) -> list[Layer]:
    """The layers with ``UNITS`` inner units each."""
    step = jax.jit(onward)
    flows = [begin(known, jnp.asarray(pieces)) for pieces, _ in sample]
    found = []
    for layer in layers:
        wide = np.concatenate(
            [np.asarray(step(layer, flow, mask)[1])[mask > 0] for flow, (_, mask) in zip(flows, sample, strict=True)]
        )
        found.append(_fewer(layer, wide))
        flows = [step(found[-1], flow, mask)[0] for flow, (_, mask) in zip(flows, sample, strict=True)]
    return found


def _fewer(layer: Layer, wide: Array) -> Layer:
    """``wide``: what each inner unit said about each piece."""
    loudness = np.sqrt((wide**2).mean(axis=0)) * np.linalg.norm(layer["d"], axis=1)
    kept = np.sort(np.argsort(-loudness)[:UNITS])
    wanted = wide @ layer["d"]
    known = np.concatenate([wide[:, kept], np.ones((len(wide), 1), np.float32)], axis=1)
    square = known.T @ known
    square += np.eye(len(square)) * _RIDGE * np.trace(square) / len(square)
    fitted = np.linalg.solve(square, known.T @ wanted).astype(np.float32)
    fewer = {"u": layer["u"][:, kept], "ub": layer["ub"][kept], "d": fitted[:-1], "db": layer["db"] + fitted[-1]}
    return {**layer, **fewer}
