"""An encoder that is missing, damaged or cannot be run says so in a sentence."""

import hashlib
import os
import shutil
import sys
from pathlib import Path

import pytest

from inbox.routing.meaning import FINGERPRINT, Encoder, NoEncoder, opening
from inbox.routing.meaning.opening import folder


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    return Path(shutil.copytree(folder(), tmp_path / "encoder"))


def test_the_fingerprint_is_that_of_the_file() -> None:
    assert hashlib.sha256((folder() / "encoder.onnx").read_bytes()).hexdigest() == FINGERPRINT


def test_what_it_is_made_from_is_told_beside_it() -> None:
    told = (folder() / "NOTICE").read_text(encoding="utf-8")
    for said in ("all-MiniLM-L6-v2", "Apache License", "changed"):
        assert said in told
    assert "Version 2.0, January 2004" in (folder() / "LICENSE").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["encoder.onnx", "words.txt"])
def test_a_missing_file_is_named(copied: Path, name: str) -> None:
    (copied / name).unlink()
    with pytest.raises(NoEncoder, match=rf"{name} cannot be read: No such file.* Install the program again\."):
        Encoder.opened(where=copied)


@pytest.mark.parametrize("name", ["encoder.onnx", "words.txt"])
def test_a_damaged_file_is_named(copied: Path, name: str) -> None:
    data = bytearray((copied / name).read_bytes())
    data[len(data) // 2] ^= 1
    (copied / name).write_bytes(data)
    with pytest.raises(NoEncoder, match=rf"{name} is damaged"):
        Encoder.opened(where=copied)


def test_without_onnxruntime_the_sentence_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    with pytest.raises(NoEncoder, match="needs onnxruntime, which cannot be loaded"):
        Encoder.opened()


def test_a_file_that_onnxruntime_cannot_run_is_no_encoder(copied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (copied / "encoder.onnx").write_bytes(b"no graph")
    monkeypatch.setattr(opening, "FINGERPRINT", hashlib.sha256(b"no graph").hexdigest())
    with pytest.raises(NoEncoder, match=r"onnxruntime [0-9.]+ cannot run the text encoder"):
        Encoder.opened(where=copied)


def test_reports_to_the_maker_of_onnxruntime_are_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ORT_DISABLE_TELEMETRY", raising=False)
    Encoder.opened()
    assert os.environ["ORT_DISABLE_TELEMETRY"] == "1"
