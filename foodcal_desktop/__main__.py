"""The composition root: the window, a command, or a worker process."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path

# What Qt's platform plugin needs of a bare Debian or Ubuntu, by the library that is missing.
_QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program; returns its exit status."""
    if getattr(sys, "frozen", False):
        # The processes of `annotate --workers` come in by this same door.
        multiprocessing.freeze_support()
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given[:1] == ["--worker"]:
        return _run_worker(given[1])
    try:
        given = _take_data_dir(given)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    if _is_command(given):
        from foodcal_desktop.cli import run

        return run(given)
    if given and _is_mistyped(given[0]):
        print(_no_such_command(given[0]), file=sys.stderr)
        return 2
    return _open_window(given)


def _run_worker(role: str) -> int:
    from foodcal_desktop.worker.service import run

    run(role)
    return 0


def _take_data_dir(arguments: list[str]) -> list[str]:
    """Arguments without ``--data-dir DIR``, which may stand anywhere and is put into force here."""
    from foodcal_desktop.storage import paths

    rest: list[str] = []
    waiting = False
    for argument in arguments:
        if waiting or argument.startswith("--data-dir="):
            folder = argument if waiting else argument.partition("=")[2]
            if not folder:
                raise ValueError("--data-dir needs a folder after it.")
            paths.set_data_dir(folder)
            waiting = False
        elif argument == "--data-dir":
            waiting = True
        else:
            rest.append(argument)
    if waiting:
        raise ValueError("--data-dir needs a folder after it.")
    return rest


def _is_command(arguments: list[str]) -> bool:
    """Whether a command is meant: its name comes first, or an option. All else are photos and folders to open."""
    from foodcal_desktop.cli import COMMANDS

    return bool(arguments) and (arguments[0] in COMMANDS or arguments[0].startswith("-"))


def _is_mistyped(argument: str) -> bool:
    """Whether a single word without an ending, which is no file either, can only be a command that does not exist."""
    path = Path(argument)
    return path.name == argument and not path.suffix and not path.exists()


def _no_such_command(argument: str) -> str:
    from foodcal_desktop.cli import COMMANDS

    near = get_close_matches(argument, COMMANDS, 1)
    hint = f"did you mean {near[0]}?" if near else "see foodcal-desktop --help."
    return f"There is no command, photo or folder '{argument}'; {hint}"


def _open_window(files: list[str]) -> int:
    if not _has_display():
        from foodcal_desktop.headless import run_sample

        return run_sample()
    missing = _missing_libraries()
    if missing:
        print(f"Qt needs system libraries that are missing here; install them: sudo apt install -y {missing}")
        return 1
    from foodcal_desktop.window import run_window

    return run_window(files)


def _has_display() -> bool:
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _missing_libraries() -> str:
    """Debian packages of the libraries Qt needs and does not find, separated by blanks."""
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM") in ("offscreen", "minimal"):
        return ""
    import ctypes

    packages = []
    for library, package in _QT_LIBRARIES.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            packages.append(package)
    return " ".join(packages)


if __name__ == "__main__":
    sys.exit(main())
