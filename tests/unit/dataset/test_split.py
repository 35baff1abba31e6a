from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from foodcal_desktop.dataset.split import split_photos

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
