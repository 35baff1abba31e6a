from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foodcal_desktop.core.annotation import SPLITS
from foodcal_desktop.dataset.split import split_named, split_photos, split_within

hashes = st.sets(st.text("0123456789abcdef", min_size=8, max_size=8), max_size=30)


@given(hashes, st.integers(0, 5))
def test_the_split_is_the_same_in_any_order(photos: set[str], seed: int) -> None:
    assert split_photos(sorted(photos), seed) == split_photos(sorted(photos, reverse=True), seed)


@given(hashes.filter(lambda p: len(p) > 1), st.integers(0, 5))
def test_neither_side_is_empty(photos: set[str], seed: int) -> None:
    assert set(split_photos(photos, seed).values()) == {"train", "val"}


def test_about_a_fifth_is_held_out_and_the_seed_decides_which() -> None:
    photos = [f"{n:064x}" for n in range(2000)]
    first, second = split_photos(photos), split_photos(photos, seed=1)
    assert 0.17 < list(first.values()).count("val") / 2000 < 0.23
    assert first != second


def test_a_photo_keeps_its_side_when_others_are_added() -> None:
    photos = [f"{n:064x}" for n in range(300)]
    small, large = split_photos(photos[:100]), split_photos(photos)
    assert all(large[photo] == side for photo, side in small.items())


def test_one_photo_trains() -> None:
    assert split_photos([]) == {}
    assert len(split_photos(["a"])) == 1


@given(hashes, st.dictionaries(st.text("0123456789abcdef", min_size=8, max_size=8), st.sampled_from(SPLITS)))
def test_what_is_kept_stays_and_the_rest_is_dealt(photos: set[str], kept: dict[str, str]) -> None:
    sides = split_photos(photos | set(kept), kept=kept)
    assert {photo: sides[photo] for photo in kept} == kept
    assert set(sides) == photos | set(kept)
    if len(sides) > 1 and photos - set(kept):
        assert "train" in sides.values()
    alone = split_photos(photos - set(kept))
    changed_over = [photo for photo, side in alone.items() if sides[photo] != side]
    assert len(changed_over) <= 2, "only where a side would have been empty"


@pytest.mark.parametrize(
    ("name", "split"),
    [
        ("instances_val2017", "val"),
        ("instances_Train", "train"),
        ("valid", "val"),
        ("validation.coco", "val"),
        ("test-dev2017", "test"),
        ("instances_default", ""),
        ("trainval", ""),
        ("contest_photos", ""),
        ("_annotations.coco", ""),
    ],
)
def test_a_word_of_a_files_name_says_its_split(name: str, split: str) -> None:
    assert split_within(name) == split


def test_a_folder_says_its_split_by_its_whole_name() -> None:
    names = {"Train": "train", "val2017": "val", "valid": "val", "test": "test", "test photos": "", "images": ""}
    assert {name: split_named(name) for name in names} == names
