"""The encoder in jax, for pruning and teaching."""

from typing import NamedTuple

import jax
import jax.numpy as jnp

from encoder.whole import HEADS, WIDTH, Layer, Whole

_TINY = 1e-12
_FAR = 1e4
"""Taken from what is filled in, so that nothing looks at it."""
_EACH = WIDTH // HEADS


class Begun(NamedTuple):
    """What pieces mean by themselves; this is not taught."""

    words: jax.Array
    places: jax.Array
    gain: jax.Array
    shift: jax.Array


def begun(whole: Whole, longest: int) -> Begun:
    """The parts of the whole encoder before its first layer."""
    parts = (whole.words, whole.places[:longest], whole.gain, whole.shift)
    return Begun(*(jnp.asarray(part) for part in parts))


def begin(known: Begun, pieces: jax.Array) -> jax.Array:
    """What flows into the first layer."""
    placed = known.words[pieces] + known.places[: pieces.shape[1]]
    return _norm(placed, known.gain, known.shift)


def onward(layer: Layer, flow: jax.Array, mask: jax.Array) -> tuple[jax.Array, jax.Array]:
    """What flows out of a layer; and its inner units, which pruning looks at."""
    texts, length, _ = flow.shape
    looked = flow @ layer["qkv"] + layer["qkvb"]
    query, key, value = (
        third.reshape(texts, length, HEADS, _EACH).transpose(0, 2, 1, 3) for third in jnp.split(looked, 3, axis=-1)
    )
    near = query @ key.transpose(0, 1, 3, 2) / jnp.sqrt(float(_EACH)) + (mask[:, None, None, :] - 1) * _FAR
    seen = (jax.nn.softmax(near, axis=-1) @ value).transpose(0, 2, 1, 3).reshape(flow.shape)
    flow = _norm(flow + seen @ layer["o"] + layer["ob"], layer["g1"], layer["c1"])
    wide = jax.nn.gelu(flow @ layer["u"] + layer["ub"], approximate=False)
    return _norm(flow + wide @ layer["d"] + layer["db"], layer["g2"], layer["c2"]), wide


def through(known: Begun, layers: list[Layer], pieces: jax.Array, mask: jax.Array) -> list[jax.Array]:
    """What flows out of each layer."""
    flow, found = begin(known, pieces), []
    for layer in layers:
        flow, _ = onward(layer, flow, mask)
        found.append(flow)
    return found


def _norm(flow: jax.Array, gain: jax.Array, shift: jax.Array) -> jax.Array:
    centred = flow - flow.mean(axis=-1, keepdims=True)
    return centred * jax.lax.rsqrt((centred**2).mean(axis=-1, keepdims=True) + _TINY) * gain + shift
