"""Put the torchvision that belongs to the installed torch into a folder of its own, for `make parity` and `make bench`.

    python scripts/parity/prepare.py FOLDER

Only Python code of it is used (see official.py), so it is installed without its dependencies and never into the
program's environment.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import torch

# torchvision 0.28 belongs to torch 2.13, and so on down to 0.15 and 2.0.
_FIRST = 15


def main() -> int:
    folder = Path(sys.argv[1])
    minor = int(torch.__version__.split(".")[1]) + _FIRST
    if (folder / "torchvision").is_dir() and list(folder.glob(f"torchvision-0.{minor}.*")):
        return 0
    wanted = f"torchvision==0.{minor}.*"
    return subprocess.call([sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", str(folder), wanted])


if __name__ == "__main__":
    sys.exit(main())
