"""``python -m foodcal_desktop.worker encoder``: a worker by itself, as an environment with a GPU runs it."""

from __future__ import annotations

import sys

from foodcal_desktop.worker.service import run

if __name__ == "__main__":
    run(sys.argv[1])
