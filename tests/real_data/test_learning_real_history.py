"""A workspace that imports real complaints learns their areas, and routes what other authors write."""

import gzip
import json
import zlib
from pathlib import Path
from typing import Any

import pytest

from inbox.flow.heads import heads
from inbox.flow.import_ import import_files
from inbox.flow.learning import evaluating, files
from inbox.flow.learning.train import Result, train_workspace
from inbox.model.ids import AreaId
from inbox.model.people import Area
from inbox.model.placement import Corrected
from inbox.model.workspace import Workspace
from inbox.store import config
from inbox.store.engine import Store
from inbox.store.placements import since
from tests.support.talk import at

DATA = Path(__file__).parents[2].parent / "shared" / "data"
LEARNT = 2500

pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(not DATA.exists(), reason=f"the public data is not at {DATA}"),
]


def split(folder: Path) -> tuple[Path, Path]:
    """One fifth of the authors, and the first of the others' mentions."""
    with gzip.open(DATA / "mentions" / "airline.jsonl.gz", "rt", encoding="utf-8") as file:
        rows: list[dict[str, Any]] = [json.loads(line) for line in file]
    asked = [row for row in rows if _fold(row) == 0]
    learnt = [row for row in rows if _fold(row) != 0][:LEARNT]
    paths = folder / "learnt.jsonl", folder / "asked.jsonl"
    for path, part in zip(paths, (learnt, asked), strict=True):
        path.write_text("".join(json.dumps(row) + "\n" for row in part))
    return paths


def _fold(row: dict[str, Any]) -> int:
    return zlib.crc32(row["author"]["id"].encode()) % 5


def test_a_workspace_learns_an_airline_s_areas_and_places_what_others_write(
    sqlite_store: Store, tmp_path: Path
) -> None:
    learnt, asked = split(tmp_path)
    labelled = files.read(asked, leave_out=["Can't Tell"]).examples
    names = sorted({each.label for each in labelled if each.label})
    with sqlite_store.write() as s:
        config.save(s, Workspace(areas=tuple(Area(AreaId(0), name) for name in names)), "command", at(0))
    import_files(sqlite_store, [learnt], now=at(0))
    outcome, *_ = train_workspace(sqlite_store, actor="command", now=at(1), kinds=[Corrected.AREA])
    assert outcome.result is Result.LEARNED, outcome.sentence
    accuracies = [accuracy for _, accuracy, _ in outcome.figures["curve"]]
    assert accuracies[-1] > accuracies[0]
    with sqlite_store.read() as s:
        head = heads(s).area
    assert head is not None
    told = evaluating.report(evaluating.with_model(head.model, labelled, head.info.size), labelled)
    assert told["accuracy"] > 0.63
    assert told["half_accuracy"] > 0.82
    assert told["calibration_error"] < 0.1
    import_files(sqlite_store, [asked], now=at(2))
    with sqlite_store.read() as s:
        placed = [each for each in since(s, at(2), at(3)) if each.model == head.info.id]
    sure = [each for each in placed if each.area is not None]
    assert len(sure) > len(placed) / 5
