"""Ours against the official SAM 2 predictor in the same process, as rows; ``bench_segmenters`` prints more of it."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.report import Row


def measure() -> list[Row]:
    if importlib.util.find_spec("torchvision") is None:
        return [
            Row("SAM 2 beside its official predictor", None, note="needs torchvision for the official one: make bench")
        ]
    with TemporaryDirectory() as folder:
        out = Path(folder) / "segmenters.json"
        command = [sys.executable, "-m", "benchmarks.bench_segmenters", "--sizes", "tiny", "--rounds", "2"]
        done = subprocess.run([*command, "--json", str(out)], capture_output=True, text=True)
        if done.returncode:
            reason = (done.stderr.strip().splitlines() or ["its masks differ from the official ones"])[-1]
            return [Row("SAM 2 beside its official predictor", None, note=reason)]
        (found,) = json.loads(out.read_text())
    return [row for what in ("embed", "predict") for row in rows_of(what, found[what])]


def rows_of(what: str, sides: dict[str, dict[str, float]]) -> list[Row]:
    ours, official = sides["ours"]["least_cpu"], sides["official"]["least_cpu"]
    return [
        Row(f"SAM 2.1 tiny, {what}: processor", ours, "s", f"official predictor {official:.3f} s in the same process"),
        Row(f"SAM 2.1 tiny, {what}: times as quick as the official predictor", official / ours),
    ]
