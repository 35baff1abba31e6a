from __future__ import annotations

import os
from pathlib import Path

import pytest
import torch

from foodcal_desktop.segmentation.embedding_cache import EmbeddingCache
from foodcal_desktop.segmentation.segmenter import Embedding


def _embedding(value: float = 1.0) -> Embedding:
    return Embedding({"emb": torch.full((1, 4, 8, 8), value), "hi0": torch.arange(6.0)}, 30, 40)


def test_what_is_written_comes_back_after_a_restart(tmp_path: Path) -> None:
    path = EmbeddingCache(tmp_path, 10**6).path("a" * 64, "b" * 64)
    EmbeddingCache(tmp_path, 10**6).write(path, _embedding(0.25))
    again = EmbeddingCache(tmp_path, 10**6)
    found = again.read(again.path("a" * 64, "b" * 64))
    assert (found.height, found.width) == (30, 40)
    assert set(found.tensors) == {"emb", "hi0"}
    assert torch.equal(found.tensors["emb"], torch.full((1, 4, 8, 8), 0.25))
    assert found.tensors["emb"].dtype == torch.float32


def test_photos_and_checkpoints_are_kept_apart(tmp_path: Path) -> None:
    cache = EmbeddingCache(tmp_path, 10**6)
    paths = {cache.path(photo, checkpoint) for photo in ("a" * 64, "c" * 64) for checkpoint in ("b" * 64, "d" * 64)}
    assert len(paths) == 4


def test_the_least_recently_used_go_first_and_never_the_newest(tmp_path: Path) -> None:
    cache = EmbeddingCache(tmp_path, 10**9)
    files = [cache.path(str(i) * 64, "b" * 64) for i in range(4)]
    for age, path in enumerate(files):
        cache.write(path, _embedding())
        os.utime(path, (1000 + age, 1000 + age))
    assert cache.touch(files[0])
    size = files[0].stat().st_size
    newest = cache.path("9" * 64, "b" * 64)
    EmbeddingCache(tmp_path, 3 * size).write(newest, _embedding())
    assert newest.exists()
    assert files[0].exists()
    assert not files[1].exists()
    assert not files[2].exists()
    assert sum(f.stat().st_size for f in tmp_path.iterdir()) <= 3 * size


def test_one_larger_than_the_bound_is_still_kept_for_its_photo(tmp_path: Path) -> None:
    cache = EmbeddingCache(tmp_path, 10)
    path = cache.path("a" * 64, "b" * 64)
    cache.write(path, _embedding())
    assert path.exists()


def test_touch_says_whether_it_is_there(tmp_path: Path) -> None:
    cache = EmbeddingCache(tmp_path, 10**6)
    assert not cache.touch(cache.path("a" * 64, "b" * 64))


def test_a_damaged_one_says_what_to_do(tmp_path: Path) -> None:
    cache = EmbeddingCache(tmp_path, 10**6)
    path = cache.path("a" * 64, "b" * 64)
    cache.write(path, _embedding())
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(ValueError, match="empty the cache"):
        cache.read(path)


def test_no_part_is_left_behind(tmp_path: Path) -> None:
    cache = EmbeddingCache(tmp_path, 10**6)
    cache.write(cache.path("a" * 64, "b" * 64), _embedding())
    assert [f.suffix for f in tmp_path.iterdir()] == [".safetensors"]
