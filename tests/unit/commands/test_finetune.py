"""``finetune`` by its real entry point: killed and gone on with, taken when better, refused when worse."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file

from foodcal_desktop.__main__ import main
from foodcal_desktop.core.mask import Mask
from foodcal_desktop.core.mask_tools import to_polygons
from foodcal_desktop.storage import paths, run_lock
from foodcal_desktop.storage.checkpoints import Catalogue
from foodcal_desktop.storage.settings import CHECKPOINT, Settings
from foodcal_desktop.storage.training_runs import CANCEL, PAUSE, Run, noted_epochs, read_order, run_folder, unfinished
from foodcal_desktop.storage.training_runs import command as send
from foodcal_desktop.training import finetune
from foodcal_desktop.training.trainer import Trainer
from tests.unit.storage.run_holder import holder
from tests.unit.training.training_case import write_dataset

RECIPE = """
encoder: frozen
epochs: 2
batch: 1
steps: 3
objects: 1
views: 1
rounds: [1.0]
rate: {rate}
warm_up: 0
augmentation: {{paste: 0}}
"""


def _recipe(folder: Path, rate: float = 5e-4) -> Path:
    (folder / "recipe.yaml").write_text(RECIPE.format(rate=rate))
    return folder / "recipe.yaml"


def _arguments(dataset: Path, *more: str, name: str = "mine", rate: float = 5e-4) -> list[str]:
    recipe = _recipe(dataset.parent, rate)
    return ["finetune", str(dataset), "--base", "lite", "--name", name, "--recipe", str(recipe), *more]


@pytest.fixture(autouse=True)
def _few_clicks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finetune, "_COMPARE", finetune.ClickProtocol(clicks=5, max_objects=1))
    monkeypatch.setattr(finetune, "_WATCH", finetune.ClickProtocol(clicks=3, max_objects=1))


def _run(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> tuple[int, dict[str, Any], list[dict[str, Any]]]:
    status = main([*arguments, "--json"])
    out, err = capsys.readouterr()
    lines = [json.loads(line) for line in err.splitlines() if line.startswith("{")]
    return status, json.loads(out) if out else {"error": err}, lines


def test_a_worse_one_is_refused(data_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """At this rate the heads forget what they knew."""
    dataset = write_dataset(tmp_path / "set", train=2, val=2)
    status, document, events = _run(capsys, _arguments(dataset, "--select", rate=0.3))
    assert status == 0, document
    assert not document["better"]
    assert document["checkpoint"] is None
    assert document["difference"]["score"]["low"] <= 0
    assert [one.name for one in Catalogue().checkpoints() if one.origin == "own"] == []
    assert Settings.load().get(CHECKPOINT) == "lite"
    assert {"started", "step", "epoch", "comparing"} <= {event["event"] for event in events}


@pytest.mark.parametrize(
    ("score", "clicks", "better"),
    [
        ((0.01, 0.002, 0.02), (0.1, -0.5, 0.7), False),
        ((0.01, 0.002, 0.02), (-0.1, -0.7, 0.5), True),
        ((0.01, -0.001, 0.02), (-0.6, -1.2, -0.03), True),
        ((0.01, -0.001, 0.02), (-0.1, -0.7, 0.5), False),
        ((-0.01, -0.03, 0.01), (-0.6, -1.2, -0.03), False),
    ],
)
def test_better_masks_or_fewer_clicks_beyond_doubt_and_neither_worse(
    score: tuple[float, float, float], clicks: tuple[float, float, float], better: bool
) -> None:
    figures = {
        name: dict(zip(("value", "low", "high"), values, strict=True))
        for name, values in (("score", score), ("noc85", clicks))
    }
    assert finetune.is_better(figures) is better


def test_a_better_one_is_recorded_and_selected(
    data_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What learned is compared with a base whose answers are made worse, for that is quicker than to be better."""
    real = finetune.paired_figures
    scores = iter((0.1, 0.2, 0.3))
    watched = finetune.FineTuning._watched
    monkeypatch.setattr(
        finetune.FineTuning, "_watched", lambda self, trainable: {**watched(self, trainable), "score": next(scores)}
    )

    def favourable(before: Any, after: Any) -> Any:
        for one in before.objects:
            one.ious, one.box_iou = [0.1], 0.1
        return real(before, after)

    monkeypatch.setattr(finetune, "paired_figures", favourable)
    dataset = write_dataset(tmp_path / "set", train=2, val=2)
    status, document, _ = _run(capsys, _arguments(dataset, "--select"))
    assert status == 0, document
    assert document["better"]
    assert document["selected"]
    own = Catalogue().get("mine")
    assert own.training is not None
    assert own.training["parent"] == "lite"
    assert own.training["dataset_sha256"] == finetune.dataset_hash(dataset)
    assert own.training["recipe"]["rate"] == 5e-4
    assert own.training["after"]["miou"]
    assert Settings.load().get(CHECKPOINT) == "mine"
    Catalogue().verify("mine")
    assert not run_folder("mine").exists()
    status, document, _ = _run(capsys, _arguments(dataset))
    assert status == 1
    assert "already a checkpoint 'mine'" in document["error"]


def test_half_of_the_base_is_in_what_comes_of_it(
    data_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dataset, found = write_dataset(tmp_path / "set", train=2, val=2), []
    for name, share in (("learned", 0.0), ("moved", 0.5)):
        arguments = _arguments(dataset, name=name)
        with (tmp_path / "recipe.yaml").open("a") as recipe:
            recipe.write(f"base_share: {share}\n")
        _, document, _ = _run(capsys, arguments)
        found.append(load_file((document["checkpoint"] or document["refused"])["path"]))
    learned, moved = found
    base = load_file(paths.models_dir() / "lite.safetensors")
    assert any(not torch.equal(learned[name], base[name]) for name in base)
    for name in base:
        torch.testing.assert_close(moved[name], (learned[name] + base[name]) / 2)


def test_what_is_cancelled_during_the_comparison_is_gone(
    data_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The comparison is the second time that the base is loaded."""
    real, loads = finetune.load_trainable, []

    def loaded(*arguments: Any) -> Any:
        loads.append(arguments)
        if len(loads) == 2:
            assert read_order("mine").base == "lite"
            assert [one["epoch"] for one in noted_epochs("mine")] == [0, 1, 2]
            send(run_folder("mine"), CANCEL)
        return real(*arguments)

    monkeypatch.setattr(finetune, "load_trainable", loaded)
    status, document, events = _run(capsys, _arguments(write_dataset(tmp_path / "set", train=2, val=2)))
    assert status == 1
    assert "Cancelled" in document["error"]
    assert len([event for event in events if event["event"] == "comparing"]) == 1
    assert not run_folder("mine").exists()


def test_killed_in_mid_epoch_it_goes_on_to_the_same_end(
    data_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dataset = write_dataset(tmp_path / "set", train=2, val=2)
    # Under another name: where it is better, its own is taken.
    _, straight, _ = _run(capsys, _arguments(dataset, name="straight"))
    child = subprocess.Popen(
        [sys.executable, "-m", "foodcal_desktop", *_arguments(dataset, "--json")],
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "FOODCAL_DATA_DIR": str(paths.data_dir())},
        cwd=Path(__file__).resolve().parents[3],
        text=True,
    )
    assert child.stderr is not None
    with child:
        for line in child.stderr:
            event = json.loads(line) if line.startswith("{") else {}
            if event.get("event") == "step" and event["epoch"] == 2:
                child.send_signal(signal.SIGKILL)
                break
        child.stderr.read()
        assert child.stdout is not None
        child.stdout.read()
    assert child.returncode == -signal.SIGKILL
    _, resumed, events = _run(capsys, _arguments(dataset, "--resume"))
    started = next(event for event in events if event["event"] == "started")
    assert started["epoch"] == 1
    assert not [event for event in events if event["event"] == "epoch" and event["epoch"] < 2]
    assert resumed["after"]["miou"]["1"] == pytest.approx(straight["after"]["miou"]["1"], abs=0.02)
    assert resumed["after"]["box_miou"] == pytest.approx(straight["after"]["box_miou"], abs=0.02)


def test_a_paused_one_ends_with_the_window_that_started_it(data_dir: Path, tmp_path: Path) -> None:
    """It tells nothing while it waits, and so would not notice by a broken pipe; the run would be held for ever."""
    dataset = write_dataset(tmp_path / "set", train=1, val=1)
    with subprocess.Popen(
        [sys.executable, "-m", "foodcal_desktop", *_arguments(dataset, "--json", "--ends-with-input")],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "FOODCAL_DATA_DIR": str(paths.data_dir())},
        cwd=Path(__file__).resolve().parents[3],
        text=True,
    ) as child:
        assert child.stdin is not None and child.stderr is not None
        kinds = (json.loads(line).get("event") for line in child.stderr if line.startswith("{"))
        assert "epoch" in kinds
        send(run_folder("mine"), PAUSE)
        assert "paused" in kinds
        assert run_lock.is_held("mine")
        child.stdin.close()
        assert child.stderr.read().splitlines()[-1] == "Stopped; --resume goes on where it was."
    assert child.returncode == 1
    assert unfinished() == ["mine"] and not run_lock.is_held("mine")


@pytest.mark.parametrize(
    ("more", "status", "said"),
    [
        (["--resume"], 1, "no unfinished training"),
        (["--base", "nothing"], 1, "no checkpoint 'nothing'"),
        (["--name", "a b/c"], 1, "cannot be a checkpoint's name"),
        (["--recipe", "nowhere.yaml"], 2, "nowhere.yaml cannot be read"),
        (["--epochs", "0"], 2, "epochs"),
        (["--epochs", "99999"], 2, "epochs"),
        (["--name", "lite"], 1, "already a checkpoint 'lite'"),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(
    data_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], more: list[str], status: int, said: str
) -> None:
    dataset = write_dataset(tmp_path / "set", train=1, val=1)
    assert main([*_arguments(dataset), *more]) == status
    out, err = capsys.readouterr()
    assert said in err
    assert "Traceback" not in err
    assert out == ""
    assert _left() == []


def _changed(dataset: Path, change: Any) -> None:
    document = json.loads((dataset / "annotations.json").read_text())
    change(document)
    (dataset / "annotations.json").write_text(json.dumps(document))


_RLE = {"size": [96, 96], "counts": "zzz"}


@pytest.mark.parametrize(
    ("spoil", "status", "said"),
    [
        (lambda s: (s / "annotations.json").unlink(), 2, "holds no dataset of COCO or labelme"),
        (lambda s: (s / "annotations.json").write_text("{"), 1, "no COCO instances file"),
        (lambda s: _changed(s, lambda d: d.pop("images")), 1, "no COCO instances file"),
        (lambda s: _changed(s, lambda d: d["annotations"].clear()), 1, "0 annotated photos to learn from"),
        (
            lambda s: _changed(s, lambda d: [i.update(split="train") for i in d["images"]]),
            1,
            "0 held out (split val)",
        ),
        (lambda s: (s / "images" / "plate 1.png").unlink(), 1, "1 of the dataset's 2 photos are missing, first"),
        (
            lambda s: (s / "images" / "plate 0.png").write_bytes(b"no"),
            1,
            "plate 0.png of the dataset cannot be read",
        ),
        (
            lambda s: _changed(s, lambda d: d["images"][0].update(width=50)),
            1,
            "its annotations are for 50×96",
        ),
        (
            lambda s: _changed(s, lambda d: [a.update(segmentation=_RLE) for a in d["annotations"]]),
            1,
            "0 annotated photos to learn from",
        ),
    ],
)
def test_a_dataset_that_is_not_right_is_refused_before_anything_starts(
    data_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], spoil: Any, status: int, said: str
) -> None:
    dataset = write_dataset(tmp_path / "set", train=1, val=1)
    spoil(dataset)
    assert main([*_arguments(dataset), "--json"]) == status
    out, err = capsys.readouterr()
    assert said in err
    assert len(err.splitlines()) == 1
    assert out == ""
    assert _left() == []


def _left() -> list[Path]:
    """What trainings have left."""
    return list((paths.data_dir() / "training").glob("*"))


@pytest.mark.parametrize("name", ["../kept", "../../kept"])
def test_what_is_no_failed_training_is_not_thrown_away(
    data_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    """A name that leads out of the trainings."""
    kept = run_folder(name) / "weights"
    kept.parent.mkdir(parents=True)
    kept.write_bytes(b"mine")
    assert main([*_arguments(write_dataset(tmp_path / "set", train=1, val=1)), "--name", name, "--base", "no"]) == 1
    assert kept.read_bytes() == b"mine"


def _as_other_programs_write(document: dict[str, Any]) -> None:
    """Polygons instead of run lengths, one class, and a box that has no outline."""
    rows = document["annotations"]
    for row in rows:
        polygons = to_polygons(Mask.from_coco(row["segmentation"]))
        row.update(category_id=1, segmentation=[polygon.ravel().tolist() for polygon in polygons])
        del row["area"]
    rows.append({"id": len(rows), "image_id": 0, "category_id": 1, "bbox": [1, 1, 9, 9], "segmentation": []})


def test_polygons_of_one_class_teach_and_a_box_is_left_out_and_told(
    data_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dataset = write_dataset(tmp_path / "set", train=1, val=1)
    _changed(dataset, _as_other_programs_write)
    status, document, events = _run(capsys, _arguments(dataset, "--epochs", "1"))
    assert status == 0, document
    assert document["epochs"] == 1
    assert next(one for one in events if one["event"] == "started")["objects"] == 2
    assert document["dataset"]["left_out"] == {"crowds": 0, "without_outline": 1}
    told = [one["text"] for one in events if one["event"] == "notice"]
    assert told == ["Annotations left out: 0 of crowds, 1 without an outline."]


def test_the_bundled_checkpoints_own_recipe_has_no_epochs(
    data_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dataset = write_dataset(tmp_path / "set", train=1, val=1)
    assert main([*_arguments(dataset), "--recipe", str(paths.recipes_dir() / "lite.yaml"), "--epochs", "3"]) == 2
    assert "lite.yaml goes by its minutes" in capsys.readouterr().err


def test_an_unknown_setting_is_named(data_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "own.yaml").write_text("epoch: 3")
    dataset = write_dataset(tmp_path / "set", train=1, val=1)
    assert main([*_arguments(dataset), "--recipe", str(tmp_path / "own.yaml")]) == 2
    assert "unknown setting 'epoch'" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform == "win32", reason="files are limited in size by a call that Windows has not")
@pytest.mark.parametrize("room", [200_000, 5_000_000])
def test_a_full_disk_is_said_in_one_sentence_and_nothing_half_is_left(
    data_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], room: int
) -> None:
    """First there is no room for an embedding, then for the state after an epoch."""
    import resource

    dataset = write_dataset(tmp_path / "set", train=1, val=1)
    arguments = _arguments(dataset)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, limits[1]))
    try:
        status = main([*arguments, "--json"])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    said = [line for line in capsys.readouterr().err.splitlines() if not line.startswith("{")]
    assert status == 1
    assert len(said) == 1
    assert "is full; make room" in said[0]
    assert not list(run_folder("mine").glob("*.part"))


def test_without_held_out_photos_nothing_is_compared(
    data_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dataset = write_dataset(tmp_path / "set", train=1, val=0)
    status, document, _ = _run(capsys, _arguments(dataset))
    assert status == 1
    assert "annotate more" in document["error"]


def test_held_out_photos_are_watched_or_compared_but_not_both(tmp_path: Path) -> None:
    parts = finetune.read_parts(write_dataset(tmp_path / "set", train=2, val=9))
    watched, compared = ({photo.id for photo in part} for part in (parts.watched, parts.compared))
    assert not watched & compared
    assert len(watched) == 3
    assert len(compared) == 6
    tested = finetune.read_parts(write_dataset(tmp_path / "tested", train=2, val=2, test=3))
    assert {photo.split for photo in tested.compared} == {"test"}
    assert {photo.split for photo in tested.watched} == {"val"}


def test_a_forgotten_resume_costs_nothing(
    data_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was learned before an interruption was deleted, even where nothing came of the new start."""
    dataset = write_dataset(tmp_path / "set", train=1, val=1)
    arguments = _arguments(dataset, "--json")
    told = Trainer._tell_step

    def stopped(trainer: Trainer, *figures: Any) -> None:
        told(trainer, *figures)
        signal.raise_signal(signal.SIGINT)

    with monkeypatch.context() as patched:
        patched.setattr(Trainer, "_tell_step", stopped)
        assert main(arguments) == 1
    state = (run_folder("mine") / "state.pt").read_bytes()
    for photo in (dataset / "images").iterdir():
        photo.rename(photo.with_suffix(".gone"))
    capsys.readouterr()
    assert main(arguments) == 1
    assert "mine is kept as mine-2; --name mine-2 --resume goes on" in capsys.readouterr().err
    assert unfinished() == ["mine-2"]
    assert (run_folder("mine-2") / "state.pt").read_bytes() == state
    assert read_order("mine-2") == Run("mine-2", "lite", str(dataset), arguments[arguments.index("--recipe") + 1], 0)
    for photo in (dataset / "images").iterdir():
        photo.rename(photo.with_suffix(".png"))
    arguments[arguments.index("--name") + 1] = "mine-2"
    assert main([*arguments, "--resume"]) == 0


@pytest.mark.parametrize("more", [[], ["--resume"]])
def test_a_run_that_another_process_trains_is_left_alone(
    data_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], more: list[str]
) -> None:
    dataset = write_dataset(tmp_path / "data")
    kept = run_folder("mine") / "state.pt"
    kept.parent.mkdir(parents=True)
    kept.write_bytes(b"half")
    with holder("mine"):
        assert main(_arguments(dataset, *more)) == 1
    assert "runs already in another process" in capsys.readouterr().err
    assert kept.read_bytes() == b"half"
