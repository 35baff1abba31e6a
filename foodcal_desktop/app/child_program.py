"""How the window starts processes of its own: the workers, a training, an export."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from PySide6.QtCore import QProcessEnvironment


def program(python: str = "", module: str = "foodcal_desktop") -> list[str]:
    """This program itself, or a module of it by the interpreter of another environment (one with CUDA)."""
    if python:
        return [python, "-m", module]
    if getattr(sys, "frozen", False):
        return [sys.executable]
    return [sys.executable, "-m", "foodcal_desktop"]


def environment() -> QProcessEnvironment:
    """This process's environment, with the package findable from an interpreter that has it not installed."""
    environment = QProcessEnvironment.systemEnvironment()
    if not getattr(sys, "frozen", False):
        home = str(Path(__file__).resolve().parents[2])
        environment.insert("PYTHONPATH", os.pathsep.join(filter(None, [home, environment.value("PYTHONPATH")])))
    environment.insert("PYTHONUNBUFFERED", "1")
    environment.insert("PYTORCH_JIT", "0")
    # Idle threads sleep instead of spinning: workers and trainings share a small machine with the window.
    environment.insert("OMP_WAIT_POLICY", "passive")
    return environment
