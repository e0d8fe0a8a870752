"""Runs benchmark modules, each in a process of its own, and prints their figures as ratios beside a yardstick."""

import argparse
import json
import os
import platform
import subprocess
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


def names() -> list[str]:
    """The benchmarks there are."""
    return sorted(path.stem.removeprefix("bench_") for path in HERE.glob("bench_*.py"))


def machine() -> dict[str, Any]:
    """What the figures were taken on."""
    return {
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "system": platform.platform(),
        "bytecode": "compiled" if any((HERE.parents[1] / "inbox" / "__pycache__").glob("*.pyc")) else "not compiled",
    }


def run(name: str, rows: int) -> list[dict[str, Any]]:
    """The results of one benchmark: it prints a JSON object a line. Raises ``CalledProcessError``."""
    command = [sys.executable, "-m", f"tests.benchmarks.bench_{name}", "--rows", str(rows)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=HERE.parents[1])
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


def show(result: dict[str, Any]) -> str:
    """One result as a line for people."""
    figure, yardstick = result["figure"], result.get("yardstick_figure")
    beside = "" if yardstick is None else f"  {result['yardstick']} {yardstick:,.4g}  ratio {result['ratio']:.3g}"
    return f"{result['name']:<44} {figure:>12,.4g} {result['unit']:<10}{beside}  goal {result['goal']}"


def main() -> int:
    """Run what was asked for, or everything."""
    parser = argparse.ArgumentParser(prog="bench.sh", description=__doc__)
    parser.add_argument("names", nargs="*", help=f"of: {', '.join(names())}")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    unknown = set(asked.names) - set(names())
    if unknown:
        parser.error(f"no such benchmark: {', '.join(sorted(unknown))}")
    results: list[dict[str, Any]] = []
    for name in asked.names or names():
        found = run(name, asked.rows)
        results += found
        if not asked.json:
            for result in found:
                print(show(result), flush=True)
    if asked.json:
        print(json.dumps({"machine": machine(), "results": results}, indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
