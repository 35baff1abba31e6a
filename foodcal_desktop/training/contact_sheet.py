"""The objects a checkpoint segments worst, on one sheet: what was wanted, what was found, where it was clicked."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from foodcal_desktop.core.mask import Mask
from foodcal_desktop.storage import photos as photo_files
from foodcal_desktop.storage.files import write_whole
from foodcal_desktop.training.evaluate import ObjectFigures

RGB = NDArray[np.uint8]

SUFFIXES = (".png", ".jpg", ".jpeg")

_TILE, _CAPTION, _COLUMNS, _HEAD = 240, 34, 6, 24
_GROUND = 32
_TEXT = (235, 235, 235)
_WANTED, _FOUND, _POSITIVE, _NEGATIVE = (52, 199, 89), (255, 149, 0), (255, 255, 255), (255, 59, 48)


def write_sheet(objects: Sequence[ObjectFigures], path: Path, count: int = 36) -> int:
    """Write the worst objects (by IoU after five clicks) as PNG or JPEG, the worst first; how many are on it.

    Green is the outline wanted, orange the one found after five clicks, white dots positive and red dots negative
    clicks; the sheet says so at its head.

    Raises:
        ValueError: the file's ending is no picture's.
        OSError: the file cannot be written.
    """
    worst = sorted(objects, key=lambda one: one.iou_after(5))[:count]
    tiles = [_tile(one) for one in worst]
    columns = min(_COLUMNS, len(tiles))
    tiles += [np.full_like(tiles[0], _GROUND)] * (-len(tiles) % columns)
    rows = _head(columns * tiles[0].shape[1]) + [
        np.hstack(tiles[i : i + columns]) for i in range(0, len(tiles), columns)
    ]
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise ValueError(f"A contact sheet is a .png or .jpg, not '{path.name}'.")
    _, encoded = cv2.imencode(suffix, cv2.cvtColor(np.vstack(rows), cv2.COLOR_RGB2BGR))
    write_whole(path, encoded.tobytes())
    return len(worst)


def _tile(one: ObjectFigures) -> RGB:
    rgb = photo_files.load(one.photo.path).pixels
    x0, y0, side = _window(one, rgb.shape[0], rgb.shape[1])
    scale = _TILE / side
    matrix = np.array([[scale, 0, -x0 * scale], [0, scale, -y0 * scale]])
    tile = np.asarray(
        cv2.warpAffine(rgb, matrix, (_TILE, _TILE), flags=cv2.INTER_AREA, borderValue=(_GROUND,) * 3), np.uint8
    )
    for mask, colour in ((one.instance.mask(), _WANTED), (one.found, _FOUND)):
        if mask is not None:
            _outline(tile, mask, matrix, colour)
    for click in one.clicks[:5]:
        at = (round((click.x - x0) * scale), round((click.y - y0) * scale))
        cv2.circle(tile, at, 4, (0, 0, 0), -1, cv2.LINE_AA)
        cv2.circle(tile, at, 3, _POSITIVE if click.positive else _NEGATIVE, -1, cv2.LINE_AA)
    # A dark rim, so that one photo does not run into the next.
    return np.pad(np.vstack([tile, _caption(one)]), ((1, 1), (1, 1), (0, 0)), constant_values=_GROUND)


_LEGEND: tuple[tuple[str, tuple[int, int, int]], ...] = (
    ("The worst first", _TEXT),
    ("outline wanted", _WANTED),
    ("found after 5 clicks", _FOUND),
    ("click on it", _POSITIVE),
    ("click beside it", _NEGATIVE),
    ("IoU after 1, 3, 5 clicks and by a box", _TEXT),
)


def _head(width: int) -> list[RGB]:
    """The legend in as many lines as the width needs."""
    lines, x = [np.full((_HEAD, width, 3), _GROUND, np.uint8)], 8
    for text, colour in _LEGEND:
        (length, _), _ = cv2.getTextSize(text, cv2.FONT_HERSHEY_SIMPLEX, 0.4, 1)
        if x > 8 and x + length + 16 > width:
            lines, x = [*lines, np.full((_HEAD, width, 3), _GROUND, np.uint8)], 8
        if colour != _TEXT:
            cv2.circle(lines[-1], (x + 4, _HEAD // 2), 4, colour, -1, cv2.LINE_AA)
            x += 14
        cv2.putText(lines[-1], text, (x, 16), cv2.FONT_HERSHEY_SIMPLEX, 0.4, _TEXT, 1, cv2.LINE_AA)
        x += length + 24
    return lines


def _window(one: ObjectFigures, height: int, width: int) -> tuple[float, float, float]:
    """A square round the object with air about it: its left, top and side in px."""
    left, top, right, bottom = one.instance.mask().box
    side = min(max(right - left, bottom - top) * 1.6, float(max(height, width)))
    return (left + right - side) / 2, (top + bottom - side) / 2, side


def _outline(tile: RGB, mask: Mask, matrix: NDArray[np.float64], colour: tuple[int, int, int]) -> None:
    pixels = mask.to_array().astype(np.uint8) * 255
    warped = cv2.warpAffine(pixels, matrix, (_TILE, _TILE), flags=cv2.INTER_LINEAR)
    contours, _ = cv2.findContours((warped > 127).astype(np.uint8), cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
    cv2.drawContours(tile, contours, -1, colour, 1, cv2.LINE_AA)


def _caption(one: ObjectFigures) -> RGB:
    strip = np.full((_CAPTION, _TILE, 3), _GROUND, np.uint8)
    ious = " ".join(f"{one.iou_after(clicks):.2f}" for clicks in (1, 3, 5))
    lines = (f"IoU {ious}  box {one.box_iou:.2f}", f"{one.instance.category} - {one.photo.path.name}")
    for number, line in enumerate(lines):
        # OpenCV's own letters are ASCII only.
        text = line.encode("ascii", "replace").decode()
        cv2.putText(strip, text[:40], (5, 13 + 15 * number), cv2.FONT_HERSHEY_SIMPLEX, 0.36, _TEXT, 1)
    return strip
