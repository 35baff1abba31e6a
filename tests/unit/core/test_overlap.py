from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from foodcal_desktop.core.annotation import Annotation
from foodcal_desktop.core.mask import Mask
from foodcal_desktop.core.overlap import (
    exclusive,
    exclusive_by_id,
    exclusive_by_size,
    moved,
    settled,
    stacked,
)

pixel_stacks = st.lists(arrays(np.bool_, (9, 12)), max_size=5)


def annotation(number: int, mask: Mask | None = None, order: int | None = None) -> Annotation:
    return Annotation(f"id{number}", "photo", mask or Mask.empty(4, 4), order=number if order is None else order)


@given(pixel_stacks)
def test_every_pixel_goes_to_the_topmost_mask_that_has_it(stack: list[np.ndarray]) -> None:
    got = exclusive([Mask.from_array(pixels) for pixels in stack])
    taken = np.zeros((9, 12), dtype=bool)
    for pixels, mask in zip(reversed(stack), reversed(got), strict=True):
        np.testing.assert_array_equal(mask.to_array(), pixels & ~taken)
        taken |= pixels


@given(pixel_stacks)
def test_no_pixel_is_lost_and_none_is_counted_twice(stack: list[np.ndarray]) -> None:
    got = exclusive([Mask.from_array(pixels) for pixels in stack])
    union = np.any([np.zeros((9, 12), dtype=bool), *stack], axis=0)
    assert sum(mask.area for mask in got) == union.sum()


def test_a_mask_that_nothing_covers_comes_back_as_it_is() -> None:
    alone, other = Mask.from_crop(np.ones((2, 2)), 0, 0, 9, 9), Mask.from_crop(np.ones((2, 2)), 6, 6, 9, 9)
    assert exclusive([alone, other])[0] is alone


def test_masks_of_photos_of_different_size_are_refused() -> None:
    with pytest.raises(ValueError, match="different size"):
        exclusive([Mask.from_array(np.ones((3, 3))), Mask.from_array(np.ones((3, 4)))])


def test_by_id_follows_the_stacking_order_not_the_order_given() -> None:
    whole, part = Mask.from_array(np.ones((4, 4))), Mask.from_crop(np.ones((2, 2)), 1, 1, 4, 4)
    egg, rice = annotation(1, part, order=1), annotation(0, whole, order=0)
    assert exclusive_by_id([egg, rice]) == {"id0": whole.difference(part), "id1": part}
    hidden = exclusive_by_id([annotation(1, part, order=0), annotation(0, whole, order=5)])
    assert hidden["id1"].area == 0


@given(st.integers(1, 6), st.data())
def test_moving_changes_the_place_of_one_and_keeps_the_others_in_order(count: int, data: st.DataObject) -> None:
    rows = [annotation(i, order=10 * i) for i in range(count)]
    mover, steps = data.draw(st.integers(0, count - 1)), data.draw(st.integers(-7, 7))
    shuffled = random.Random(count).sample(rows, count)
    changes = moved(shuffled, f"id{mover}", steps)
    after = stacked({**{r.id: r for r in rows}, **{new.id: new for _, new in changes}}.values())
    names = [r.id for r in after]
    assert names.index(f"id{mover}") == min(max(mover + steps, 0), count - 1)
    assert [n for n in names if n != f"id{mover}"] == [r.id for r in rows if r.id != f"id{mover}"]
    assert all(before.order != new.order and before.id == new.id for before, new in changes)


def test_an_unknown_annotation_cannot_be_moved() -> None:
    with pytest.raises(KeyError):
        moved([annotation(0)], "other", 1)


def by_id(rows: list[Annotation]) -> dict[str, Annotation]:
    return {row.id: row for row in rows}


def box(x0: int, x1: int) -> Mask:
    return Mask.from_crop(np.ones((4, x1 - x0)), x0, 0, 4, 20)


def names(rows: dict[str, Annotation]) -> list[str]:
    return [row.id for row in stacked(rows.values())]


@given(pixel_stacks, st.booleans())
def test_one_by_one_or_all_at_once_the_smaller_one_has_the_pixels(stack: list[np.ndarray], at_once: bool) -> None:
    rows = [annotation(i, Mask.from_array(pixels)) for i, pixels in enumerate(stack)]
    known: dict[str, Annotation] = settled({}, by_id(rows)) if at_once else {}
    for row in [] if at_once else rows:
        known = settled(known, {**known, row.id: row if not known else replace(row, order=len(known))})
    wanted = exclusive_by_size([row.mask for row in rows])
    assert exclusive_by_id(known.values()) == {row.id: mask for row, mask in zip(rows, wanted, strict=True)}


def test_the_bowl_marked_after_its_egg_lies_below_it_and_what_they_do_not_touch_stays() -> None:
    egg, kimchi, bowl = annotation(0, box(2, 4), 3), annotation(1, box(12, 15), 5), annotation(2, box(0, 8), 9)
    known = by_id([egg, kimchi])
    after = settled(known, {**known, bowl.id: bowl})
    assert names(after) == ["id1", "id2", "id0"]
    assert sorted(row.order for row in after.values()) == [3, 5, 9]
    assert settled(known, {**known, "id2": replace(bowl, mask=box(5, 12))}) == {
        **known,
        "id2": replace(bowl, mask=box(5, 12)),
    }


def test_a_mask_that_grows_over_a_smaller_one_is_put_below_it_and_one_already_shared_stays() -> None:
    egg, bowl = annotation(0, box(2, 4)), annotation(1, box(6, 7))
    known = by_id([egg, bowl])
    assert names(settled(known, {**known, "id1": replace(bowl, mask=box(0, 8))})) == ["id1", "id0"]
    moved_up = by_id([egg, replace(bowl, mask=box(0, 8))])
    assert names(settled(moved_up, {**moved_up, "id1": replace(bowl, mask=box(0, 9))})) == ["id0", "id1"]


def test_what_lies_on_a_lifted_mask_is_lifted_with_it() -> None:
    yolk, egg, bowl = annotation(1, box(2, 3)), annotation(0, box(2, 6)), annotation(2, box(3, 12))
    known = by_id([egg, yolk])
    assert names(settled(known, {**known, "id2": bowl})) == ["id2", "id0", "id1"]


def test_rows_that_all_have_the_same_number_are_numbered() -> None:
    rows = by_id([annotation(0, box(2, 4), 0), annotation(1, box(0, 8), 0)])
    assert {i: row.order for i, row in settled({}, rows).items()} == {"id0": 1, "id1": 0}
