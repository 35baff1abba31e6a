"""``import``, ``dataset check`` and ``annotate`` by their real entry point."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from foodcal_desktop.__main__ import main
from foodcal_desktop.storage.database import Database
from foodcal_desktop.storage.photos import load
from foodcal_desktop.storage.store import Store
from tests.unit.dataset import test_labelme as labelme
from tests.unit.dataset.layouts import FLAWED, as_coco, as_roboflow, write_layout
from tests.unit.training.training_case import write_dataset


def _json(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, Any]:
    status = main([*arguments, "--json"])
    out = capsys.readouterr().out
    return status, json.loads(out) if out else None


def test_importing_twice_changes_nothing_and_exports_the_same(
    data_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write_dataset(tmp_path / "set", train=2, val=1)
    rest = {"foods": 0, "folders": [str(folder / "images")], "left_out": []}
    first, again = (_json(capsys, "import", "--format", "coco", str(folder)) for _ in range(2))
    assert first == (0, {"photos": 3, "annotations": 7, "known": 0, **rest})
    assert again == (0, {"photos": 3, "annotations": 0, "known": 7, **rest})
    assert _json(capsys, "export", "--format", "coco", str(tmp_path / "out"))[0] == 0
    before, after = (json.loads((f / "annotations.json").read_text()) for f in (folder, tmp_path / "out"))
    masks = [sorted(a["segmentation"]["counts"] for a in d["annotations"]) for d in (before, after)]
    assert masks[0] == masks[1]


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["import", "--format", "nothing", "x"], 2),
        (["import", "nowhere"], 1),
        (["dataset", "check", "nowhere"], 2),
        (["annotate", "nowhere"], 2),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(
    data_dir: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], status: int
) -> None:
    assert main(arguments) == status
    out, err = capsys.readouterr()
    assert out == ""
    assert len(err.strip().splitlines()) == 1


def test_dataset_check_has_an_exit_status(data_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write_dataset(tmp_path / "set", train=1, val=1)
    status, document = _json(capsys, "dataset", "check", str(folder))
    assert (status, document["ok"], document["photos"]) == (0, True, 2)
    (folder / "images" / "plate 1.png").unlink()
    status, document = _json(capsys, "dataset", "check", str(folder))
    assert (status, document["ok"]) == (1, False)


def test_annotate_finds_foods_once(data_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write_dataset(tmp_path / "set", train=1, val=0)
    status, document = _json(capsys, "annotate", str(folder / "images"))
    assert status == 0
    assert document["photos"] == 1
    assert document["annotations"] >= 1
    with Database.open() as database:
        store = Store(database)
        photos = store.photos()
        assert [photo.state for photo in photos] == ["review"]
        assert sum(len(store.annotations(photo.sha256)) for photo in photos) == document["annotations"]
    status, again = _json(capsys, "annotate", str(folder / "images"))
    assert (again["photos"], again["annotations"], again["skipped"]) == (0, 0, 1)


def test_annotate_fails_where_no_photo_can_be_opened(
    data_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "broken.jpg").write_bytes(b"no photo")
    assert main(["annotate", str(tmp_path), "--json"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "None of the 1 photos" in err


def test_import_goes_on_past_a_missing_photo(
    data_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write_dataset(tmp_path / "set", train=2, val=0)
    first, second = sorted((folder / "images").iterdir())
    first.unlink()
    assert main(["import", str(folder), "--json"]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["photos"] == 1
    assert first.name in err
    second.unlink()
    assert main(["import", str(folder)]) == 1


def test_the_split_of_a_dataset_is_kept(data_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write_dataset(tmp_path / "set", train=2, val=2, test=2)
    wanted = {f"plate {n}.png": split for n, split in enumerate(["train"] * 2 + ["val"] * 2 + ["test"] * 2)}
    with Database.open() as database:
        # Known before, and of no dataset; one is another dataset's.
        for name, split in (("plate 2.png", ""), ("plate 4.png", "train")):
            known = load(folder / "images" / name).photo
            Store(database).add_photo(replace(known, split=split, state="done"))
    for _ in range(2):
        assert _json(capsys, "import", str(folder))[0] == 0
        assert _json(capsys, "export", str(tmp_path / "out"))[0] == 0
        images = json.loads((tmp_path / "out" / "annotations.json").read_text())["images"]
        assert {image["file_name"]: image["split"] for image in images} == wanted | {"plate 4.png": "train"}
    with Database.open() as database:
        assert [photo.state for photo in Store(database).photos()][:2] == ["done", "done"]


@pytest.mark.parametrize("laid_out", [as_roboflow, as_coco])
def test_every_command_reads_a_dataset_of_another_program(
    data_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], laid_out: Callable[[Path], Path]
) -> None:
    folder = laid_out(tmp_path / "set")
    status, document = _json(capsys, "dataset", "check", str(folder))
    assert (status, document["splits"], document["annotations"]) == (0, {"train": 3, "val": 1}, 10)
    status, document = _json(capsys, "finetune", str(folder), "--name", "mine", "--check")
    assert (status, document["dataset"]["photos"], document["dataset"]["val_photos"]) == (0, 3, 1)
    status, document = _json(capsys, "evaluate", "segmentation", str(folder), "--clicks", "1", "--plain")
    assert (status, document["photos"], document["objects"]) == (0, 1, 3)
    assert _json(capsys, "import", str(folder))[1]["annotations"] == 10


def test_evaluation_leaves_out_a_damaged_mask_and_says_so(
    data_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write_layout(tmp_path / "set", FLAWED["damaged"])
    images = (str(folder / "annotations.json"), str(folder / "images"))
    status = main(["evaluate", "segmentation", *images, "--split", "all", "--clicks", "1", "--plain", "--json"])
    out, err = capsys.readouterr()
    assert status == 0
    assert json.loads(out)["left_out"] == {"crowds": 0, "without_outline": 0, "damaged": 1}
    assert "1 damaged" in err


def test_a_folder_of_labelme_is_imported_without_saying_so(
    data_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    labelme.write(tmp_path / "set", labelme.shape(labelme.SQUARE), labelme.shape([[1, 1]], "point"))
    status, document = _json(capsys, "import", str(tmp_path / "set"))
    assert (status, document["photos"], document["annotations"], len(document["left_out"])) == (0, 1, 1, 1)
    assert _json(capsys, "import", "--format", "labelme", str(tmp_path / "set"))[1]["known"] == 1
    assert main(["export", "--format", "labelme", str(tmp_path / "out")]) == 2
    assert "read only" in capsys.readouterr().err


def test_every_command_reads_a_folder_of_labelme(
    data_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = labelme.as_labelme(write_dataset(tmp_path / "표시", train=3, val=1))
    status, checked = _json(capsys, "dataset", "check", str(folder))
    assert (status, checked["annotations"], checked["splits"]) == (0, 10, {"train": 3, "val": 1})
    status, evaluated = _json(capsys, "evaluate", "segmentation", str(folder), "--clicks", "1", "--plain")
    assert (status, evaluated["photos"], evaluated["objects"]) == (0, 1, 3)
    status, counted = _json(capsys, "finetune", str(folder), "--name", "mine", "--check")
    assert (status, counted["dataset"]["photos"], counted["dataset"]["val_photos"]) == (0, 3, 1)
