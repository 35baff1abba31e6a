"""The mask: which pixels of a photo belong to one annotation. The mask is the truth; polygons derive from it."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foodcal_desktop.core import coco_rle, spans

Pixels = NDArray[np.bool_]

_HEADER = struct.Struct("<6I")


@dataclass(frozen=True, slots=True)
class Mask:
    """An immutable binary mask: the photo's size, a crop (x, y, w, h in pixels) and its pixels, run-length coded.

    ``runs`` are little-endian uint32 column-major run lengths inside the crop, background first. An empty mask has a
    crop of no size. Two equal masks have equal fields, for the crop is always the tight one.
    """

    height: int
    width: int
    x: int
    y: int
    w: int
    h: int
    runs: bytes

    @staticmethod
    def from_array(pixels: NDArray[Any]) -> Mask:
        """From an H×W array, true (or non-zero) inside. Raises ValueError for another shape."""
        if pixels.ndim != 2:
            raise ValueError(f"A mask is a height × width array, not one of shape {pixels.shape}.")
        inside = np.asarray(pixels, dtype=bool)
        return Mask.from_crop(inside, 0, 0, inside.shape[0], inside.shape[1])

    @staticmethod
    def from_crop(crop: NDArray[Any], x: int, y: int, height: int, width: int) -> Mask:
        """From pixels whose top left corner stands at (x, y) of a photo height × width; what lies outside is cut."""
        inside = np.asarray(crop, dtype=bool)
        inside = inside[max(-y, 0) : max(height - y, 0), max(-x, 0) : max(width - x, 0)]
        x, y = max(x, 0), max(y, 0)
        rows, columns = np.flatnonzero(inside.any(axis=1)), np.flatnonzero(inside.any(axis=0))
        if rows.size == 0:
            return Mask(height, width, 0, 0, 0, 0, b"")
        top, left = int(rows[0]), int(columns[0])
        tight = inside[top : rows[-1] + 1, left : columns[-1] + 1]
        runs = coco_rle.runs_of(tight).astype("<u4").tobytes()
        return Mask(height, width, x + left, y + top, tight.shape[1], tight.shape[0], runs)

    @staticmethod
    def from_spans(found: spans.Spans, height: int, width: int) -> Mask:
        """From stretches of pixels of single columns (``spans``) of a photo height × width."""
        if not found[0].size:
            return Mask.empty(height, width)
        x, y, w, h = spans.box(found, height)
        runs = spans.to_runs(found, x, y, w, h, height).astype("<u4").tobytes()
        return Mask(height, width, x, y, w, h, runs)

    @staticmethod
    def empty(height: int, width: int) -> Mask:
        """A mask of no pixels."""
        return Mask(height, width, 0, 0, 0, 0, b"")

    def crop(self) -> Pixels:
        """The pixels of the crop, h × w."""
        return coco_rle.pixels_of(np.frombuffer(self.runs, "<u4").astype(np.int64), self.h, self.w)

    def to_array(self) -> Pixels:
        """All pixels of the photo, H × W."""
        out = np.zeros((self.height, self.width), dtype=bool)
        out[self.y : self.y + self.h, self.x : self.x + self.w] = self.crop()
        return out

    @property
    def area(self) -> int:
        """Set pixels."""
        return int(np.frombuffer(self.runs, "<u4")[1::2].sum())

    @property
    def box(self) -> tuple[int, int, int, int]:
        """x0, y0, x1, y1 in pixels, the far edge excluded; zeros for an empty mask."""
        return self.x, self.y, self.x + self.w, self.y + self.h

    def contains(self, x: float, y: float) -> bool:
        """Whether the pixel that holds the point (x, y) is set."""
        column, row = int(np.floor(x)) - self.x, int(np.floor(y)) - self.y
        if not (0 <= column < self.w and 0 <= row < self.h):
            return False
        changes = np.cumsum(np.frombuffer(self.runs, "<u4"), dtype=np.int64)
        return bool(np.searchsorted(changes, column * self.h + row, side="right") % 2)

    def union(self, other: Mask) -> Mask:
        """Pixels of either. Raises ValueError where the photos differ in size."""
        self._require_same_photo(other)
        if not self.runs or not other.runs:
            return self if self.runs else other
        return self._combined(other, np.logical_or)

    def intersection(self, other: Mask) -> Mask:
        """Pixels of both. Raises ValueError where the photos differ in size."""
        self._require_same_photo(other)
        if not self.meets(other):
            return Mask.empty(self.height, self.width)
        return self._combined(other, np.logical_and)

    def difference(self, other: Mask) -> Mask:
        """Pixels of this one that the other has not. Raises ValueError where the photos differ in size."""
        self._require_same_photo(other)
        return self._combined(other, np.greater) if self.meets(other) else self

    def iou(self, other: Mask) -> float:
        """Intersection over union, 0 to 1; two empty masks agree wholly."""
        self._require_same_photo(other)
        shared = spans.shared(self.stretches(), other.stretches()) if self.meets(other) else 0
        union = self.area + other.area - shared
        return shared / union if union else 1.0

    def shares(self, other: Mask) -> bool:
        """Whether a pixel is in both. Raises ValueError where the photos differ in size."""
        self._require_same_photo(other)
        return self.meets(other) and spans.shared(self.stretches(), other.stretches()) > 0

    def meets(self, other: Mask) -> bool:
        """Whether the crops have pixels in common; where not, the masks have none either."""
        across = max(self.x, other.x) < min(self.x + self.w, other.x + other.w)
        return across and max(self.y, other.y) < min(self.y + self.h, other.y + other.h)

    def stretches(self) -> spans.Spans:
        """The set pixels as stretches of single columns, by positions in the whole photo (see ``spans``)."""
        return spans.of_runs(np.frombuffer(self.runs, "<u4").astype(np.int64), self.x, self.y, self.h, self.height)

    def _combined(self, other: Mask, rule: spans.Rule) -> Mask:
        found = spans.combined(self.stretches(), other.stretches(), rule, self.height)
        return Mask.from_spans(found, self.height, self.width)

    def _require_same_photo(self, other: Mask) -> None:
        if (self.height, self.width) != (other.height, other.width):
            raise ValueError(
                f"The masks belong to photos of different size ({self.width}×{self.height} and "
                f"{other.width}×{other.height})."
            )

    def to_bytes(self) -> bytes:
        """The form kept in the database: six little-endian uint32 (height, width, x, y, w, h), then the runs."""
        return _HEADER.pack(self.height, self.width, self.x, self.y, self.w, self.h) + self.runs

    @staticmethod
    def from_bytes(data: bytes) -> Mask:
        """The mask of ``to_bytes``. Raises ValueError where the bytes are none."""
        if len(data) < _HEADER.size or (len(data) - _HEADER.size) % 4:
            raise ValueError("The stored mask is damaged.")
        height, width, x, y, w, h = _HEADER.unpack_from(data)
        mask = Mask(height, width, x, y, w, h, data[_HEADER.size :])
        if int(np.frombuffer(mask.runs, "<u4").sum()) != w * h or x + w > width or y + h > height:
            raise ValueError("The stored mask is damaged.")
        return mask

    def to_coco(self) -> dict[str, Any]:
        """COCO's compressed RLE of the whole photo: ``{"size": [height, width], "counts": str}``."""
        counts = coco_rle.encode_string(coco_rle.runs_of(self.to_array()))
        return {"size": [self.height, self.width], "counts": counts}

    @staticmethod
    def from_coco(rle: dict[str, Any]) -> Mask:
        """From COCO's RLE, compressed or as a list of counts.

        Raises:
            ValueError: the keys are missing or the counts do not fill the size.
        """
        try:
            height, width = (int(n) for n in rle["size"])
            counts = rle["counts"]
        except (KeyError, TypeError, ValueError) as error:
            raise ValueError("A COCO mask needs the keys 'size' and 'counts'.") from error
        text = counts.decode("ascii") if isinstance(counts, bytes) else counts
        runs = coco_rle.decode_string(text) if isinstance(text, str) else text
        return Mask.from_array(coco_rle.pixels_of(runs, height, width))
