"""Tables, plates and coins drawn by rule, to set cut-out foods on: whole meals, where the photos show single dishes."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

RGB = NDArray[np.uint8]
Shape = NDArray[np.uint8]
"""H×W, 0 or 1."""


@dataclass(frozen=True, slots=True)
class Plate:
    """All of it, and its well, where food lies; both H×W."""

    outline: Shape
    well: Shape

    @property
    def box(self) -> tuple[int, int, int, int]:
        """The box of the well in pixels."""
        x, y, w, h = cv2.boundingRect(self.well)
        return x, y, w, h


def draw_table(side: int, random: np.random.Generator) -> RGB:
    """A plain, striped or checked surface with grain and uneven light, S×S×3."""
    base = random.uniform(25, 235) + random.uniform(-35, 35, 3)
    other = base + random.normal(0, 25, 3)
    along = np.linspace(0, 1, side) * random.uniform(4, 40)
    stripes = np.sin(along * 2 * np.pi + random.uniform(0, 6))
    kind = random.integers(3)
    pattern = {
        0: np.zeros((side, side)),
        1: np.broadcast_to(stripes, (side, side)) * 0.5 + 0.5,
        2: (np.sign(stripes)[:, None] * np.sign(stripes)) * 0.5 + 0.5,
    }[int(kind)][..., None]
    table = base * (1 - pattern) + other * pattern + _grain(side, random)[..., None]
    return _lit(table, random)


def _grain(side: int, random: np.random.Generator) -> NDArray[np.float64]:
    """Noise drawn out along a random direction, as in wood and cloth."""
    cells = random.normal(0, random.uniform(3, 18), (int(random.integers(8, side)), int(random.integers(8, side))))
    return np.asarray(cv2.resize(cells, (side, side), interpolation=cv2.INTER_LINEAR), np.float64)


def _lit(values: NDArray[np.float64], random: np.random.Generator) -> RGB:
    """Brighter on one side than on the other."""
    height, width = values.shape[:2]
    slope_x, slope_y = random.uniform(-0.25, 0.25, 2)
    light = 1 + slope_x * np.linspace(-1, 1, width)[None] + slope_y * np.linspace(-1, 1, height)[:, None]
    return np.asarray((values * light[..., None]).clip(0, 255), np.uint8)


def draw_plate(
    table: RGB, centre: tuple[float, float], radius: float, flat: float, random: np.random.Generator
) -> Plate:
    """Draw a round plate, a bowl or a tray onto the table, in place.

    Args:
        centre: x, y in pixels.
        radius: half its width in pixels.
        flat: its height as a share of its width, as a slanted view shows it.
    """
    square = random.random() < 0.2
    rim = random.uniform(0.62, 0.93)
    outer = _outline(table.shape[:2], centre, radius, flat, square)
    well = _outline(table.shape[:2], centre, radius * rim, flat, square)
    colour = _ware_colour(random)
    _shade(table, outer, random)
    _fill(table, outer, colour)
    _fill(table, well, colour * random.uniform(0.82, 1.06))
    edge = _outline(table.shape[:2], centre, radius * min(rim + 0.03, 0.98), flat, square)
    _fill(table, edge & (1 - well), colour * random.uniform(0.75, 1.15))
    return Plate(outer, well)


def _ware_colour(random: np.random.Generator) -> NDArray[np.float64]:
    """Mostly white or steel, sometimes of any colour."""
    if random.random() < 0.65:
        return random.uniform(150, 250) + random.uniform(-12, 12, 3)
    return random.uniform(20, 235, 3)


def _outline(size: tuple[int, ...], centre: tuple[float, float], radius: float, flat: float, square: bool) -> Shape:
    """A filled ellipse, or a rectangle with round corners (a superellipse of the sixth power)."""
    turns = np.linspace(0, 2 * np.pi, 96, endpoint=False)
    power = 1 / 3 if square else 1.0
    x = np.sign(np.cos(turns)) * np.abs(np.cos(turns)) ** power
    y = np.sign(np.sin(turns)) * np.abs(np.sin(turns)) ** power
    points = np.column_stack([centre[0] + radius * x, centre[1] + radius * flat * y])
    shape = np.zeros(size[:2], np.uint8)
    cv2.fillPoly(shape, [points.round().astype(np.int32)], 1)
    return shape


def _shade(table: RGB, outer: Shape, random: np.random.Generator) -> None:
    """The soft shadow that a thing throws to one side."""
    reach = max(cv2.boundingRect(outer)[2] * random.uniform(0.02, 0.08), 1.0)
    shift = np.array([[1, 0, random.uniform(-1, 1) * reach], [0, 1, random.uniform(0, 1) * reach]])
    moved = cv2.warpAffine(outer.astype(np.float32), shift, outer.shape[::-1])
    depth = np.asarray(cv2.GaussianBlur(moved, (0, 0), reach), np.float32) * random.uniform(0.2, 0.6)
    table[:] = (table * (1 - depth[..., None])).astype(np.uint8)


def _fill(table: RGB, shape: Shape, colour: NDArray[np.float64]) -> None:
    """Paint a shape with a softened edge, slightly lighter towards one corner."""
    x, y, w, h = cv2.boundingRect(shape)
    if w == 0:
        return
    window = np.s_[y : y + h, x : x + w]
    alpha = np.asarray(cv2.GaussianBlur(shape[window].astype(np.float32), (0, 0), 0.8), np.float32)[..., None]
    gleam = 1 + 0.12 * (np.linspace(-1, 1, w)[None] + np.linspace(-1, 1, h)[:, None])[..., None] / 2
    painted = (colour * gleam).clip(0, 255)
    table[window] = (table[window] * (1 - alpha) + painted * alpha).round().astype(np.uint8)


def draw_coin(
    table: RGB, centre: tuple[float, float], radius: float, flat: float, random: np.random.Generator
) -> Shape:
    """Draw a coin with a rim and a relief onto the table, in place, and return its outline."""
    metal = random.choice(np.array([(190, 190, 192), (205, 170, 95), (170, 110, 75), (150, 150, 148)]))
    coin = _outline(table.shape[:2], centre, radius, flat, False)
    face = _outline(table.shape[:2], centre, radius * 0.86, flat, False)
    _shade(table, coin, random)
    _fill(table, coin, metal * random.uniform(0.7, 1.15))
    _fill(table, face, metal * random.uniform(0.7, 1.15))
    relief = _grain(max(table.shape[:2]), random)[: table.shape[0], : table.shape[1], None] * 2
    table[:] = np.where(face[..., None] > 0, (table + relief).clip(0, 255), table).astype(np.uint8)
    return coin
