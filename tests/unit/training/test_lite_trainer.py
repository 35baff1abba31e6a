from __future__ import annotations

from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

from foodcal_desktop.dataset.instances import DatasetPhoto, read_coco
from foodcal_desktop.segmentation.lite_segmenter import LiteSegmenter
from foodcal_desktop.training.lite_trainer import LiteTrainer
from foodcal_desktop.training.settings import LiteRecipe
from foodcal_desktop.training.trainable import LiteTrainable, load_trainable
from tests.unit.training.training_case import bundled, cpu, write_dataset

RECIPE = LiteRecipe(minutes=60, sides=(64, 96), side_shares=(0.5, 0.5), batch=1, objects=1, rounds=(1.0,))


@pytest.fixture
def photos(tmp_path: Path) -> list[DatasetPhoto]:
    folder = write_dataset(tmp_path / "set", train=2, val=0)
    return read_coco(folder / "annotations.json", folder / "images")


def _trainer(photos: list[DatasetPhoto], folder: Path) -> LiteTrainer:
    trainable = load_trainable(bundled(), cpu())
    assert isinstance(trainable, LiteTrainable)
    return LiteTrainer(trainable.network.requires_grad_(True), photos, RECIPE, folder)


def test_it_learns_saves_whole_and_goes_on(photos: list[DatasetPhoto], tmp_path: Path) -> None:
    trainer = _trainer(photos, tmp_path / "run")
    frozen = trainer.network.image_encoder.trunk.net.conv_stem.weight.clone()
    figures = next(trainer.run(report_every=2, save_seconds=0))
    assert figures["step"] == 2
    assert figures["side"] == 64
    trainer.save()
    assert torch.equal(frozen, trainer.network.image_encoder.trunk.net.conv_stem.weight)
    saved = load_file(tmp_path / "run" / "weights.safetensors")
    assert torch.equal(saved["tok.weight"], trainer.average.tok.weight)
    again = _trainer(photos, tmp_path / "run")
    again.resume()
    assert (again.steps, again.seconds) == (trainer.steps, trainer.seconds)
    assert torch.equal(again.network.tok.weight, trainer.network.tok.weight)
    assert LiteSegmenter.load(tmp_path / "run" / "weights.safetensors").network.side == 448


def test_sides_follow_the_time_that_is_over(photos: list[DatasetPhoto], tmp_path: Path) -> None:
    trainer = _trainer(photos, tmp_path / "run")
    assert trainer._side() == 64
    trainer.seconds = 0.6 * 60 * RECIPE.minutes
    assert trainer._side() == 96
    trainer.seconds = 60 * RECIPE.minutes
    assert trainer._side() == 96
    assert trainer.progress == 1.0
