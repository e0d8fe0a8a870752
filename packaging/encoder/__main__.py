"""``python -m encoder teach`` and ``python -m encoder write``; the package's docstring says how they are called."""

import argparse
import sys
from pathlib import Path

from encoder.batches import LONGEST, batches
from encoder.forward import begun
from encoder.pruning import pruned
from encoder.teaching import learnt
from encoder.texts import read
from encoder.whole import LAYERS, Whole, save
from encoder.writing import cutting, write

_SEED = 0
_SAMPLE = 60
"""Batches that pruning looks at."""


def main() -> None:
    """Do what the arguments say."""
    asked = _asked()
    texts = read(asked.texts)
    sys.stderr.write(f"{len(texts)} texts\n")
    if asked.what == "teach":
        _teach(asked.whole, asked.taught, texts, asked.steps)
    else:
        sys.stdout.write(write(asked.whole, asked.taught, texts, asked.out) + "\n")


def _teach(folder: Path, file: Path, texts: list[str], steps: int) -> None:
    whole, cut = Whole(folder), cutting(folder)
    rows = batches([cut(text) for text in texts], _SEED)
    layers = [whole.layer(at) for at in range(LAYERS)]
    known = begun(whole, LONGEST)
    fewer = pruned(known, layers, [next(rows) for _ in range(_SAMPLE)])
    save(learnt(known, layers, fewer, rows, steps=steps), file)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="encoder", description="Makes the text encoder.")
    parser.add_argument("what", choices=["teach", "write"])
    parser.add_argument("--whole", type=Path, required=True, help="folder of the whole encoder's files")
    parser.add_argument("--taught", type=Path, required=True, help="file of the layers that were taught")
    parser.add_argument("--steps", type=int, default=3_500, help="about an hour on two cores")
    parser.add_argument("--out", type=Path, default=Path("resources/encoder"), help="folder of the resource")
    parser.add_argument("texts", type=Path, nargs="+", help="WordNet's data.*, fortunes, or JSON lines")
    return parser.parse_args()


if __name__ == "__main__":
    main()
