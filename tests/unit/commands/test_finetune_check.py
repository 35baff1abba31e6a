"""``finetune --check``: what dataset and recipe hold, by the training's own reading, and nothing trained."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from foodcal_desktop.__main__ import main
from foodcal_desktop.storage import paths
from foodcal_desktop.training.parts import read_parts
from tests.unit.training.training_case import write_dataset


def _check(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = main(["finetune", *arguments, "--name", "mine", "--check"])
    out, err = capsys.readouterr()
    return status, out, err


def test_a_dataset_is_counted_as_the_training_uses_it(
    data_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write_dataset(tmp_path / "set", train=5, val=3, test=2)
    document = json.loads((folder / "annotations.json").read_text())
    document["images"].append({"id": 99, "file_name": "bare.png", "width": 96, "height": 96, "split": "train"})
    document["annotations"][0]["iscrowd"] = 1
    (folder / "annotations.json").write_text(json.dumps(document))
    status, out, _ = _check(capsys, str(folder), "--json")
    assert status == 0
    counted = json.loads(out)["dataset"]
    parts = read_parts(folder)
    assert (counted["photos"], counted["val_photos"]) == (len(parts.train), 5) == (5, 5), "not the photo without masks"
    assert counted["objects"] == sum(len(photo.instances) for photo in parts.train) == 11
    assert counted["left_out"] == {"crowds": 1, "without_outline": 0}
    assert not (paths.data_dir() / "training").exists(), "nothing is begun"
    _, out, _ = _check(capsys, str(folder))
    assert "5 photos with 11 objects to learn from, 5 held out." in out and "1 of crowds" in out


def test_a_recipe_is_said_to_be_one(data_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mine = tmp_path / "나의 recipe.yaml"
    mine.write_text("encoder: trained\nepochs: 7\n")
    status, out, _ = _check(capsys, "--recipe", str(mine), "--json")
    recipe = json.loads(out)["recipe"]
    assert (status, recipe["path"], recipe["whole"], recipe["settings"]["epochs"]) == (0, str(mine), False, 7)
    _, out, _ = _check(capsys, "--recipe", str(paths.recipes_dir() / "lite.yaml"), "--base", "lite", "--json")
    assert json.loads(out)["recipe"]["whole"]


@pytest.mark.parametrize(
    ("text", "base", "words"),
    [
        ("rate: fast\n", "lite", "mine.yaml: rate must be a number, not 'fast'."),
        ("rate: 0.1\n  epochs: 2\n", "lite", "The recipe mine.yaml is no YAML in line 2"),
        ("trainer: whole\n", "sam2.1-tiny", "is for the bundled checkpoint"),
    ],
)
def test_a_wrong_recipe_is_refused_in_one_sentence(
    data_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, base: str, words: str
) -> None:
    (tmp_path / "mine.yaml").write_text(text)
    status, out, err = _check(capsys, "--recipe", str(tmp_path / "mine.yaml"), "--base", base, "--json")
    assert (status, out) == (2, "") and words in err and err.count("\n") == 1


def test_what_cannot_be_learned_from_is_one_sentence(
    data_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, _, err = _check(capsys, str(write_dataset(tmp_path / "set", train=3, val=0)), "--json")
    assert status == 1 and "has 3 annotated photos to learn from" in err
    (tmp_path / "set" / "annotations.json").write_text("[]")
    status, _, err = _check(capsys, str(tmp_path / "set"), "--json")
    assert status == 1 and "is no COCO instances file" in err
    status, _, err = _check(capsys)
    assert status == 2 and "give one of them" in err


@pytest.mark.parametrize("recipe", ["small", "lite"])
def test_reading_does_not_wait_for_torch(data_dir: Path, tmp_path: Path, recipe: str) -> None:
    """It takes seconds to load, and the window reads each time that a folder or a recipe is chosen."""
    path = Path(__file__).parents[3] / "recipes" / f"{recipe}.yaml"
    folder = write_dataset(tmp_path / "set", train=2, val=1)
    code = (
        "import sys; from foodcal_desktop.__main__ import main;"
        "status = main(sys.argv[1:]); sys.exit(status or 'torch' in sys.modules)"
    )
    command = [sys.executable, "-c", code, "finetune", str(folder), "--recipe", str(path), "--name", "mine", "--check"]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0
