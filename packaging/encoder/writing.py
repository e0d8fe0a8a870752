"""The resource's files from what was taught."""

import hashlib
import random
import shutil
from pathlib import Path

from encoder.graph import written
from encoder.numbers import Bytes
from encoder.scales import looked_at
from encoder.whole import Whole, taught
from inbox.routing.meaning.pieces import MOST, Pieces, numbered

_LOOKED_AT = 600
_SEED = 1


def cutting(folder: Path) -> Pieces:
    """What cuts texts into pieces, as the product does."""
    return Pieces(numbered((folder / "vocab.txt").read_text(encoding="utf-8")))


def write(folder: Path, layers: Path, texts: list[str], out: Path) -> str:
    """Write encoder.onnx and words.txt into ``out``; the fingerprint of the former."""
    whole, cut = Whole(folder), cutting(folder)
    sample = random.Random(_SEED).sample(texts, min(_LOOKED_AT, len(texts)))  # noqa: S311 - not a secret
    known = taught(layers)
    scales, spread = looked_at(whole, known, [cut(text) for text in sample], longest=MOST)
    data = written(whole, known, Bytes(scales), longest=MOST, spread=spread)
    out.mkdir(parents=True, exist_ok=True)
    (out / "encoder.onnx").write_bytes(data)
    shutil.copyfile(folder / "vocab.txt", out / "words.txt")
    return hashlib.sha256(data).hexdigest()
