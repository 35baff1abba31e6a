"""Two processes started by torchrun on the CPU train as one would on their photos together."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from safetensors.torch import load_file

from foodcal_desktop.__main__ import main
from foodcal_desktop.segmentation.weights import load_weights
from foodcal_desktop.storage import paths
from foodcal_desktop.storage.checkpoints import Catalogue
from foodcal_desktop.training.batches import _share
from tests.unit.training.torchrun_case import prepare
from tests.unit.training.training_case import bundled, write_dataset

REPOSITORY = Path(__file__).resolve().parents[3]
CASE = Path(__file__).with_name("torchrun_case.py")
# One object of a photo: the mean over a process's objects is then the mean of all. The share without a rate that decays
# is the same for both, and so is all that is drawn by chance.
RECIPE = """
encoder: frozen
epochs: {epochs}
batch: {batch}
steps: 2
objects: 1
views: 1
rounds: [1.0]
rate: 2.0e-4
warm_up: 0
ema: 0
patience: 100
augmentation: {{paste: 0}}
"""


@dataclass
class Launched:
    """What came of a training: its status, its document, what it told, and each process's weights."""

    status: int
    document: dict[str, Any]
    events: list[dict[str, Any]]
    said: list[str]
    folder: Path

    def weights(self, process: int) -> dict[str, torch.Tensor]:
        """What a process ended with."""
        values: dict[str, torch.Tensor] = torch.load(self.folder / f"process-{process}.pt", weights_only=True)
        return values


def _dataset(folder: Path) -> Path:
    """Photos with one object each."""
    dataset = write_dataset(folder, train=4, val=2)
    document = json.loads((dataset / "annotations.json").read_text())
    first = {row["image_id"]: row for row in reversed(document["annotations"])}
    document["annotations"] = list(first.values())
    (dataset / "annotations.json").write_text(json.dumps(document))
    return dataset


def _asked(folder: Path, batch: int, epochs: int) -> list[str]:
    dataset = folder / "set"
    if not dataset.exists():
        _dataset(dataset)
    (folder / "recipe.yaml").write_text(RECIPE.format(batch=batch, epochs=epochs))
    recipe = str(folder / "recipe.yaml")
    return ["finetune", str(dataset), "--base", "lite", "--name", "mine", "--recipe", recipe, "--json"]


def _environment(folder: Path, **more: str) -> dict[str, str]:
    home = folder / "home"
    home.mkdir(exist_ok=True)
    own = {"FOODCAL_DATA_DIR": str(home), "PYTHONPATH": str(REPOSITORY), "OMP_NUM_THREADS": "1"}
    return {**os.environ, **own, **more}


def _launched(
    folder: Path,
    batch: int = 1,
    epochs: int = 2,
    at: Callable[[int, dict[str, Any]], None] | None = None,
    asked: Sequence[str] = (),
    **more: str,
) -> Launched:
    """Train in two processes; ``at`` is called with the launcher's process number and each event as it comes."""
    launcher = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node=2"]
    command = [*launcher, str(CASE), str(folder), *_asked(folder, batch, epochs), *asked]
    environment, events, said = _environment(folder, **more), [], []
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, env=environment, cwd=folder) as child:
        # Processes that wait for each other would wait for hours.
        hanging = threading.Timer(240, child.terminate)
        hanging.start()
        assert child.stdout is not None
        assert child.stderr is not None
        for line in child.stderr:
            if not line.startswith("{"):
                said.append(line.rstrip())
                continue
            events.append(json.loads(line))
            if at is not None:
                at(child.pid, events[-1])
        out = child.stdout.read()
        hanging.cancel()
    return Launched(child.returncode, json.loads(out) if out else {}, events, said, folder)


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Launched:
    """Two processes with one photo a step each."""
    return _launched(tmp_path_factory.mktemp("two"))


def _moved(weights: dict[str, torch.Tensor]) -> torch.Tensor:
    """How far all weights are from the base, as one vector."""
    base = load_weights(bundled().path)
    return torch.cat([(value - base[name]).flatten() for name, value in sorted(weights.items())])


@pytest.mark.slow
def test_both_end_with_the_same_weights_in_a_checkpoint_that_loads(
    two: Launched, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert two.status == 0, two.said
    one, other = two.weights(0), two.weights(1)
    assert _moved(one).abs().max() > 0
    assert all(torch.equal(value, other[name]) for name, value in one.items())
    monkeypatch.setenv("FOODCAL_DATA_DIR", str(two.folder / "home"))
    Catalogue().verify("mine")
    saved = load_file(Catalogue().get("mine").path)
    assert saved.keys() == load_weights(bundled().path).keys()


@pytest.mark.slow
def test_the_first_process_alone_tells_and_writes(two: Launched, monkeypatch: pytest.MonkeyPatch) -> None:
    kinds = [(event["event"], event.get("epoch"), event.get("step")) for event in two.events]
    assert len(kinds) == len(set(kinds)) + 3, "only comparing comes more than once: four photos"
    assert [event["epoch"] for event in two.events if event["event"] == "epoch"] == [0, 1, 2]
    assert two.document["checkpoint"]["name"] == "mine"
    monkeypatch.setenv("FOODCAL_DATA_DIR", str(two.folder / "home"))
    assert [one.name for one in Catalogue().checkpoints() if one.origin == "own"] == ["mine"]
    assert Catalogue().get("mine").training["parent"] == "lite"
    assert not (two.folder / "home" / "training" / "mine").exists()


@pytest.mark.slow
def test_two_with_one_photo_each_learn_as_one_with_two(
    two: Launched, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Were the gradients not averaged, each process would go its own way, as one with a single photo does."""
    moved, figures = [], []
    for batch in (2, 1):
        folder = tmp_path / str(batch)
        folder.mkdir()
        monkeypatch.setenv("FOODCAL_DATA_DIR", _environment(folder)["FOODCAL_DATA_DIR"])
        with monkeypatch.context() as patched:
            prepare(folder, patched.setattr)
            assert main(_asked(folder, batch, 2)) == 0
        document = json.loads(capsys.readouterr().out)
        figures.append(document["after"]["box_miou"])
        moved.append(_moved(Launched(0, document, [], [], folder).weights(0)))
    wanted, alone = moved
    assert (_moved(two.weights(0)) - wanted).norm() < 0.05 * wanted.norm()
    assert (alone - wanted).norm() > 0.3 * wanted.norm()
    assert two.document["after"]["box_miou"] == pytest.approx(figures[0], abs=0.01)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("asked", "refusal"),
    [(("--recipe", str(paths.recipes_dir() / "lite.yaml")), "trains in one process"), (("--name", "lite"), "already")],
)
def test_what_both_refuse_is_said_once_and_leaves_nothing(tmp_path: Path, asked: tuple[str, ...], refusal: str) -> None:
    ended = _launched(tmp_path, asked=asked)
    assert ended.status != 0
    assert len([line for line in ended.said if refusal in line]) == 1, ended.said
    assert not list((tmp_path / "home").glob("training/*"))


def _process_numbered(number: int, launcher: int) -> int:
    """The system's number of torchrun's process with a rank."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            if parent == launcher and f"RANK={number}" in (folder / "environ").read_text().split("\0"):
                return int(folder.name)
        except OSError:
            continue
    raise LookupError(f"torchrun has no process {number}.")


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="processes are found in /proc")
@pytest.mark.parametrize(("killed", "left"), [(1, 0), (0, 1)])
def test_one_killed_ends_the_others_with_a_sentence_and_can_be_gone_on_with(
    killed: int, left: int, tmp_path: Path
) -> None:
    def kill(launcher: int, event: dict[str, Any]) -> None:
        # The state is written after the epoch's figures were told.
        if event["event"] == "step" and event["epoch"] == 2 and event["step"] == 1:
            os.kill(_process_numbered(killed, launcher), signal.SIGKILL)

    ended = _launched(tmp_path, epochs=200, at=kill)
    assert ended.status != 0
    assert [line for line in ended.said if "another process of this training is gone" in line] == [
        f"Process {left} ended because another process of this training is gone; what was learned is kept, and the "
        "same command with --resume goes on."
    ]
    assert ended.document == {}
    state = torch.load(tmp_path / "home" / "training" / "mine" / "state.pt", weights_only=True)
    assert state["numbers"][0] >= 1


@pytest.mark.slow
def test_too_little_memory_in_one_halves_the_work_of_all_and_cancelled_all_end_at_the_same_step(tmp_path: Path) -> None:
    """Each process reads the file when it comes to it; they have to agree, or one would wait for the other."""

    def cancel(_launcher: int, event: dict[str, Any]) -> None:
        if event["event"] == "epoch" and event["epoch"] == 1:
            (tmp_path / "home" / "training" / "mine" / "control").write_text("cancel")

    ended = _launched(tmp_path, batch=4, epochs=200, at=cancel, OUT_OF_MEMORY="1")
    assert [event["text"] for event in ended.events if event["event"] == "notice"] == [
        "The memory ran out; each step is now worked on in 4 parts. The result is the same, later."
    ]
    assert ended.status != 0
    assert [line for line in ended.said if "Cancelled" in line] == ["Cancelled; nothing was kept."]
    assert not any("is gone" in line for line in ended.said)
    assert not (tmp_path / "home" / "training" / "mine").exists()
    one, other = ended.weights(0), ended.weights(1)
    assert _moved(one).abs().max() > 0
    assert all(torch.equal(value, other[name]) for name, value in one.items())


def test_every_process_gets_its_own_photos_and_all_of_them_together() -> None:
    order = np.arange(5)
    shares = [_share(order, process, 2) for process in range(2)]
    assert len(shares[0]) == len(shares[1])
    assert set(np.concatenate(shares)) == set(order)
