"""Where the product's resources lie: inside the wheel, or beside the package in a work tree."""

from functools import cache
from pathlib import Path

import inbox


@cache
def resources() -> Path:
    """The folder of icons and other resources."""
    package = Path(inbox.__file__).parent
    built = package / "_resources"
    return built if built.is_dir() else package.parent / "resources"
