"""Where the encoder lies, that it is the one we know, and how it is run: on one thread, without a network."""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from inbox.resources import resources
from inbox.routing.meaning.pieces import NOTHING, Pieces, numbered

FINGERPRINT: Final = "0a0024190514a58e19053a5fdc3214cf30b3cc4aef9961f80b13913fe70bccbd"
"""The sha256 of the encoder's file. A model says which encoder it learnt with by it."""
WORDS_FINGERPRINT: Final = "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3"
"""The sha256 of its vocabulary."""

Run = Callable[[npt.NDArray[np.int64]], tuple[npt.NDArray[np.float32], npt.NDArray[np.int8]]]
"""Pieces of texts of one length, a text a row, to the numbers of each text, and those of each text's pieces."""


class NoEncoder(RuntimeError):
    """There is no encoder to be had; the message says why in a sentence."""


def folder() -> Path:
    """Where the encoder's files lie."""
    return resources() / "encoder"


def open_pieces(where: Path) -> Pieces:
    """What cuts texts for the encoder. Raises ``NoEncoder``."""
    return Pieces(numbered(_known(where / "words.txt", WORDS_FINGERPRINT).decode()))


def open_run(where: Path) -> Run:
    """What runs the encoder. Raises ``NoEncoder``."""
    file = where / "encoder.onnx"
    _known(file, FINGERPRINT)
    # Versions from 1.29 on report to their maker unless told not to before they are read.
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    try:
        import onnxruntime
    except ImportError as error:
        message = f"The text encoder needs onnxruntime, which cannot be loaded here: {error}"
        raise NoEncoder(message) from error
    try:
        # By its name: given the bytes, a session keeps them beside what it made of them.
        session = onnxruntime.InferenceSession(file, _settings(onnxruntime), providers=["CPUExecutionProvider"])
        session.run(None, {"input_ids": np.array([NOTHING])})
    except Exception as error:  # onnxruntime's own errors have no type in common
        message = f"onnxruntime {onnxruntime.__version__} cannot run the text encoder: {error}"
        raise NoEncoder(message) from error

    def run(pieces: npt.NDArray[np.int64]) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.int8]]:
        texts, by_piece = session.run(["meaning", "pieces"], {"input_ids": pieces})
        return np.asarray(texts, np.float32), np.asarray(by_piece, np.int8)

    return run


def _settings(onnxruntime: Any) -> Any:  # noqa: ANN401 - the library has no types
    """One thread; and the graph as it was written, since what is fused further is slower."""
    settings = onnxruntime.SessionOptions()
    settings.intra_op_num_threads = 1
    settings.inter_op_num_threads = 1
    settings.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
    settings.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    settings.log_severity_level = 3
    return settings


def _known(file: Path, fingerprint: str) -> bytes:
    try:
        data = file.read_bytes()
    except OSError as error:
        message = f"The text encoder's file {file} cannot be read: {error.strerror}. Install the program again."
        raise NoEncoder(message) from error
    if hashlib.sha256(data).hexdigest() != fingerprint:
        message = f"The text encoder's file {file} is damaged. Install the program again."
        raise NoEncoder(message)
    return data
