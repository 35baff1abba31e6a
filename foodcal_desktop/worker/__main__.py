"""``python -m foodcal_desktop.worker encoder``: a worker process by itself, as a Python environment with a GPU runs it."""

from __future__ import annotations

import sys

from foodcal_desktop.worker.service import run

if __name__ == "__main__":
    run(sys.argv[1])
