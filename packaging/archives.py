"""The relocatable archive: unpack it anywhere, under any name, and start ``foodcal-desktop/foodcal-desktop``."""

from __future__ import annotations

import platform
import subprocess
from pathlib import Path


def tar_xz(folder: Path, out: Path, version: str, *, quick: bool = False) -> Path:
    """Pack the frozen folder. Raises CalledProcessError where tar or xz fails."""
    target = out / f"{folder.name}-{version}-linux-{platform.machine()}.tar.xz"
    compressor = f"xz -T2 -{1 if quick else 6}"
    names = ["--sort=name", "--owner=0", "--group=0", "--numeric-owner"]
    command = ["tar", "-C", str(folder.parent), *names, "-I", compressor, "-cf", str(target), folder.name]
    subprocess.run(command, check=True)
    return target
