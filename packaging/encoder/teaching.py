"""Teaching the pruned layers to let flow what the whole ones do, for each piece and for the mean of a text."""

import sys
from collections.abc import Callable, Iterator
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import optax

from encoder.batches import Batch
from encoder.forward import Begun, through
from encoder.whole import TOLD, Layer

_RATE = 4e-4
_LEAST_RATE = 1e-6
_WARMING = 200
"""Steps in which the rate rises; then it falls along half a cosine."""
_OF_MEANS = 4.0
"""What the error of a text's mean weighs beside that of its pieces."""
_OF_OTHERS = 0.3
"""What a layer weighs whose answer is not given, beside one whose answer is."""
_SHOWN = 500
_LOOKED_AT = 10
"""Batches that say how far each layer's numbers spread."""

State = Any


def learnt(known: Begun, whole: list[Layer], layers: list[Layer], rows: Iterator[Batch], *, steps: int) -> list[Layer]:
    """The layers after so many steps, each with one batch."""
    rate = optax.warmup_cosine_decay_schedule(0.0, _RATE, min(_WARMING, steps // 10), steps, _LEAST_RATE)
    rule = optax.adam(rate)
    step = _step(known, whole, rule, _spreads(known, whole, rows))
    state = rule.init(layers)
    errors = []
    for at in range(1, steps + 1):
        pieces, mask = next(rows)
        layers, state, error = step(layers, state, pieces, mask)
        errors.append(float(error))
        if at % _SHOWN == 0 or at == steps:
            sys.stderr.write(f"step {at} of {steps}: error {np.mean(errors):.4f}\n")
            errors = []
    return layers


def _spreads(known: Begun, whole: list[Layer], rows: Iterator[Batch]) -> list[float]:
    """How far the numbers of each layer spread, so that errors of all are on one scale."""
    seen: list[list[np.ndarray]] = [[] for _ in whole]
    for _ in range(_LOOKED_AT):
        pieces, mask = next(rows)
        for kept, flow in zip(seen, through(known, whole, pieces, mask), strict=True):
            kept.append(np.asarray(flow)[mask > 0])
    return [float(np.concatenate(kept).var(axis=0).mean()) for kept in seen]


def _step(
    known: Begun, whole: list[Layer], rule: optax.GradientTransformation, spreads: list[float]
) -> Callable[..., tuple[list[Layer], State, jax.Array]]:
    weights = [(1.0 if at in TOLD else _OF_OTHERS) / spread for at, spread in enumerate(spreads)]

    def error(layers: list[Layer], pieces: jax.Array, mask: jax.Array, wanted: list[jax.Array]) -> jax.Array:
        total = jnp.zeros(())
        for weight, flow, want in zip(weights, through(known, layers, pieces, mask), wanted, strict=True):
            of_pieces = (((flow - want) ** 2).mean(axis=-1) * mask).sum() / mask.sum()
            of_means = ((_mean(flow, mask) - _mean(want, mask)) ** 2).mean()
            total += weight * (of_pieces + _OF_MEANS * of_means)
        return total

    def step(
        layers: list[Layer], state: State, pieces: jax.Array, mask: jax.Array
    ) -> tuple[list[Layer], State, jax.Array]:
        wanted = through(known, whole, pieces, mask)
        found, slopes = jax.value_and_grad(error)(layers, pieces, mask, wanted)
        moves, state = rule.update(slopes, state, layers)
        return optax.apply_updates(layers, moves), state, found

    return jax.jit(step)


def _mean(flow: jax.Array, mask: jax.Array) -> jax.Array:
    return (flow * mask[..., None]).sum(axis=1) / mask.sum(axis=1)[:, None]
