"""``evaluate segmentation`` by its real entry point, with the bundled checkpoint on drawn plates."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from foodcal_desktop.__main__ import main
from tests.unit.training.training_case import write_dataset


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    return write_dataset(tmp_path / "my set", train=1, val=2)


def _run(capsys: pytest.CaptureFixture[str], dataset: Path, *options: str) -> tuple[int, str, str]:
    status = main(["evaluate", "segmentation", str(dataset / "annotations.json"), str(dataset / "images"), *options])
    out, err = capsys.readouterr()
    return status, out, err


def _document(capsys: pytest.CaptureFixture[str], dataset: Path, *options: str) -> dict[str, Any]:
    status, out, err = _run(capsys, dataset, "--json", "--clicks", "6", *options)
    assert status == 0, err
    document: dict[str, Any] = json.loads(out)
    return document


def test_the_document_has_the_contracts_keys(data_dir: Path, dataset: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = _document(capsys, dataset, "--sheet", str(dataset / "worst.png"))
    contract = {"objects", "photos", "miou", "box_miou", "noc85", "noc90", "boundary_iou", "ci95", "by_category"}
    assert contract | {"seconds", "checkpoint"} <= set(document)
    assert set(document["miou"]) == {"1", "3", "5"}
    assert set(document["seconds"]) == {"embed", "predict", "look"}
    assert document["checkpoint"] == "lite"
    assert (document["photos"], document["objects"]) == (2, 5)
    assert set(document["by_category"]) == {"rice", "kimchi"}
    assert sum(group["objects"] for group in document["by_category"].values()) == 5
    assert sum(group["objects"] for group in document["by_size"].values()) == 5
    low, high = document["ci95"]["miou"]["1"]
    assert 0 <= low <= document["miou"]["1"] <= high <= 1
    assert 1 <= document["noc85"] <= document["noc90"] <= 6
    assert document["box_miou"] > 0.5
    assert (dataset / "worst.png").stat().st_size > 1000


def test_photos_of_another_folder_than_the_named_one_are_not_measured(
    data_dir: Path, dataset: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Those beside the annotations were, in silence."""
    (tmp_path / "other photos").mkdir()
    arguments = ["evaluate", "segmentation", str(dataset / "annotations.json"), str(tmp_path / "other photos")]
    assert main(arguments) == 2
    assert "None of the photos" in capsys.readouterr().err


def test_the_sheet_takes_the_place_of_nothing_that_is_read(
    data_dir: Path, dataset: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    photo = min((dataset / "images").iterdir())
    before = photo.read_bytes()
    status, _, err = _run(capsys, dataset, "--sheet", str(photo))
    assert status == 2
    assert "would be lost" in err
    assert photo.read_bytes() == before


@pytest.mark.parametrize("read", ["foods.csv", "boxes.csv", "photos/a.csv", "priors.json"])
def test_frozen_priors_take_the_place_of_nothing_that_is_read(
    data_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], read: str
) -> None:
    (tmp_path / "photos").mkdir()
    foods, boxes, priors, out = (tmp_path / name for name in ("foods.csv", "boxes.csv", "priors.json", read))
    for path in (foods, boxes, priors, out):
        path.write_text("mine")
    arguments = [str(foods), str(boxes), str(tmp_path / "photos"), "--priors", str(priors), "--freeze", str(out)]
    assert main(["evaluate", "portions", *arguments]) == 2
    assert "would be lost" in capsys.readouterr().err
    assert out.read_text() == "mine"


def test_limit_objects_and_split(data_dir: Path, dataset: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = dataset / "annotations.json"
    annotated = json.loads(file.read_text())
    annotated["annotations"].append({**annotated["annotations"][0], "id": 99, "iscrowd": 1})
    file.write_text(json.dumps(annotated))
    document = _document(capsys, dataset, "--limit", "1", "--max-objects", "1", "--split", "all", "--jitter", "2")
    assert (document["photos"], document["objects"]) == (1, 1)
    assert document["left_out"] == {"crowds": 1, "without_outline": 0}
    assert document["protocol"]["jitter_px"] == 2


def test_plain_leaves_the_closer_look_out(data_dir: Path, dataset: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plain, closer = _document(capsys, dataset, "--plain"), _document(capsys, dataset)
    assert set(plain["seconds"]) == {"embed", "predict"}
    assert (plain["protocol"]["closer_look"], closer["protocol"]["closer_look"]) == (False, True)
    assert plain["miou"] != closer["miou"]


def test_people_get_a_table(data_dir: Path, dataset: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = _run(capsys, dataset, "--limit", "1", "--clicks", "2")
    assert status == 0
    assert "clicks to IoU 0.85" in out
    assert "rice" in out or "kimchi" in out


@pytest.mark.parametrize(
    ("sheet", "said"),
    [("worst.gif", "a .png or .jpg, not 'worst.gif'"), ("nowhere/worst.png", "nowhere for the contact")],
)
def test_a_sheet_that_cannot_be_written_is_said_before_minutes_are_spent(
    data_dir: Path, dataset: Path, capsys: pytest.CaptureFixture[str], sheet: str, said: str
) -> None:
    status, out, err = _run(capsys, dataset, "--sheet", str(dataset / sheet))
    assert (status, out) == (2, "")
    assert said in err
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize("absent", ["annotations.json", "images"])
def test_what_is_not_there_is_named(
    data_dir: Path, dataset: Path, capsys: pytest.CaptureFixture[str], absent: str
) -> None:
    (dataset / absent).rename(dataset / "elsewhere")
    status, out, err = _run(capsys, dataset)
    assert (status, out) == (2, "")
    assert str(dataset / absent) in err


def test_what_is_wrong_is_said_in_one_sentence(
    data_dir: Path, dataset: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, err = _run(capsys, dataset, "--split", "test", "--json")
    assert (status, out) == (2, "")
    assert "split 'test'" in err
    status, out, err = _run(capsys, dataset, "--checkpoint", "nothing")
    assert status == 1
    assert "no checkpoint 'nothing'" in err
    (dataset / "annotations.json").write_text("{}")
    status, out, err = _run(capsys, dataset)
    assert status == 1
    assert "no COCO" in err
    assert "Traceback" not in err
