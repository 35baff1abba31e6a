"""Render the program's icon, resources/icons/app.svg, for desktops, installers and window managers.

python packaging/icons.py OUT_FOLDER  writes PNGs of every size, an .ico and an .icns.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[1] / "resources" / "icons" / "app.svg"
SIZES = (16, 24, 32, 48, 64, 128, 256, 512)


def render(out: Path) -> list[Path]:
    """Write ``<size>.png`` of each of SIZES, foodcal-desktop.ico and .icns into ``out``; returns the PNGs."""
    from PIL import Image

    out.mkdir(parents=True, exist_ok=True)
    pngs = [_render_one(out / f"{size}.png", size) for size in SIZES]
    with Image.open(out / "256.png") as image:
        image.save(out / "foodcal-desktop.ico", sizes=[(size, size) for size in SIZES if size <= 256])
    with Image.open(out / "512.png") as image:
        image.save(out / "foodcal-desktop.icns")
    return pngs


def _render_one(target: Path, size: int) -> Path:
    from PySide6.QtCore import QRectF, Qt
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(SOURCE)).render(painter, QRectF(0, 0, size, size))
    painter.end()
    if not image.save(str(target)):
        raise OSError(f"{target} cannot be written.")
    return target


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    for path in render(Path(sys.argv[1])):
        print(path)
