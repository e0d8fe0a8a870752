"""A file is written whole or not at all, and never over another unasked."""

import errno
import os
from pathlib import Path

import pytest

from inbox.flow.report_files import Exists, NotWritten, kind_of, pdf_of, put
from inbox.model.workspace import FileKind


def test_a_file_is_there_whole_and_nothing_lies_about(tmp_path: Path) -> None:
    put(tmp_path / "a.csv", b"all")
    assert (tmp_path / "a.csv").read_bytes() == b"all"
    assert [each.name for each in tmp_path.iterdir()] == ["a.csv"]


def test_a_file_that_is_there_stays_unless_it_is_to_be_replaced(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"old")
    with pytest.raises(Exists, match="already"):
        put(tmp_path / "a.csv", b"new")
    assert (tmp_path / "a.csv").read_bytes() == b"old"
    put(tmp_path / "a.csv", b"new", force=True)
    assert (tmp_path / "a.csv").read_bytes() == b"new"
    assert len(list(tmp_path.iterdir())) == 1


def test_somebody_quicker_by_a_moment_is_not_overwritten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.csv"

    def link(src: object, dst: object) -> None:
        del src, dst
        path.write_bytes(b"theirs")
        raise FileExistsError(errno.EEXIST, "there")

    monkeypatch.setattr(os, "link", link)
    with pytest.raises(Exists):
        put(path, b"ours")
    assert path.read_bytes() == b"theirs"


def test_a_file_system_without_links_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def link(src: object, dst: object) -> None:
        del src, dst
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", link)
    put(tmp_path / "a.csv", b"all")
    assert (tmp_path / "a.csv").read_bytes() == b"all"
    with pytest.raises(Exists):
        put(tmp_path / "a.csv", b"new")


@pytest.mark.parametrize(
    ("number", "words"),
    [(errno.ENOSPC, "no room left"), (errno.EACCES, "may not write"), (errno.EROFS, "only be read")],
)
def test_what_the_disk_refuses_is_said_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, words: str
) -> None:
    (tmp_path / "a.csv").write_bytes(b"old")

    def fsync(handle: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", fsync)
    with pytest.raises(NotWritten, match=words):
        put(tmp_path / "a.csv", b"new", force=True)
    assert (tmp_path / "a.csv").read_bytes() == b"old"
    assert len(list(tmp_path.iterdir())) == 1


def test_a_folder_that_is_not_there_and_one_in_the_place_of_the_file_are_said(tmp_path: Path) -> None:
    with pytest.raises(NotWritten, match="There is no folder"):
        put(tmp_path / "none" / "a.csv", b"")
    (tmp_path / "a.csv").mkdir()
    with pytest.raises(NotWritten, match="is a folder"):
        put(tmp_path / "a.csv", b"", force=True)
    with pytest.raises(NotWritten, match="too long"):
        put(tmp_path / ("a" * 300), b"")


def test_the_ending_says_the_kind() -> None:
    assert kind_of(Path("Report.XLSX")) is FileKind.XLSX
    with pytest.raises(NotWritten, match="should end in"):
        kind_of(Path("report.doc"))


def test_a_page_is_printed_by_a_process_of_its_own() -> None:
    made = pdf_of("<html><head><title>A title</title></head><body><p>Hello</p></body></html>")
    assert made.startswith(b"%PDF")


def test_a_printer_that_takes_too_long_is_ended_and_said() -> None:
    with pytest.raises(NotWritten, match="took longer"):
        pdf_of("<p>x</p>", seconds=0.001)
