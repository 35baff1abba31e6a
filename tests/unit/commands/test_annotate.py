"""``annotate`` shared out: by processes of this machine, and by the workers of a Dask cluster."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from foodcal_desktop.__main__ import main
from foodcal_desktop.core.mask import Mask
from foodcal_desktop.segmentation import devices
from foodcal_desktop.storage.database import Database
from foodcal_desktop.storage.store import Store
from foodcal_desktop.training import preannotate
from tests.unit.commands import one_click
from tests.unit.training.training_case import write_dataset

REPOSITORY = Path(__file__).resolve().parents[3]


@pytest.fixture(autouse=True)
def _one_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    """Threads that wait for each other take long where other programs run."""
    monkeypatch.setattr(devices, "inference_threads", lambda cores: 1)


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    """Three photos in a folder."""
    return write_dataset(tmp_path / "set", train=3, val=0) / "images"


@pytest.fixture(autouse=True)
def _one_click(monkeypatch: pytest.MonkeyPatch) -> None:
    """Here and in the processes that are started, whose main module is that of this one."""
    monkeypatch.setattr(preannotate, "find_foods", one_click.found_in_the_middle)
    monkeypatch.setitem(sys.modules, "__main__", one_click)


@pytest.fixture
def few_a_task(monkeypatch: pytest.MonkeyPatch) -> None:
    """So few photos are one task otherwise, and one worker would do them all."""
    real = preannotate.shards
    monkeypatch.setattr(preannotate, "shards", lambda files: real(files, 1))


def _annotate(capsys: pytest.CaptureFixture[str], folder: Path, *more: str) -> dict[str, Any]:
    status = main(["annotate", str(folder), "--checkpoint", "lite", "--json", *more])
    out, err = capsys.readouterr()
    assert status == 0, err
    document: dict[str, Any] = json.loads(out)
    return document


def _stored() -> dict[str, list[Mask]]:
    """The masks of each photo, by its file's name."""
    with Database.open() as database:
        store = Store(database)
        records = store.photos()
        assert len({record.sha256 for record in records}) == len(records)
        return {Path(one.path).name: [each.mask for each in store.annotations(one.sha256)] for one in records}


def _assert_alike(one: dict[str, list[Mask]], other: dict[str, list[Mask]]) -> None:
    """Threads add up in another order, so a pixel at an edge may differ."""
    assert one.keys() == other.keys()
    assert sum(len(masks) for masks in one.values()) > 0
    for name, masks in one.items():
        assert len(masks) == len(other[name])
        assert all(mask.iou(same) > 0.98 for mask, same in zip(masks, other[name], strict=True))


@pytest.fixture
def alone(
    photos: Path, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> Iterator[dict[str, list[Mask]]]:
    """What one process finds, in a data folder of its own."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("FOODCAL_DATA_DIR", str(tmp_path_factory.mktemp("alone")))
        _annotate(capsys, photos)
        yield _stored()


@pytest.mark.slow
def test_two_processes_find_what_one_does_and_go_on_where_they_were(
    alone: dict[str, list[Mask]], photos: Path, data_dir: Path, few_a_task: None, capsys: pytest.CaptureFixture[str]
) -> None:
    first = _annotate(capsys, photos, "--limit", "1")
    assert (first["photos"], first["skipped"]) == (1, 0)
    kept = _stored()
    rest = _annotate(capsys, photos, "--workers", "2")
    assert (rest["photos"], rest["skipped"], rest["failed"]) == (2, 1, [])
    both = _stored()
    assert all(both[name] == masks for name, masks in kept.items())
    _assert_alike(alone, both)
    again = _annotate(capsys, photos, "--workers", "2")
    assert (again["photos"], again["annotations"], again["skipped"]) == (0, 0, 3)


def test_a_dask_clusters_workers_find_the_same(
    photos: Path, data_dir: Path, few_a_task: None, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A real scheduler and two workers in threads of this process."""
    distributed = pytest.importorskip("distributed", reason="the extra 'cluster' (Dask) is not installed")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=False, dashboard_address=None, protocol="tcp", host="127.0.0.1"
    ) as cluster:
        document = _annotate(capsys, photos, "--scheduler", cluster.scheduler_address)
    assert (document["photos"], document["annotations"], document["failed"]) == (3, 3, [])
    shared_out = _stored()
    monkeypatch.setenv("FOODCAL_DATA_DIR", str(photos.parent))
    _annotate(capsys, photos)
    _assert_alike(_stored(), shared_out)


def test_a_scheduler_that_does_not_answer_is_named(
    photos: Path, data_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("distributed", reason="the extra 'cluster' (Dask) is not installed")
    assert main(["annotate", str(photos), "--scheduler", "nowhere"]) == 1
    assert capsys.readouterr().err.strip() == (
        "No Dask scheduler answers at nowhere; start one (dask scheduler) and give its address."
    )
