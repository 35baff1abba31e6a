"""``python -m benchmarks [GROUP …]``: all groups, or the named ones."""

from __future__ import annotations

import importlib
import os
import sys
import tempfile

from benchmarks.report import Row, print_table, save

# One module each, with a function measure() -> list[Row].
GROUPS = ("drawing", "tools", "queue", "worker", "memory", "proposals", "labelme")


def main(names: list[str]) -> int:
    """Measure; a group that cannot be measured is a row that says why."""
    unknown = [name for name in names if name not in GROUPS]
    if unknown:
        print(f"There is no group {', '.join(unknown)}; choose from {', '.join(GROUPS)}.", file=sys.stderr)
        return 2
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    for name in names or GROUPS:
        # Nothing here may touch what the user has.
        with tempfile.TemporaryDirectory(prefix="foodcal-bench-", ignore_cleanup_errors=True) as folder:
            os.environ["FOODCAL_DATA_DIR"] = folder
            rows: list[Row] = importlib.import_module(f"benchmarks.{name}").measure()
        print(f"\n{name}")
        print_table(rows)
        save(name, rows)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
