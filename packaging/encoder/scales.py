"""How loud each channel is and how far it goes, seen by running texts through the float graph."""

import numpy as np
import onnxruntime

from encoder.graph import PIECES, Spread, written
from encoder.numbers import Floats, Range
from encoder.whole import Layer, Whole

_LEFT_OUT = 0.001
"""Percent at either end: a few far numbers are cut off, for finer steps between the rest."""
_EVENED = 0.5
"""How far loudness is moved into the matrices; 0 is not at all, 1 is wholly."""
_FAINTEST = 1e-2


def looked_at(whole: Whole, layers: list[Layer], texts: list[list[int]], *, longest: int) -> tuple[list[Range], Spread]:
    """What flows into each product, in the order of the graph; and where the numbers of a piece lie."""
    floats = Floats()
    written(whole, layers, floats, longest=longest)
    names = floats.lefts
    graph = written(whole, layers, Floats(), longest=longest, watched=names)
    session = onnxruntime.InferenceSession(graph, providers=["CPUExecutionProvider"])
    seen: list[list[np.ndarray]] = [[] for _ in [*names, PIECES]]
    for pieces in texts:
        for kept, flow in zip(seen, session.run([*names, PIECES], {"input_ids": np.array([pieces])}), strict=True):
            kept.append(flow[0])
    *flows, told = (np.concatenate(kept) for kept in seen)
    return [_range(flow) for flow in flows], Spread(told.mean(axis=0), told.std(axis=0))


def _range(flow: np.ndarray) -> Range:
    loud = np.maximum(np.abs(flow).max(axis=0), _FAINTEST) ** _EVENED
    loud = (loud / np.exp(np.log(loud).mean())).astype(np.float32)
    least, most = np.percentile(flow / loud, (_LEFT_OUT, 100 - _LEFT_OUT))
    return Range(loud, float(least), float(most))
