"""Training samples: a photo and its masks, turned, cropped, recoloured, sometimes with foods of other photos on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from foodcal_desktop.dataset.instances import DatasetPhoto
from foodcal_desktop.training.settings import Augmentation
from foodcal_desktop.training.tableware import Plate, draw_coin, draw_plate, draw_table

RGB = NDArray[np.uint8]
Masks = list[NDArray[np.uint8]]

# Half the side of a close sample's window over the longer side of its object, from and to; then hardly cropped again.
_CLOSE_REACH, _CLOSE_CROP = (0.65, 1.5), 0.85
# What is smaller, in px of the photo, shows nothing when it is enlarged.
_LEAST_SEEN = 16


@dataclass(frozen=True, slots=True)
class Sample:
    """A photo S×S×3 RGB and its objects as shares of S/4×S/4 cells, K×S/4×S/4 float32."""

    rgb: RGB
    targets: NDArray[np.float32]


class Sampler:
    """Draws samples from photos; not reproducible across versions of OpenCV, but from its seed."""

    def __init__(
        self, photos: Sequence[DatasetPhoto], objects: int, augmentation: Augmentation, random: np.random.Generator
    ) -> None:
        self._photos = [photo for photo in photos if photo.instances]
        self._objects = objects
        self._how = augmentation
        self._random = random
        # Photos with many objects teach more, by the root of their number.
        weights = np.array([len(photo.instances) ** 0.5 for photo in self._photos])
        self._weights = weights / weights.sum()

    def draw(self, side: int, tries: int = 1000) -> Sample:
        """One sample with at least one object.

        Raises:
            ValueError: after so many tries no object was large enough to be seen at this side.
        """
        drawn = (self._drawn(self._any_photo(), side) for _ in range(tries))
        sample = next(filter(None, drawn), None)
        if sample is None:
            raise ValueError("No object of the dataset is large enough to learn from; annotate larger ones.")
        return sample

    def draw_from(self, photo: DatasetPhoto, side: int, tries: int = 10) -> Sample | None:
        """One sample of this photo, or None where none of its objects is large enough to be seen at this side."""
        return next(filter(None, (self._drawn(photo, side) for _ in range(tries))), None)

    def plain(self, photo: DatasetPhoto, side: int) -> tuple[RGB, NDArray[np.float32]]:
        """The photo as it is, at full size, and its objects as shares of cells; there may be none."""
        rgb, masks = self._loaded(photo)
        return rgb, self._chosen(masks, side)

    def _drawn(self, photo: DatasetPhoto, side: int) -> Sample | None:
        if self._random.random() < self._how.scene:
            rgb, masks = self._scene()
        else:
            rgb, masks = self._loaded(photo)
            if self._random.random() < self._how.paste:
                rgb, masks = self._with_pasted(rgb, masks)
        close = self._random.random() < self._how.close
        if close:
            rgb, masks = self._near(rgb, masks)
        rgb, masks = self._warped(rgb, masks, side, _CLOSE_CROP if close else self._how.smallest_crop)
        targets = self._chosen(masks, side)
        return Sample(self._recoloured(rgb), targets) if len(targets) else None

    def _any_photo(self) -> DatasetPhoto:
        return self._photos[int(self._random.choice(len(self._photos), p=self._weights))]

    def _loaded(self, photo: DatasetPhoto, most: int = 24) -> tuple[RGB, Masks]:
        # Not by imread, which on Windows opens no path with letters of another alphabet.
        data = np.fromfile(photo.path, np.uint8)
        bgr = cv2.imdecode(data, cv2.IMREAD_COLOR) if data.size else None
        if bgr is None:
            raise ValueError(f"{photo.path.name} of the dataset cannot be read; export the dataset again.")
        order = self._random.permutation(len(photo.instances))[:most]
        masks = [photo.instances[i].mask().to_array().astype(np.uint8) for i in order]
        return np.ascontiguousarray(bgr[..., ::-1]), masks

    def _with_pasted(self, rgb: RGB, masks: Masks) -> tuple[RGB, Masks]:
        """With cut-out objects of other photos on top, their edges softened so that the cut tells nothing."""
        rgb = rgb.copy()
        for _ in range(int(self._random.integers(1, self._how.most_pasted + 1))):
            other, cut_outs = self._loaded(self._any_photo(), 1)
            cut = self._cut_out(other, cut_outs[0], rgb.shape[0], rgb.shape[1])
            if cut is not None:
                masks = _paste(rgb, masks, *cut)
        return rgb, masks

    def _cut_out(
        self,
        rgb: RGB,
        mask: NDArray[np.uint8],
        height: int,
        width: int,
        sizes: tuple[float, float] = (0.12, 0.6),
    ) -> tuple[RGB, NDArray[np.uint8], int, int] | None:
        x, y, w, h = cv2.boundingRect(mask)
        if w < 12 or h < 12:
            return None
        longest = self._random.uniform(*sizes) * min(height, width)
        scale = longest / max(w, h)
        size = (max(round(w * scale), 4), max(round(h * scale), 4))
        piece = cv2.resize(rgb[y : y + h, x : x + w], size, interpolation=cv2.INTER_AREA)
        shape = cv2.resize(mask[y : y + h, x : x + w] * 255, size, interpolation=cv2.INTER_AREA)
        left = int(self._random.integers(-size[0] // 4, max(width - 3 * size[0] // 4, 1)))
        top = int(self._random.integers(-size[1] // 4, max(height - 3 * size[1] // 4, 1)))
        return np.asarray(piece, np.uint8), np.asarray(shape, np.uint8), left, top

    def _scene(self, side: int = 448) -> tuple[RGB, Masks]:
        """A meal on plates that are drawn: a table, one to five plates with foods of the photos on them, a coin."""
        random = self._random
        table = draw_table(side, random)
        flat = random.uniform(0.6, 1.0)
        masks: Masks = []
        for centre, radius in _places(side, int(random.integers(1, 6)), random):
            plate = draw_plate(table, centre, radius, flat, random)
            masks = self._served(table, [*_uncovered(masks, plate.outline), plate.outline], plate)
        if random.random() < 0.4:
            x, y = random.uniform(0.1, 0.9, 2) * side
            coin = draw_coin(table, (x, y), random.uniform(0.02, 0.06) * side, flat, random)
            masks = [*_uncovered(masks, coin), coin]
        return table, masks

    def _served(self, table: RGB, masks: Masks, plate: Plate) -> Masks:
        """One to three foods in a plate's well, cut off at its edge as sauces and rice are."""
        x, y, w, h = plate.box
        for _ in range(int(self._random.integers(1, 4))):
            rgb, cut_outs = self._loaded(self._any_photo(), 1)
            cut = self._cut_out(rgb, cut_outs[0], h, w, (0.45, 1.0)) if min(w, h) > 24 else None
            if cut is None:
                continue
            piece, shape, left, top = cut
            shape = _clipped(shape, plate.well, x + left, y + top)
            masks = _paste(table, masks, piece, shape, x + left, y + top)
        return masks

    def _near(self, rgb: RGB, masks: Masks) -> tuple[RGB, Masks]:
        """A window around one object, which fills a third to three quarters of it, with what else lies in it."""
        x, y, w, h = cv2.boundingRect(masks[int(self._random.integers(len(masks)))])
        if max(w, h) < _LEAST_SEEN:
            return rgb, masks
        reach = max(w, h) * np.exp(self._random.uniform(*np.log(_CLOSE_REACH)))
        across, down = x + w / 2, y + h / 2
        rows = slice(max(int(down - reach), 0), int(down + reach))
        columns = slice(max(int(across - reach), 0), int(across + reach))
        return np.ascontiguousarray(rgb[rows, columns]), [np.ascontiguousarray(m[rows, columns]) for m in masks]

    def _warped(self, rgb: RGB, masks: Masks, side: int, smallest: float) -> tuple[RGB, Masks]:
        matrix = self._matrix(rgb.shape[0], rgb.shape[1], side, smallest)
        border = cv2.BORDER_REFLECT_101 if self._random.random() < 0.7 else cv2.BORDER_CONSTANT
        grey = int(self._random.integers(0, 256))
        shrinks = np.hypot(*matrix[:, 0]) < 0.7
        if shrinks:
            rgb = np.asarray(cv2.blur(rgb, (2, 2)), np.uint8)
        warped = cv2.warpAffine(
            rgb, matrix, (side, side), flags=cv2.INTER_LINEAR, borderMode=border, borderValue=(grey, grey, grey)
        )
        outlines = [cv2.warpAffine(m, matrix, (side, side), flags=cv2.INTER_NEAREST) for m in masks]
        return np.asarray(warped, np.uint8), [np.asarray(m, np.uint8) for m in outlines]

    def _matrix(self, height: int, width: int, side: int, smallest: float) -> NDArray[np.float64]:
        """A random crop (or a wider view), turned and mirrored, to S×S: 2×3, photo to input."""
        how, random = self._how, self._random
        if random.random() < how.zoom_out:
            kept = random.uniform(1.0, how.largest_zoom_out)
        else:
            kept = np.exp(random.uniform(np.log(smallest), 0.0))
        stretch = np.exp(random.uniform(-0.2, 0.2))
        angle = np.deg2rad(random.uniform(-how.rotate_deg, how.rotate_deg)) if random.random() < 0.4 else 0.0
        flip = -1.0 if random.random() < 0.5 else 1.0
        scale_x, scale_y = side / (width * kept) * stretch, side / (height * kept) / stretch
        room_x, room_y = (1 - kept) * width / 2, (1 - kept) * height / 2
        centre = np.array([width / 2 + random.uniform(-1, 1) * room_x, height / 2 + random.uniform(-1, 1) * room_y])
        turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
        linear = np.diag([scale_x * flip, scale_y]) @ turn
        if random.random() < 0.15:
            linear = np.diag([1.0, -1.0]) @ linear
        shift = side / 2 - linear @ centre
        return np.column_stack([linear, shift])

    def _chosen(self, masks: Masks, side: int) -> NDArray[np.float32]:
        """Up to K objects that are still seen, small ones more often than their area would have it."""
        cells = side // 4
        shares = [cv2.resize(m * 255, (cells, cells), interpolation=cv2.INTER_AREA) / np.float32(255) for m in masks]
        shares = [s for s in shares if s.sum() >= 6 and s.max() > 0.6 and s.mean() < 0.9]
        if not shares:
            return np.zeros((0, cells, cells), np.float32)
        weights = np.array([float(s.sum()) for s in shares]) ** -0.25
        count = min(self._objects, len(shares))
        picked = self._random.choice(len(shares), count, replace=False, p=weights / weights.sum())
        return np.stack([shares[i] for i in picked]).astype(np.float32)

    def _recoloured(self, rgb: RGB) -> RGB:
        random = self._random
        if random.random() >= self._how.recolour:
            return rgb
        values = rgb.astype(np.float32)
        values *= random.uniform(0.7, 1.3)
        values = (values - values.mean()) * random.uniform(0.75, 1.3) + values.mean()
        grey = values.mean(axis=2, keepdims=True)
        values = grey + (values - grey) * random.uniform(0.5, 1.4)
        values *= random.uniform(0.88, 1.12, size=3).astype(np.float32)
        if random.random() < 0.15:
            values += random.normal(0, random.uniform(2, 9), rgb.shape).astype(np.float32)
        if random.random() < 0.12:
            values = np.asarray(cv2.GaussianBlur(values, (0, 0), random.uniform(0.5, 1.6)), np.float32)
        return values.clip(0, 255).astype(np.uint8)


def _places(side: int, count: int, random: np.random.Generator) -> list[tuple[tuple[float, float], float]]:
    """Centres and radii of plates that hardly overlap; one that finds no room is left out."""
    places: list[tuple[tuple[float, float], float]] = []
    for _ in range(count * 6):
        radius = float(random.uniform(0.12, 0.45 if count == 1 else 0.3) * side)
        x, y = random.uniform(0.05, 0.95, 2) * side
        if len(places) < count and all(np.hypot(x - a, y - b) > 0.95 * (radius + r) for (a, b), r in places):
            places.append(((float(x), float(y)), radius))
    return places


def _uncovered(masks: Masks, above: NDArray[np.uint8]) -> Masks:
    """The masks without what a new thing hides of them."""
    return [m & (1 - above) for m in masks]


def _clipped(shape: NDArray[np.uint8], well: NDArray[np.uint8], left: int, top: int) -> NDArray[np.uint8]:
    """A cut-out's shape h×w without what would lie outside of the well."""
    shift = np.array([[1.0, 0.0, -left], [0.0, 1.0, -top]])
    inside = cv2.warpAffine(well, shift, shape.shape[::-1], flags=cv2.INTER_NEAREST)
    return np.asarray(shape * inside, np.uint8)


def _paste(rgb: RGB, masks: Masks, piece: RGB, shape: NDArray[np.uint8], left: int, top: int) -> Masks:
    """Draw a cut-out in place and return the masks without what it hides, and its own."""
    height, width = rgb.shape[:2]
    x0, y0 = max(left, 0), max(top, 0)
    x1, y1 = min(left + piece.shape[1], width), min(top + piece.shape[0], height)
    if x1 - x0 < 4 or y1 - y0 < 4:
        return masks
    window = np.s_[y0:y1, x0:x1]
    inner = np.s_[y0 - top : y1 - top, x0 - left : x1 - left]
    alpha = np.asarray(cv2.GaussianBlur(shape, (0, 0), 0.8), np.float32)[inner][..., None] / 255
    rgb[window] = (rgb[window] * (1 - alpha) + piece[inner] * alpha).round().astype(np.uint8)
    own = np.zeros((height, width), np.uint8)
    own[window] = shape[inner] > 127
    kept = [m & (1 - own) for m in masks]
    # A food that is mostly hidden by the pasted one is no longer what a person would click.
    seen = [k for k, m in zip(kept, masks, strict=True) if k.sum() > 0.3 * m.sum()]
    return [*seen, own]
