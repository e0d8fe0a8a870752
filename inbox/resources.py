"""Where the product's resources lie: inside the wheel, or beside the package in a work tree."""

from functools import cache
from pathlib import Path


@cache
def resources() -> Path:
    """The folder of icons, templates, the demo's files and the text encoder."""
    package = Path(__file__).parent
    built = package / "_resources"
    return built if built.is_dir() else package.parent / "resources"
