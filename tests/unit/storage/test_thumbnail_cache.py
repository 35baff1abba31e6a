from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from foodcal_desktop.storage.photos import PhotoError
from foodcal_desktop.storage.thumbnail_cache import SIDE, ThumbnailCache


def photo(path: Path, colour: tuple[int, int, int] = (200, 30, 30), size: tuple[int, int] = (640, 320)) -> Path:
    Image.new("RGB", size, colour).save(path)
    return path


def test_a_thumbnail_is_made_once_and_then_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache, file = ThumbnailCache(tmp_path / "kept"), photo(tmp_path / "점심.jpg")
    made = cache.get(file)
    assert made.shape == (SIDE // 2, SIDE, 3)
    monkeypatch.setattr("foodcal_desktop.storage.thumbnail_cache.load_thumbnail", lambda *_: pytest.fail("made again"))
    read = ThumbnailCache(tmp_path / "kept").get(file)
    assert np.abs(read.astype(int) - made).max() < 12


def test_a_photo_that_was_replaced_gets_a_new_one(tmp_path: Path) -> None:
    cache, file = ThumbnailCache(tmp_path / "kept"), tmp_path / "p.png"
    assert cache.get(photo(file))[0, 0, 0] > 150
    photo(file, (10, 10, 250))
    os.utime(file, ns=(0, 12_345_678_900))
    assert cache.get(file)[0, 0, 2] > 150


def test_a_damaged_thumbnail_is_made_anew(tmp_path: Path) -> None:
    cache, file = ThumbnailCache(tmp_path / "kept"), photo(tmp_path / "p.jpg")
    cache.get(file)
    (stored,) = (tmp_path / "kept").glob("*.jpg")
    stored.write_bytes(stored.read_bytes()[:40])
    assert cache.get(file).shape == (SIDE // 2, SIDE, 3)


def test_what_is_no_photo_is_told_in_words_and_nothing_is_stored(tmp_path: Path) -> None:
    cache = ThumbnailCache(tmp_path / "kept")
    (tmp_path / "p.jpg").write_bytes(b"not a photo")
    with pytest.raises(PhotoError, match=r"p\.jpg"):
        cache.get(tmp_path / "p.jpg")
    with pytest.raises(OSError, match=r"gone\.jpg"):
        cache.get(tmp_path / "gone.jpg")
    assert list((tmp_path / "kept").iterdir()) == []


def test_the_folder_is_bounded_in_bytes_and_the_longest_unused_go_first(tmp_path: Path) -> None:
    cache = ThumbnailCache(tmp_path / "kept", max_bytes=10**9)
    files = [photo(tmp_path / f"{i}.jpg", (i, 0, 0)) for i in range(6)]
    for i, file in enumerate(files):
        cache.get(file)
        newest = max((tmp_path / "kept").iterdir(), key=lambda p: p.stat().st_mtime_ns)
        os.utime(newest, (1000 + i, 1000 + i))
    cache.get(files[0])
    size = max(p.stat().st_size for p in (tmp_path / "kept").iterdir())
    ThumbnailCache(tmp_path / "kept", max_bytes=3 * size).prune()
    left = sorted((p.stat().st_mtime for p in (tmp_path / "kept").iterdir()), reverse=True)
    assert len(left) == 3
    assert left[1:] == [1005, 1004]
