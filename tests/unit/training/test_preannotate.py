from __future__ import annotations

from pathlib import Path

import pytest

from foodcal_desktop.dataset.instances import read_coco
from foodcal_desktop.training.preannotate import Job, annotate, shards
from tests.unit.training.training_case import bundled, write_dataset


@pytest.fixture
def photos(tmp_path: Path) -> list[Path]:
    folder = write_dataset(tmp_path / "set", train=2, val=0)
    broken = tmp_path / "set" / "images" / "broken.jpg"
    broken.write_bytes(b"no photo")
    return [*(photo.path for photo in read_coco(folder / "annotations.json", folder / "images")), broken]


@pytest.mark.parametrize("workers", [1, 2])
def test_foods_are_found_and_a_broken_photo_hinders_nobody(photos: list[Path], workers: int) -> None:
    found = {one.path: one for one in annotate(photos, Job(bundled(), "cpu", threads=1), workers)}
    assert set(found) == set(photos)
    assert found[photos[-1]].photo is None
    assert "broken.jpg" in found[photos[-1]].error
    for path in photos[:-1]:
        photo = found[path].photo
        assert photo is not None
        assert found[path].annotations
        assert {one.photo for one in found[path].annotations} == {photo.sha256}
        assert {one.checkpoint for one in found[path].annotations} == {"lite"}


def test_shards_hold_every_photo_once() -> None:
    paths = [Path(str(number)) for number in range(19)]
    assert [path for shard in shards(paths, 8) for path in shard] == paths
    assert [len(shard) for shard in shards(paths, 8)] == [8, 8, 3]


def test_without_dask_its_absence_is_said(photos: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ValueError, match="Dask is not installed"):
        list(annotate(photos, Job(bundled(), "cpu"), scheduler="tcp://nowhere:1"))
