"""A model as bytes and back: a mark, the format, a checksum, a heading in JSON, and the arrays one after the other."""

import hashlib
import json
import math
import struct
from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import numpy.typing as npt

FORMAT: Final = 2
"""Of the file and of how texts are read: raised when either changes, since an old model would then misread."""
_MARK: Final = b"inboxmod"
_HEAD: Final = struct.Struct("<8sI32sI")
_TYPES: Final = frozenset({"<f2", "<f4", "<f8", "<u8", "<i4"})

Array = npt.NDArray[Any]


class BadModel(ValueError):
    """The bytes are no model that can be used; the message says why in a sentence."""


def pack(heading: Mapping[str, Any], arrays: Mapping[str, Array]) -> bytes:
    """The bytes of a model."""
    stored = {name: np.ascontiguousarray(array, array.dtype.newbyteorder("<")) for name, array in arrays.items()}
    shapes = {name: [array.dtype.str, list(array.shape)] for name, array in stored.items()}
    told = json.dumps({**heading, "arrays": shapes}).encode()
    body = told + b"".join(array.tobytes() for array in stored.values())
    return _HEAD.pack(_MARK, FORMAT, hashlib.sha256(body).digest(), len(told)) + body


def unpack(data: bytes) -> tuple[dict[str, Any], dict[str, Array]]:
    """The heading and the arrays. Raises ``BadModel``."""
    if len(data) < _HEAD.size or not data.startswith(_MARK):
        message = "This file is no model of Social Inbox."
        raise BadModel(message)
    _, written, checksum, length = _HEAD.unpack_from(data)
    if written != FORMAT:
        message = f"The model has format {written} and this version reads format {FORMAT}; train it again."
        raise BadModel(message)
    body = memoryview(data)[_HEAD.size :]
    if hashlib.sha256(body).digest() != checksum:
        message = "The model is damaged or cut short; train it again."
        raise BadModel(message)
    try:
        return _opened(body, length)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        message = "The model's parts do not fit together; train it again."
        raise BadModel(message) from error


def _opened(body: memoryview, length: int) -> tuple[dict[str, Any], dict[str, Array]]:
    heading = json.loads(bytes(body[:length]))
    arrays: dict[str, Array] = {}
    at = length
    for name, (kind, shape) in heading.pop("arrays").items():
        if kind not in _TYPES:
            message = f"unknown type {kind}"
            raise ValueError(message)
        count = math.prod(shape)
        arrays[name] = np.frombuffer(body, kind, count, at).reshape(shape)
        at += arrays[name].nbytes
    return heading, arrays
