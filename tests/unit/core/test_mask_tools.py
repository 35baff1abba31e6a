"""The drawing tools against plain numpy over the whole photo."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import ndimage

from foodcal_desktop.core import mask_tools
from foodcal_desktop.core.mask import Mask

H, W = 17, 23
pixels = arrays(np.bool_, (H, W))
coordinates = st.tuples(st.floats(-6, W + 6), st.floats(-6, H + 6))
points = st.lists(coordinates, min_size=1, max_size=5)
EIGHT = np.ones((3, 3))


def centres() -> tuple[np.ndarray, np.ndarray]:
    return np.meshgrid(np.arange(W) + 0.5, np.arange(H) + 0.5)


def plain_stroke(line: list[tuple[float, float]], radius: float) -> np.ndarray:
    x, y = centres()
    out = np.zeros((H, W), dtype=bool)
    for (ax, ay), (bx, by) in zip(line, line[1:] or line, strict=False):
        length2 = (bx - ax) ** 2 + (by - ay) ** 2
        t = np.clip(((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length2, 0, 1) if length2 > 0 else 0
        out |= (x - ax - t * (bx - ax)) ** 2 + (y - ay - t * (by - ay)) ** 2 <= radius**2
    return out


def differing(got: np.ndarray, wanted: np.ndarray) -> int:
    """Pixels that differ; a point in ten million lies so exactly on an edge that rounding decides."""
    return int((got != wanted).sum())


@given(pixels, points, st.floats(0.5, 9), st.booleans())
def test_a_stroke_sets_or_erases_all_that_is_near_its_line(
    start: np.ndarray, line: list[tuple[float, float]], radius: float, erase: bool
) -> None:
    got = mask_tools.brush_stroke(Mask.from_array(start), line, radius, erase).to_array()
    stroke = plain_stroke(line, radius)
    assert differing(got, start & ~stroke if erase else start | stroke) <= 1


@given(pixels, points, st.floats(0.5, 9), st.booleans())
def test_a_stroke_drawn_point_by_point_is_the_stroke_drawn_at_once(
    start: np.ndarray, line: list[tuple[float, float]], radius: float, erase: bool
) -> None:
    mask = Mask.from_array(start)
    stroke = mask_tools.Stroke(mask, radius, erase)
    for point in line:
        before = stroke.pixels.copy()
        x0, y0, x1, y1 = stroke.extend([point])
        rows, columns = np.nonzero(before != stroke.pixels)
        assert all(y0 <= r < y1 and x0 <= c < x1 for r, c in zip(rows, columns, strict=True))
    np.testing.assert_array_equal(stroke.finish().to_array(), stroke.pixels)
    assert differing(stroke.finish().to_array(), mask_tools.brush_stroke(mask, line, radius, erase).to_array()) <= 1


def plain_windings(polygon: list[tuple[float, float]]) -> np.ndarray:
    """Winding numbers by the sum of angles, which is slow and knows nothing of rows or crossings."""
    x, y = centres()
    total = np.zeros((H, W))
    for (ax, ay), (bx, by) in zip(polygon, polygon[1:] + polygon[:1], strict=True):
        cross = (ax - x) * (by - y) - (ay - y) * (bx - x)
        total += np.arctan2(cross, (ax - x) * (bx - x) + (ay - y) * (by - y))
    return np.rint(total / (2 * np.pi)).astype(int)


def off_centre(number: int) -> float:
    """A coordinate that no pixel's centre shares, for on the line itself inside and outside are a convention."""
    return number / 7 + 0.013


# Moved a little more in y: lines at 45° would else meet many centres exactly.
vertices = st.tuples(st.integers(-30, 190).map(off_centre), st.integers(-30, 150).map(lambda n: off_centre(n) + 0.017))


@given(st.lists(vertices, min_size=3, max_size=9, unique=True))
def test_a_polygon_holds_the_centres_it_winds_around_an_odd_number_of_times(polygon: list[tuple[float, float]]) -> None:
    got = mask_tools.from_polygon(polygon, H, W).to_array()
    assert differing(got, plain_windings(polygon) % 2 == 1) <= 1


@given(st.lists(vertices, min_size=3, max_size=9, unique=True))
def test_a_lasso_holds_whatever_it_goes_around(line: list[tuple[float, float]]) -> None:
    got = mask_tools.from_lasso(line, H, W).to_array()
    assert differing(got, plain_windings(line) != 0) <= 1


def test_a_lasso_drawn_as_an_eight_holds_both_halves_and_a_double_turn_has_no_hole() -> None:
    eight = [(1.0, 1.0), (15.0, 15.0), (15.0, 1.0), (1.0, 15.0)]
    assert mask_tools.from_lasso(eight, H, W).area == mask_tools.from_polygon(eight, H, W).area > 60
    twice = [(2.0, 2.0), (14.0, 2.0), (14.0, 14.0), (2.0, 14.0)] * 2
    assert mask_tools.from_lasso(twice, H, W).area == 144
    assert mask_tools.from_polygon(twice, H, W).area == 0


def test_fewer_than_three_points_hold_nothing() -> None:
    assert mask_tools.from_polygon([(1, 1), (9, 9)], H, W) == Mask.empty(H, W)
    assert mask_tools.from_polygons([], H, W) == Mask.empty(H, W)


@given(pixels)
def test_polygons_without_tolerance_give_the_same_mask_holes_and_islands_included(start: np.ndarray) -> None:
    mask = Mask.from_array(start)
    assert mask_tools.from_polygons(mask_tools.to_polygons(mask, 0), H, W) == mask


@given(pixels, st.tuples(*(st.integers(-3, W + 3),) * 4))
def test_polygons_within_a_box_give_the_pixels_of_that_box(start: np.ndarray, box: tuple[int, int, int, int]) -> None:
    x0, y0, x1, y1 = min(box[0], box[2]), min(box[1], box[3]), max(box[0], box[2]), max(box[1], box[3])
    outlines = mask_tools.to_polygons(Mask.from_array(start), 1.5)
    whole = mask_tools.from_polygons(outlines, H, W).to_array()
    wanted = np.zeros_like(whole)
    inside = (slice(max(y0, 0), max(y1, 0)), slice(max(x0, 0), max(x1, 0)))
    wanted[inside] = whole[inside]
    got = mask_tools.from_polygons(outlines, H, W, (x0, y0, x1, y1)).to_array()
    np.testing.assert_array_equal(got, wanted)


def test_there_is_one_polygon_for_each_island_and_each_hole() -> None:
    ring = np.zeros((H, W), dtype=bool)
    ring[2:12, 2:12] = True
    ring[5:8, 5:8] = False
    ring[14, 20] = True
    found = mask_tools.to_polygons(Mask.from_array(ring), 0)
    assert [len(p) for p in found] == [4, 4, 4]
    assert sorted(abs(_area(p)) for p in found) == [1, 9, 100]


def _area(p: np.ndarray) -> float:
    return float((p[:, 0] * np.roll(p[:, 1], -1) - p[:, 1] * np.roll(p[:, 0], -1)).sum() / 2)


def test_a_simpler_polygon_has_few_points_and_nearly_the_same_pixels() -> None:
    y, x = np.mgrid[0:300, 0:400]
    disc = Mask.from_array((x - 200) ** 2 + (y - 150) ** 2 < 120**2)
    (outline,) = mask_tools.to_polygons(disc, 1.5)
    assert len(outline) < 40
    assert mask_tools.from_polygon([tuple(p) for p in outline], 300, 400).iou(disc) > 0.985


@given(pixels)
def test_filling_holes_is_what_scipy_fills(start: np.ndarray) -> None:
    got = mask_tools.fill_holes(Mask.from_array(start)).to_array()
    np.testing.assert_array_equal(got, ndimage.binary_fill_holes(start))


@given(pixels, st.integers(1, 12))
def test_only_holes_up_to_a_size_are_filled(start: np.ndarray, max_area: int) -> None:
    labels, count = ndimage.label(ndimage.binary_fill_holes(start) & ~start)
    wanted = start.copy()
    for i in range(1, count + 1):
        if (labels == i).sum() <= max_area:
            wanted |= labels == i
    np.testing.assert_array_equal(mask_tools.fill_holes(Mask.from_array(start), max_area).to_array(), wanted)


@given(pixels, st.integers(1, 40))
def test_small_islands_go_and_the_largest_stays(start: np.ndarray, min_area: int) -> None:
    labels, count = ndimage.label(start, EIGHT)
    areas = [int((labels == i).sum()) for i in range(1, count + 1)]
    wanted = np.zeros_like(start)
    for i, area in enumerate(areas, start=1):
        if area >= min(min_area, max(areas)):
            wanted |= labels == i
    np.testing.assert_array_equal(mask_tools.drop_islands(Mask.from_array(start), min_area).to_array(), wanted)


@given(pixels)
def test_islands_are_split_without_losing_a_pixel_and_merge_to_the_same_mask(start: np.ndarray) -> None:
    mask = Mask.from_array(start)
    parts = mask_tools.split_islands(mask)
    assert len(parts) == ndimage.label(start, EIGHT)[1]
    assert [p.area for p in parts] == sorted((p.area for p in parts), reverse=True)
    assert sum(p.area for p in parts) == mask.area
    if parts:
        assert mask_tools.merge(parts) == mask


def test_nothing_cannot_be_merged() -> None:
    with pytest.raises(ValueError, match="nothing to merge"):
        mask_tools.merge([])


@given(pixels, pixels, pixels)
def test_add_subtract_and_intersect_are_the_sets_they_say(a: np.ndarray, b: np.ndarray, c: np.ndarray) -> None:
    one, two, three = (Mask.from_array(p) for p in (a, b, c))
    np.testing.assert_array_equal(mask_tools.add(one, two, three).to_array(), a | b | c)
    np.testing.assert_array_equal(mask_tools.subtract(one, two, three).to_array(), a & ~b & ~c)
    np.testing.assert_array_equal(mask_tools.intersect(one, two, three).to_array(), a & b & c)


@pytest.mark.parametrize("tool", [mask_tools.smooth, lambda m, r: mask_tools.drop_islands(m, int(r))])
def test_an_empty_mask_stays_empty(tool) -> None:  # type: ignore[no-untyped-def]
    assert tool(Mask.empty(H, W), 3.0) == Mask.empty(H, W)
    assert mask_tools.fill_holes(Mask.empty(H, W), 5) == Mask.empty(H, W)
    assert mask_tools.split_islands(Mask.empty(H, W)) == ()
    assert mask_tools.to_polygons(Mask.empty(H, W)) == []


def test_smoothing_cuts_whiskers_fills_nicks_and_leaves_the_rest() -> None:
    square = np.zeros((80, 80), dtype=bool)
    square[0:60, 20:60] = True
    rough = square.copy()
    rough[30, 60:75] = True
    rough[10, 20:30] = False
    got = mask_tools.smooth(Mask.from_array(rough), 3).to_array()
    assert not got[30, 65] and got[10, 25]
    assert Mask.from_array(got).iou(Mask.from_array(square)) > 0.98


def test_smoothing_never_makes_a_food_disappear() -> None:
    dot = Mask.from_crop(np.ones((2, 2)), 5, 5, H, W)
    assert mask_tools.smooth(dot, 6) == dot


@given(pixels, st.integers(1, 40), st.integers(1, 40))
def test_on_a_photo_of_another_size_each_pixel_takes_what_lies_under_its_centre(
    start: np.ndarray, height: int, width: int
) -> None:
    rows = ((np.arange(height) + 0.5) * H / height).astype(int)
    columns = ((np.arange(width) + 0.5) * W / width).astype(int)
    got = mask_tools.resized(Mask.from_array(start), height, width).to_array()
    np.testing.assert_array_equal(got, start[np.ix_(rows, columns)])


def test_prompt_logits_say_how_much_of_each_cell_the_mask_holds() -> None:
    half = np.zeros((8, 8), dtype=bool)
    half[:, :3] = True
    got = mask_tools.prompt_logits(Mask.from_array(half), 4, 4)
    np.testing.assert_allclose(got, np.tile([10.0, 0.0, -10.0, -10.0], (4, 1)))
    assert got.dtype == np.float32
