"""The encoder as a graph of onnxruntime: in float to look at what flows through it, or in whole numbers to be used.

Measured on one thread: norms made of their parts are six times faster than LayerNormalization up to onnxruntime 1.29
(and than SkipLayerNormalization in all), and the fused attention is faster than its parts. Texts of one call have one
length, so there is no mask.
"""

from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from encoder.whole import HEADS, TOLD, TOLD_BY_PIECE, WIDTH, Array, Layer, Whole
from inbox.routing.meaning.answer import STEPS

_OURS = "com.microsoft"
_OPSET = 17
PIECES = "pieces"
"""The output that tells of each piece."""


@dataclass
class Parts:
    """The nodes and constants of a graph that is being written."""

    nodes: list[onnx.NodeProto] = field(default_factory=list)
    constants: list[onnx.TensorProto] = field(default_factory=list)

    def constant(self, value: object, kind: type[np.generic] = np.float32) -> str:
        """A constant; its name."""
        name = f"c{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(np.asarray(value, kind)), name))
        return name

    def node(self, kind: str, *inputs: str, domain: str = "", **settings: object) -> str:
        """A node with one output; the output's name."""
        name = f"{kind}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [name], name=name, domain=domain, **settings))
        return name


class Multiplying(Protocol):
    """How a graph multiplies: with floats, or with whole numbers."""

    def words(self, parts: Parts, table: Array) -> str:
        """The rows of the table for ``input_ids``."""
        ...

    def product(self, parts: Parts, left: str, matrix: Array, added: Array) -> str:
        """``left`` times the matrix, plus what is added."""
        ...


@dataclass(frozen=True)
class Spread:
    """Where the numbers of a piece lie, channel by channel: their mean, and how far they stray from it."""

    middle: Array
    far: Array


def written(
    whole: Whole,
    layers: list[Layer],
    by: Multiplying,
    *,
    longest: int,
    spread: Spread | None = None,
    watched: list[str] | None = None,
) -> bytes:
    """The file of an encoder of texts up to ``longest`` pieces. What it tells of each piece is in floats without a
    ``spread``, else in bytes; ``watched`` are further outputs.
    """
    parts = Parts()
    flow = _begun(parts, whole, by, longest)
    ones = _ones(parts)
    told = []
    for at, layer in enumerate(layers):
        flow = _layer(parts, layer, by, flow)
        if at in TOLD:
            told.append(_mean(parts, flow, ones))
        if at == TOLD_BY_PIECE:
            _by_piece(parts, flow, spread)
    parts.nodes.append(helper.make_node("Concat", told, ["meaning"], axis=1, name="meaning"))
    outputs = [helper.make_tensor_value_info("meaning", TensorProto.FLOAT, ["texts", len(TOLD) * WIDTH])]
    kind = TensorProto.FLOAT if spread is None else TensorProto.INT8
    outputs.append(helper.make_tensor_value_info(PIECES, kind, ["texts", "pieces", WIDTH]))
    outputs += [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in watched or []]
    pieces = helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["texts", "pieces"])
    graph = helper.make_graph(parts.nodes, "encoder", [pieces], outputs, parts.constants)
    sets = [helper.make_opsetid("", _OPSET), helper.make_opsetid(_OURS, 1)]
    model = helper.make_model(graph, opset_imports=sets, ir_version=8, producer_name="social-inbox")
    return bytes(model.SerializeToString(deterministic=True))


def _begun(parts: Parts, whole: Whole, by: Multiplying, longest: int) -> str:
    """What each piece means by itself, at its place."""
    length = parts.node("Shape", "input_ids", start=1, end=2)
    zero = parts.constant([0], np.int64)
    places = parts.node("Slice", parts.constant(whole.places[:longest]), zero, length, zero)
    placed = parts.node("Add", by.words(parts, whole.words), places)
    return _norm(parts, placed, whole.gain, whole.shift)


def _layer(parts: Parts, layer: Layer, by: Multiplying, flow: str) -> str:
    """Pieces look at each other; then each is thought over."""
    thirds = [slice(at * WIDTH, (at + 1) * WIDTH) for at in range(3)]
    looked = [by.product(parts, flow, layer["qkv"][:, third], layer["qkvb"][third]) for third in thirds]
    seen = parts.node("MultiHeadAttention", *looked, domain=_OURS, num_heads=HEADS)
    said = by.product(parts, seen, layer["o"], layer["ob"])
    flow = _norm(parts, parts.node("Add", said, flow), layer["g1"], layer["c1"])
    wide = parts.node("Gelu", by.product(parts, flow, layer["u"], layer["ub"]), domain=_OURS)
    said = by.product(parts, wide, layer["d"], layer["db"])
    return _norm(parts, parts.node("Add", said, flow), layer["g2"], layer["c2"])


def _norm(parts: Parts, flow: str, gain: Array, shift: Array) -> str:
    even = parts.node("MeanVarianceNormalization", flow, axes=[2])
    return parts.node("Add", parts.node("Mul", even, parts.constant(gain)), parts.constant(shift))


def _by_piece(parts: Parts, flow: str, spread: Spread | None) -> None:
    """What is told of each piece; what strays four times as far as usual is cut off there."""
    if spread is None:
        parts.nodes.append(helper.make_node("Identity", [flow], [PIECES], name=PIECES))
        return
    gain = STEPS / spread.far
    even = parts.node("Add", parts.node("Mul", flow, parts.constant(gain)), parts.constant(-spread.middle * gain))
    inputs = [even, parts.constant(1.0), parts.constant(0, np.int8)]
    parts.nodes.append(helper.make_node("QuantizeLinear", inputs, [PIECES], name=PIECES))


def _ones(parts: Parts) -> tuple[str, str]:
    """A row of ones for each text, as many as it has pieces; and their number."""
    texts = parts.node("Shape", "input_ids", start=0, end=1)
    length = parts.node("Shape", "input_ids", start=1, end=2)
    shape = parts.node("Concat", texts, parts.constant([1], np.int64), length, axis=0)
    one = numpy_helper.from_array(np.ones(1, np.float32), "one")
    ones = parts.node("ConstantOfShape", shape, value=one)
    return ones, parts.node("Cast", length, to=TensorProto.FLOAT)


def _mean(parts: Parts, flow: str, ones: tuple[str, str]) -> str:
    """The mean over a text's pieces. By a product, whose order of adding is the same in any company."""
    total = parts.node("Squeeze", parts.node("MatMul", ones[0], flow), parts.constant([1], np.int64))
    return parts.node("Div", total, ones[1])
