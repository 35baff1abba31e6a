"""Loading by name and by file; what must not be loaded is refused in one sentence and nothing of it runs."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save_file

sys.path.insert(0, str(Path(__file__).resolve().parent))
import sam2_case as case

from foodcal_desktop.core.prompt import PointPrompt, Prompts
from foodcal_desktop.segmentation.devices import DeviceError
from foodcal_desktop.segmentation.fallback import ResilientSegmenter
from foodcal_desktop.segmentation.loading import load_by_hash, load_segmenter
from foodcal_desktop.segmentation.sam2_network import build_network
from foodcal_desktop.segmentation.weights import WeightsError, load_weights
from foodcal_desktop.storage import paths
from foodcal_desktop.storage.checkpoints import Catalogue, CheckpointError

LITE = "lite.safetensors"


@pytest.fixture(autouse=True)
def _home(data_dir: Path) -> None:
    """A data folder of its own for every test."""


def test_the_bundled_one_by_name() -> None:
    segmenter = load_segmenter("lite", device="cpu")
    assert segmenter.name == "lite"
    assert segmenter.checkpoint_hash == Catalogue().get("lite").sha256


def test_a_file_by_its_path(tmp_path: Path) -> None:
    save_file(load_file(paths.models_dir() / LITE), tmp_path / "mine.safetensors", metadata={"note": "other bytes"})
    segmenter = load_segmenter(tmp_path / "mine.safetensors", device="cpu")
    assert segmenter.name == "mine" and segmenter.checkpoint_hash != Catalogue().get("lite").sha256
    assert len(segmenter.predict(segmenter.embed(np.zeros((40, 60, 3), np.uint8)), Prompts((PointPrompt(9, 9),)))) == 3


def test_by_the_beginning_of_its_hash() -> None:
    assert load_by_hash(Catalogue().get("lite").sha256[:16], "cpu").name == "lite"
    with pytest.raises(CheckpointError, match="open it again"):
        load_by_hash("0123456789abcdef", "cpu")


@pytest.fixture(scope="module")
def tiny_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SAM 2.1 tiny file as Meta's are: the weights under "model"."""
    path = tmp_path_factory.mktemp("tiny") / "my_tiny.pt"
    network = build_network(case.CONFIGS["tiny"])
    torch.save({"model": case.weights(network, 7)}, path)
    return path


def test_an_official_kind_of_file_loads_with_its_config(tiny_file: Path) -> None:
    segmenter = load_segmenter(tiny_file, device="cpu")
    assert isinstance(segmenter, ResilientSegmenter), "it can fall back to the bundled one"
    assert segmenter.current.side == 1024 and segmenter.notices == []
    first = next(iter(segmenter.current.network.parameters()))
    assert not first.requires_grad


def test_weights_of_another_size_are_refused(tiny_file: Path, tmp_path: Path) -> None:
    weights = torch.load(tiny_file, weights_only=True)["model"]
    weights["no_mem_embed"] = torch.zeros(1, 1, 8)
    save_file(weights, tmp_path / "odd.safetensors")
    with pytest.raises(WeightsError, match="another checkpoint kind"):
        load_segmenter(tmp_path / "odd.safetensors", device="cpu")


class _Bomb:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, ("exploded",)


def test_pickled_code_is_refused_and_never_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    torch.save({"model": {"maps.0.weight": torch.ones(1)}, "extra": _Bomb()}, tmp_path / "bomb.pt")
    with pytest.raises(WeightsError, match="code that would run"):
        load_weights(tmp_path / "bomb.pt")
    assert not (tmp_path / "exploded").exists()


@pytest.mark.parametrize("share", [0.0, 0.3, 0.999])
def test_half_files_are_refused(tmp_path: Path, share: float) -> None:
    whole = (paths.models_dir() / LITE).read_bytes()
    (tmp_path / "half.safetensors").write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(ValueError, match="fetch it again"):
        load_segmenter(tmp_path / "half.safetensors", device="cpu")


def test_half_a_torch_file_is_refused(tmp_path: Path) -> None:
    torch.save({"maps.0.weight": torch.ones(5000)}, tmp_path / "whole.pt")
    content = (tmp_path / "whole.pt").read_bytes()
    (tmp_path / "half.pt").write_bytes(content[: len(content) // 2])
    with pytest.raises(WeightsError, match="half or damaged"):
        load_weights(tmp_path / "half.pt")


@pytest.mark.parametrize("content", [[1, 2], {"epoch": 3}, {"model": {}}])
def test_a_file_without_weights_is_refused(tmp_path: Path, content: object) -> None:
    torch.save(content, tmp_path / "other.pt")
    with pytest.raises(WeightsError, match="no weights"):
        load_weights(tmp_path / "other.pt")


def test_the_wrong_names_and_devices() -> None:
    with pytest.raises(CheckpointError, match="there are: lite"):
        load_segmenter("sam3")
    with pytest.raises(CheckpointError, match="not on this computer yet"):
        load_segmenter("sam2.1-large")
    with pytest.raises(DeviceError):
        load_segmenter("lite", device="abacus")
