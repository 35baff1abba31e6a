"""``python -m benchmarks [GROUP …]``: all groups, or the named ones, each in a process of its own."""

from __future__ import annotations

import contextlib
import importlib
import os
import signal
import subprocess
import sys
import tempfile
import time

from benchmarks.report import Row, print_table, reference, save

# One module each, with a function measure() -> list[Row].
GROUPS = ("drawing", "tools", "queue", "worker", "labelme", "memory", "proposals", "segmenters")

# A group that takes longer is ended, and a row says so; so is what has not begun when all of them took this long.
LIMIT_SECONDS, TOTAL_SECONDS = 8 * 60, 24 * 60


def main(names: list[str]) -> int:
    """Measure; a group that cannot be measured is a row that says why, and the others go on."""
    unknown = [name for name in names if name not in GROUPS]
    if unknown:
        print(f"There is no group {', '.join(unknown)}; choose from {', '.join(GROUPS)}.", file=sys.stderr)
        return 2
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if len(names) == 1:
        measure(names[0])
        return 0
    ends = time.monotonic() + TOTAL_SECONDS
    failed = [name for name in names or GROUPS if not by_itself(name, ends - time.monotonic())]
    return 1 if failed else 0


def measure(name: str) -> None:
    """One group, in a data folder of its own: nothing here may touch what the user has."""
    # Before the group, while nothing of it runs: the same work on every machine, to compare by.
    unit = reference()
    with tempfile.TemporaryDirectory(prefix="foodcal-bench-", ignore_cleanup_errors=True) as folder:
        os.environ["FOODCAL_DATA_DIR"] = folder
        rows: list[Row] = importlib.import_module(f"benchmarks.{name}").measure()
    print(f"\n{name}; × is in times of the reference work, {1000 * unit:.0f} ms just before")
    print_table(rows, unit)
    save(name, rows, unit)


def by_itself(name: str, left: float = TOTAL_SECONDS) -> bool:
    """One group in a process of its own, so that none finds the memory of another; whether it came to its end.

    ``left``: the seconds that remain for all groups together.
    """
    limit = max(min(LIMIT_SECONDS, left), 0.0)
    status = status_of([sys.executable, "-m", "benchmarks", name], limit)
    if status == 0:
        return True
    why = "failed; what it said stands above"
    if status is None:
        why = f"took longer than the {limit / 60:.1f} minutes left for it and was ended; python -m benchmarks {name}"
    rows = [Row(name, None, note=why)]
    print_table(rows)
    save(name, rows)
    return False


def status_of(command: list[str], limit: float) -> int | None:
    """The exit status of a command, None where it took longer than ``limit`` seconds and was ended."""
    # In a session of its own: what it started (workers, a screen, labelme) ends with it and is in no later group's way.
    process = subprocess.Popen(command, start_new_session=True)
    try:
        return process.wait(limit)
    except subprocess.TimeoutExpired:
        return None
    finally:
        end_session(process)


def end_session(process: subprocess.Popen[bytes]) -> None:
    """End a process and, where the system has sessions, whatever it has started."""
    with contextlib.suppress(ProcessLookupError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    process.wait()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
