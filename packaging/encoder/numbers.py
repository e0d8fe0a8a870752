"""Two ways of multiplying in the graph: floats, and eight bits with fixed scales.

Scales are fixed beforehand by looking at texts, not found anew in each batch: so the answer for a text does not depend
on the texts beside it. What flows is unsigned 8 bits with one scale, after each channel was divided by a factor that
its matrix is multiplied by: a few channels are far louder than the rest and would take its bits. Matrices have a scale
for each column, and 7 of 8 bits: processors without instructions for sums of bytes add two products in 16 bits, which
8 bits would overflow there, and so give other answers than elsewhere.
"""

from dataclasses import dataclass, field

import numpy as np
from onnx import TensorProto

from encoder.graph import Parts
from encoder.whole import Array

_OURS = "com.microsoft"
_MATRIX_TOP = 64
"""255 times 64, twice, still fits 16 bits with a sign."""
_TABLE_TOP = 127


@dataclass
class Floats:
    """Plain floats; notes what each product has to its left, in order."""

    lefts: list[str] = field(default_factory=list)

    def words(self, parts: Parts, table: Array) -> str:
        """The rows of the table."""
        return parts.node("Gather", parts.constant(table), "input_ids")

    def product(self, parts: Parts, left: str, matrix: Array, added: Array) -> str:
        """``left`` times the matrix, plus what is added."""
        if left not in self.lefts:
            self.lefts.append(left)
        product = parts.node("MatMul", left, parts.constant(matrix))
        return parts.node("Add", product, parts.constant(added))


@dataclass(frozen=True)
class Range:
    """What flows into a product: how loud each channel is, and from where to where they go when divided by that."""

    loudness: Array
    least: float
    most: float


@dataclass
class Bytes:
    """Eight bits. ``ranges`` are those of the lefts, in order."""

    ranges: list[Range]
    _lefts: dict[str, tuple[Range, str, str, str]] = field(default_factory=dict)

    def words(self, parts: Parts, table: Array) -> str:
        """The rows of the table, each with its own scale."""
        scale = np.abs(table).max(axis=1, keepdims=True) / _TABLE_TOP
        small = parts.constant(np.round(table / scale), np.int8)
        rows = parts.node("Cast", parts.node("Gather", small, "input_ids"), to=TensorProto.FLOAT)
        return parts.node("Mul", rows, parts.node("Gather", parts.constant(scale), "input_ids"))

    def product(self, parts: Parts, left: str, matrix: Array, added: Array) -> str:
        """``left`` times the matrix, plus what is added."""
        if left not in self._lefts:
            self._lefts[left] = self._narrowed(parts, left)
        known, narrow, scale, zero = self._lefts[left]
        louder = matrix * known.loudness[:, None]
        columns = np.maximum(np.abs(louder).max(axis=0), 1e-12) / _MATRIX_TOP
        small = parts.constant(np.round(louder / columns), np.int8)
        scales = parts.constant(columns)
        inputs = (narrow, small, scale, scales, zero, "", parts.constant(added))
        return parts.node("MatMulIntegerToFloat", *inputs, domain=_OURS)

    def _narrowed(self, parts: Parts, left: str) -> tuple[Range, str, str, str]:
        known = self.ranges[len(self._lefts)]
        step = (known.most - known.least) / 255
        scale = parts.constant(step)
        zero = parts.constant(np.clip(round(-known.least / step), 0, 255), np.uint8)
        even = parts.node("Mul", left, parts.constant(1 / known.loudness))
        return known, parts.node("QuantizeLinear", even, scale, zero), scale, zero
