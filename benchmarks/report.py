"""Rows of figures, printed as a table and kept as JSON."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

import numpy as np

RESULTS = Path(__file__).resolve().parents[1] / "bench-results"


@dataclass(frozen=True)
class Row:
    """One figure; ``value`` is None where it could not be measured, and ``note`` then says why."""

    name: str
    value: float | None
    unit: str = ""
    note: str = ""


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which that share of the values lies (nearest rank)."""
    ordered = sorted(values)
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)]


def timed_rows(name: str, seconds: Sequence[float], note: str = "") -> list[Row]:
    """p50 and p95 in ms."""
    return [Row(f"{name}, p{p}", 1000 * percentile(seconds, p / 100), "ms", note) for p in (50, 95)]


def reference() -> float:
    """Seconds of a fixed piece of work, hashing and sorting: how quick this machine is at this moment."""
    content, numbers = bytes(32 * 1024**2), np.random.default_rng(0).random(1_000_000)
    taken = []
    for _ in range(5):
        started = time.perf_counter()
        hashlib.sha256(content).digest()
        np.sort(numbers)
        taken.append(time.perf_counter() - started)
    return percentile(taken, 0.5)


def times_reference(row: Row, unit: float | None) -> float | None:
    """A row's time as a multiple of the reference work, None where it is no time."""
    seconds = {"ms": 1e-3, "s": 1.0}.get(row.unit)
    return row.value * seconds / unit if unit and seconds and row.value is not None else None


def print_table(rows: Iterable[Row], unit: float | None = None) -> None:
    """The rows as text; times also as multiples of the reference work's seconds."""
    for row in rows:
        figure = "–" if row.value is None else f"{row.value:.4g} {row.unit}".strip()
        ratio = times_reference(row, unit)
        print(f"{row.name:<68} {figure:>12} {'' if ratio is None else f'{ratio:.2g}×':>8}  {row.note}", flush=True)


def save(group: str, rows: Sequence[Row], unit: float | None = None) -> Path:
    """Keep the rows of a group with the machine they were measured on; the file."""
    RESULTS.mkdir(exist_ok=True)
    now = datetime.now()
    content = {
        "group": group,
        "measured_at": now.isoformat(timespec="seconds"),
        "machine": {
            "system": platform.platform(),
            "processors": os.cpu_count(),
            "load": os.getloadavg()[0] if hasattr(os, "getloadavg") else None,
            "python": platform.python_version(),
        },
        "reference_seconds": unit,
        "rows": [{**asdict(row), "times_reference": times_reference(row, unit)} for row in rows],
    }
    path = RESULTS / f"{group}-{now:%Y%m%d-%H%M%S}.json"
    path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return path
