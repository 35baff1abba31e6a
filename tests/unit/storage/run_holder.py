"""A process of its own that holds a run, as the command in a terminal does."""

from __future__ import annotations

import contextlib
import subprocess
import sys
from collections.abc import Iterator

HOLD = """
import sys, time
from foodcal_desktop.storage.run_lock import RunLock
print(RunLock(sys.argv[1]).take(), flush=True)
time.sleep(600)
"""


@contextlib.contextmanager
def holder(name: str) -> Iterator[subprocess.Popen[str]]:
    """It lives until it is killed, here or at the end."""
    with subprocess.Popen([sys.executable, "-c", HOLD, name], stdout=subprocess.PIPE, text=True) as child:
        try:
            assert child.stdout is not None and child.stdout.readline() == "True\n"
            yield child
        finally:
            child.kill()
