"""What ``doctor`` looks at: each check is a line that says ok or what to do."""

from __future__ import annotations

import ctypes
import importlib.metadata
import json
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from foodcal_desktop import __version__
from foodcal_desktop.core.disk_sentences import plainly

_PACKAGES = ("torch", "PySide6-Essentials", "numpy", "pillow", "opencv-python-headless", "safetensors", "rf-sam-2")
_LEAST_FREE = 1_000_000_000
_PROBE_SECONDS = 120

# Run by another Python: what its torch can do, and whether it has what the worker needs.
_WORKER_PROBE = """
import importlib, json, torch
needed = ("numpy", "safetensors", "cv2", "PIL", "pillow_heif", "platformdirs", "sam2", "foodcal_desktop.worker.service")
missing = []
for name in needed:
    try:
        importlib.import_module(name)
    except ImportError as error:
        missing.append(f"{name} ({error})")
cuda = torch.cuda.is_available()
print(json.dumps({"torch": torch.__version__, "missing": missing,
                  "device": torch.cuda.get_device_name() if cuda else "no CUDA device"}))
"""
_FONT_PROBE = """
from PySide6.QtGui import QFontDatabase, QGuiApplication
app = QGuiApplication(["doctor", "-platform", "offscreen"])
korean = QFontDatabase.families(QFontDatabase.WritingSystem.Korean)
print(len(QFontDatabase.families()), korean[0] if korean else "")
"""


@dataclass(frozen=True, slots=True)
class Finding:
    """One line: what was looked at, whether it is in order, what was found, and what to do ("" for nothing).

    ``counts`` is what was counted, by name, for who reads the JSON.
    """

    name: str
    ok: bool
    detail: str
    advice: str = ""
    counts: dict[str, int] | None = None


def findings() -> Iterator[Finding]:
    """All checks in turn. A check that itself fails is a finding, never the end of the others."""
    checks: tuple[tuple[str, Callable[[], Iterator[Finding]]], ...] = (
        ("program", _program),
        ("packages", _packages),
        ("device", _device),
        ("worker python", _worker_python),
        ("checkpoints", _checkpoints),
        ("folders", _folders),
        ("settings", _settings),
        ("database", _database),
        ("portion priors", _priors),
        ("fonts", _fonts),
        ("display", _display),
        ("video", _video),
    )
    for name, check in checks:
        try:
            yield from check()
        except (OSError, ValueError, RuntimeError, ImportError, subprocess.SubprocessError) as error:
            said = plainly(error) if getattr(error, "filename", None) else f"{type(error).__name__}: {error}"
            yield Finding(name, False, said, "read the message; it says what is wrong")


def _program() -> Iterator[Finding]:
    kind = "installer" if getattr(sys, "frozen", False) else "Python package"
    system = f"Python {platform.python_version()}, {platform.platform(terse=True)}, {platform.machine()}"
    yield Finding("program", True, f"foodcal-desktop {__version__} ({kind}), {system}")


def _packages() -> Iterator[Finding]:
    for name in _PACKAGES:
        try:
            yield Finding(name, True, importlib.metadata.version(name))
        except importlib.metadata.PackageNotFoundError:
            # A frozen program brings modules without their package data.
            frozen = bool(getattr(sys, "frozen", False))
            yield Finding(name, frozen, "no package data", "" if frozen else "install the program again (see README)")


def _device() -> Iterator[Finding]:
    from foodcal_desktop.segmentation import devices
    from foodcal_desktop.storage.settings import DEVICE, Settings

    wanted = Settings.load().get(DEVICE)
    try:
        yield Finding("device", True, f"{devices.choose(wanted).description} (setting: {wanted})")
    except devices.DeviceError as error:
        yield Finding("device", False, str(error), "set the device to auto in the settings")
    bf16 = "bf16 natively" if devices.cpu_autocast() else "no native bf16"
    yield Finding("instruction set", True, f"{devices.instruction_set()}, {bf16}, {os.cpu_count()} cores")


def _worker_python() -> Iterator[Finding]:
    from foodcal_desktop.storage.settings import WORKER_PYTHON, Settings

    chosen = Settings.load().get(WORKER_PYTHON)
    if not chosen:
        yield Finding("worker python", True, "the program's own")
        return
    advice = "point the setting to a Python with CUDA torch and the program's packages, or empty it"
    try:
        found = probe_worker_python(chosen)
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        yield Finding("worker python", False, f"{chosen} does not answer ({error})", advice)
        return
    missing = ", ".join(found["missing"])
    detail = f"{chosen}: torch {found['torch']}, {found['device']}" + (f", missing: {missing}" if missing else "")
    yield Finding("worker python", not missing, detail, advice if missing else "")


def probe_worker_python(python: str) -> dict[str, Any]:
    """Ask another Python for {"torch", "device", "missing"}.

    Raises:
        OSError: it cannot be started.
        ValueError: its answer is none, most often because it has no torch.
        subprocess.TimeoutExpired: it takes minutes.
    """
    home = str(Path(__file__).resolve().parents[2])
    search = os.pathsep.join(filter(None, [home, os.environ.get("PYTHONPATH", "")]))
    answer = subprocess.run(
        [python, "-c", _WORKER_PROBE],
        capture_output=True,
        text=True,
        timeout=_PROBE_SECONDS,
        env={**os.environ, "PYTHONPATH": search},
        check=False,
    )
    last = answer.stdout.strip().splitlines()[-1:]
    if answer.returncode or not last:
        raise ValueError((answer.stderr.strip().splitlines() or ["no answer"])[-1])
    found: dict[str, Any] = json.loads(last[0])
    return found


def _checkpoints() -> Iterator[Finding]:
    from foodcal_desktop.storage.checkpoints import Catalogue, CheckpointError

    catalogue, warnings = Catalogue(), list[str]()
    selected = catalogue.selected(warn=warnings.append)
    for checkpoint in catalogue.checkpoints():
        name = f"checkpoint {checkpoint.name}" + (" *" if checkpoint.name == selected.name else "")
        if checkpoint.state == "missing" and checkpoint.origin == "official":
            yield Finding(name, True, "not downloaded")
            continue
        try:
            catalogue.require_whole(checkpoint)
        except CheckpointError as error:
            yield Finding(name, False, checkpoint.state, str(error))
        else:
            yield Finding(name, True, f"{checkpoint.bytes / 1e6:,.1f} MB, sha256 {checkpoint.sha256[:12]}…")
    for warning in warnings:
        yield Finding("selected checkpoint", False, warning, "select another: foodcal-desktop checkpoints select NAME")


def _folders() -> Iterator[Finding]:
    from foodcal_desktop.storage import paths
    from foodcal_desktop.storage.settings import DISK_CACHE_BYTES, Settings

    for name, folder in (("data folder", paths.data_dir()), ("cache", paths.cache_dir())):
        writable = os.access(folder, os.W_OK)
        advice = "" if writable else f"let this user write to {folder}, or choose another with --data-dir"
        yield Finding(name, writable, str(folder), advice)
    used = sum(file.stat().st_size for file in paths.embeddings_dir().iterdir() if file.is_file())
    bound = Settings.load().get(DISK_CACHE_BYTES)
    yield Finding("stored embeddings", True, f"{used / 1e6:,.0f} of at most {bound / 1e6:,.0f} MB")
    free = shutil.disk_usage(paths.data_dir()).free
    advice = "" if free >= _LEAST_FREE else "make room on the disk: less than 1 GB is left"
    yield Finding("free disk", free >= _LEAST_FREE, f"{free / 1e9:,.1f} GB", advice)


def _settings() -> Iterator[Finding]:
    from foodcal_desktop.storage.settings import Settings

    settings = Settings.load()
    yield Finding("settings", not settings.notice, str(settings.path), settings.notice)


def _database() -> Iterator[Finding]:
    from foodcal_desktop.storage import paths
    from foodcal_desktop.storage.database import Database, DatabaseError

    path = paths.database_path()
    if not path.exists():
        yield Finding("database", True, "none yet; it is made when the program is first used")
        return
    try:
        with Database.open(path) as database:
            problems = database.check()
    except DatabaseError as error:
        problems = [str(error)]
    advice = f"put back the latest copy from {path.parent / 'backups'}" if problems else ""
    yield Finding("database", not problems, "; ".join(problems) or f"{path}, whole", advice)


def _priors() -> Iterator[Finding]:
    """How many foods have a measured, a derived and an assumed prior."""
    from foodcal_desktop.storage import paths
    from foodcal_desktop.storage.food_store import FoodStore
    from foodcal_desktop.storage.priors_file import load_priors

    foods = FoodStore(paths.resources_dir() / "foods.csv").all()
    counts = load_priors().counts(foods)
    detail = ", ".join(f"{count:,} {provenance}" for provenance, count in counts.items())
    yield Finding("portion priors", True, f"{detail}, of {len(foods):,} foods", counts=counts)


def _fonts() -> Iterator[Finding]:
    if getattr(sys, "frozen", False):
        yield Finding("fonts", True, "those of the system")
        return
    code = [sys.executable, "-c", _FONT_PROBE]
    answer = subprocess.run(code, capture_output=True, text=True, timeout=_PROBE_SECONDS, check=False)
    count, _, korean = answer.stdout.strip().partition(" ")
    if answer.returncode or not count.isdigit():
        lines = answer.stderr.strip().splitlines() or ["no answer"]
        yield Finding("fonts", False, lines[-1], "install Qt's system libraries (see README)")
        return
    advice = "" if korean else "install a Korean font, such as Debian's fonts-noto-cjk, to see Korean food names"
    yield Finding("fonts", bool(korean), f"{count} families, Korean: {korean or 'none'}", advice)


def _display() -> Iterator[Finding]:
    if sys.platform != "linux":
        yield Finding("display", True, "the system's")
        return
    display = os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY")
    if not display:
        yield Finding("display", True, "none here: commands work, the window needs one (or xvfb-run)")
        return
    there = "WAYLAND_DISPLAY" in os.environ or _loads("libxcb-cursor.so.0")
    yield Finding("display", there, display, "" if there else "install libxcb-cursor0, which Qt's windows need")


def _loads(library: str) -> bool:
    """Whether a library can be loaded, the system's or one that a frozen program brings along."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _video() -> Iterator[Finding]:
    try:
        yield Finding("video", True, f"PyAV {importlib.metadata.version('av')}")
    except importlib.metadata.PackageNotFoundError:
        yield Finding("video", True, 'not installed; only videos need it: pip install "foodcal-desktop[video]"')
