"""What weighs how much in the frozen folder.

python packaging/sizes.py FOLDER  prints the table that stands in docs/packaging.md.
"""

from __future__ import annotations

import sys
from collections import Counter
from fnmatch import fnmatchcase
from pathlib import Path

# The first pattern that fits a file's name under _internal counts it.
PARTS = (
    ("torch: libraries", "torch/*"),
    ("OpenCV with its libraries", "cv2/*"),
    ("OpenCV with its libraries", "opencv_python_headless*"),
    ("Qt and PySide6", "PySide6/*"),
    ("Qt and PySide6", "shiboken6/*"),
    ("NumPy with its libraries", "numpy*"),
    ("HEIC (libheif, x265, de265)", "*pillow_heif*"),
    ("Pillow with its libraries", "PIL/*"),
    ("Pillow with its libraries", "pillow.libs/*"),
    ("the bundled checkpoint", "models/*"),
    ("food table, icons, recipes", "resources/*"),
    ("food table, icons, recipes", "recipes/*"),
    ("system libraries brought along", "lib*.so*"),
    ("other Python extensions", "*"),
)
PROGRAM = "the program: all Python modules, compressed"


def table(folder: Path) -> str:
    """A Markdown table of the parts in MB (10^6 bytes), the largest first, with their sum."""
    parts = measured(folder)
    rows = [f"| {name} | {size / 1e6:.1f} |" for name, size in parts.most_common()]
    total = f"| **all** | **{sum(parts.values()) / 1e6:.1f}** |"
    return "\n".join(["| part | MB |", "|---|---|", *rows, total])


def measured(folder: Path) -> Counter[str]:
    """Bytes of each part."""
    parts: Counter[str] = Counter()
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            parts[_part(path.relative_to(folder).as_posix())] += path.stat().st_size
    return parts


def _part(name: str) -> str:
    inner = name.removeprefix("_internal/")
    if inner == name:
        return PROGRAM
    return next(part for part, pattern in PARTS if fnmatchcase(inner, pattern))


if __name__ == "__main__":
    print(table(Path(sys.argv[1])))
