"""Shared libraries of the frozen folder on Linux: made slim, and what they need of the system."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

# Symbols nobody links against are a fifth of torch's libraries. What auditwheel has patched may not bear stripping.
_STRIPPED = (
    "_internal/torch/lib/*.so*",
    "_internal/libpython*.so*",
    "_internal/python3.*/lib-dynload/*.so",
    "_internal/rapidfuzz/**/*.so",
    "_internal/yaml/*.so",
)

# What the system brings: the library, and Debian's package of it. Every desktop has them; libc's version is computed.
SYSTEM = {
    "libc.so.6": "libc6",
    "libm.so.6": "libc6",
    "libdl.so.2": "libc6",
    "librt.so.1": "libc6",
    "libpthread.so.0": "libc6",
    "libutil.so.1": "libc6",
    "libresolv.so.2": "libc6",
    "ld-linux-x86-64.so.2": "libc6",
    "ld-linux-aarch64.so.1": "libc6",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libGLX.so.0": "libgl1",
    "libOpenGL.so.0": "libopengl0",
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb.so.1": "libxcb1",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libdrm.so.2": "libdrm2",
    "libdbus-1.so.3": "libdbus-1-3",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
}


def slim(folder: Path) -> None:
    """Take out libraries and symbols that nothing uses; on Linux only. Raises CalledProcessError."""
    if sys.platform.startswith("linux"):
        _drop_unneeded(folder)
        _strip_symbols(folder)


def _strip_symbols(folder: Path) -> None:
    for pattern in _STRIPPED:
        for library in folder.glob(pattern):
            if not library.is_symlink():
                subprocess.run(["strip", "--strip-unneeded", str(library)], check=True)


def _drop_unneeded(folder: Path) -> None:
    """Remove system libraries that only came for others that were left out."""
    while unneeded := _unneeded(folder):
        for path in unneeded:
            path.unlink()


def _unneeded(folder: Path) -> list[Path]:
    needed = _needed(folder)
    brought = [path for path in (folder / "_internal").glob("lib*.so*") if not path.is_symlink()]
    return [path for path in brought if path.name not in needed and not path.name.startswith("libpython")]


def needed_packages(folder: Path) -> list[str]:
    """Debian's packages that the frozen folder's libraries need.

    Raises:
        LookupError: a library is neither in the folder nor in SYSTEM.
    """
    needed = _needed(folder)
    brought = {path.name for path in folder.rglob("*") if ".so" in path.name}
    missing = needed - brought
    unknown = sorted(name for name in missing if name not in SYSTEM)
    if unknown:
        raise LookupError(f"No package is known for {', '.join(unknown)}; collect them, or add them to SYSTEM.")
    packages = {SYSTEM[name] for name in missing}
    return sorted(f"libc6 (>= {_newest_glibc(folder)})" if name == "libc6" else name for name in packages)


def elf_files(folder: Path) -> list[Path]:
    """Programs and shared libraries under a folder, without links to them."""
    return [path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink() and _is_elf(path)]


def _is_elf(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"


def _needed(folder: Path) -> set[str]:
    return set(re.findall(r"^\s+NEEDED\s+(\S+)", _objdump("-p", elf_files(folder)), re.MULTILINE))


def _newest_glibc(folder: Path) -> str:
    versions = re.findall(r"\bGLIBC_(\d+)\.(\d+)", _objdump("-p", elf_files(folder)))
    major, minor = max((int(major), int(minor)) for major, minor in versions)
    return f"{major}.{minor}"


def _objdump(option: str, files: list[Path]) -> str:
    return subprocess.run(["objdump", option, *map(str, files)], check=True, capture_output=True, text=True).stdout
