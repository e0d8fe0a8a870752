"""The house keeps its walls: each rule of its layout, as a sentence."""

import ast
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
ROOMS = sorted(path for path in (PROJECT / "inbox").rglob("*.py"))
EVERYTHING = ROOMS + sorted((PROJECT / "tests").rglob("*.py"))
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "common", "managers", "manager", "services", "service", "misc"}


def name(path: Path) -> str:
    return str(path.relative_to(PROJECT))


def test_imports_run_downward_and_each_room_keeps_its_library() -> None:
    lint = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run([lint, "--no-cache"], cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("path", EVERYTHING, ids=name)
def test_no_file_is_longer_than_500_lines(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= 500


# A migration is a record: one statement for each table, however many columns it had.
@pytest.mark.parametrize("path", [path for path in ROOMS if path.parent.name != "migrations"], ids=name)
def test_no_function_is_longer_than_40_lines(path: Path) -> None:
    long = [
        f"{node.name} ({node.end_lineno - node.body[0].lineno + 1})"
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef) and node.end_lineno and node.end_lineno - node.body[0].lineno + 1 > 40
    ]
    assert not long


@pytest.mark.parametrize("path", ROOMS, ids=name)
def test_every_module_says_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text()))


def test_no_room_is_a_drawer_for_odds_and_ends() -> None:
    assert not [name(path) for path in ROOMS if path.stem in FORBIDDEN_NAMES or path.parent.name in FORBIDDEN_NAMES]


def test_the_top_level_holds_what_it_should_and_nothing_else() -> None:
    if shutil.which("git") is None:
        pytest.skip("git is not installed, so what belongs to the project is not known")
    listed = subprocess.run(["git", "ls-files"], cwd=PROJECT, capture_output=True, text=True, check=False)
    if listed.returncode != 0:
        pytest.skip("not a git checkout")
    tops = {line.split("/")[0] for line in listed.stdout.splitlines()}
    allowed = {
        "inbox",
        "resources",
        "tests",
        "packaging",
        "pyproject.toml",
        "README.md",
        "LICENSE",
        ".gitignore",
        ".ci",
    }
    assert tops <= allowed


def test_starting_the_desktop_reads_no_heavy_library_before_its_window() -> None:
    code = "import sys; import inbox.app, inbox.ui.shell; print(*sorted({name.split('.')[0] for name in sys.modules}))"
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True, env=environment
    )
    heavy = {"sqlalchemy", "alembic", "httpx", "typer", "pydantic", "rich", "holidays", "py3langid", "numpy", "keyring"}
    heavy.add("onnxruntime")
    assert not heavy & set(done.stdout.split())


def test_the_locked_requirements_name_no_index_and_hash_everything() -> None:
    for file in ("requirements.txt", "requirements-dev.txt"):
        text = (PROJECT / "packaging" / file).read_text()
        assert "://" not in re.sub(r"#.*", "", text)
        packages = re.findall(r"^[a-z0-9][^\s=]*==", text, re.MULTILINE)
        assert packages
        assert text.count("--hash=sha256:") >= len(packages)
