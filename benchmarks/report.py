"""Rows of figures, printed as a table and kept as JSON."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

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


def print_table(rows: Iterable[Row]) -> None:
    """The rows as text."""
    for row in rows:
        figure = "–" if row.value is None else f"{row.value:.4g} {row.unit}".strip()
        print(f"{row.name:<58} {figure:>14}  {row.note}", flush=True)


def save(group: str, rows: Sequence[Row]) -> Path:
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
        "rows": [asdict(row) for row in rows],
    }
    path = RESULTS / f"{group}-{now:%Y%m%d-%H%M%S}.json"
    path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return path
