"""Fine-tuning an official network (tiny, random weights): it learns, what is frozen stays, plain sam2 loads it."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from foodcal_desktop.core.prompt import PointPrompt, Prompts
from foodcal_desktop.dataset.instances import read_coco
from foodcal_desktop.segmentation.sam2_encoder import preprocess
from foodcal_desktop.segmentation.sam2_network import build_network
from foodcal_desktop.storage import photos
from foodcal_desktop.storage.checkpoints import Checkpoint
from foodcal_desktop.training.settings import Recipe
from foodcal_desktop.training.trainable import load_trainable
from foodcal_desktop.training.trainer import Trainer
from tests.unit.training.training_case import SIDE, cpu, write_dataset

TINY = "configs/sam2.1/sam2.1_hiera_t.yaml"


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Checkpoint:
    path = tmp_path_factory.mktemp("sam2") / "random.pt"
    network = build_network(TINY)
    generator = torch.Generator().manual_seed(5)
    with torch.no_grad():
        for name, parameter in network.named_parameters():
            scale = 1.0 if "norm" in name and name.endswith("weight") else 0.0
            fan = max(int(np.prod(parameter.shape[1:])), 1)
            parameter.copy_(scale + torch.randn(parameter.shape, generator=generator) * 0.7 / fan**0.5)
    torch.save({"model": network.state_dict()}, path)
    return Checkpoint("random", "sam2", "own", path, path.stat().st_size, "0" * 64, config=TINY)


def test_it_learns_and_plain_sam2_agrees(base: Checkpoint, tmp_path: Path) -> None:
    folder = write_dataset(tmp_path / "set", train=1, val=1)
    photo = read_coco(folder / "annotations.json", folder / "images")[0]
    trainable = load_trainable(base, cpu())
    recipe = dataclasses.replace(Recipe(), batch=1, objects=2, views=1, rounds=(1.0,), rate=2e-3, warm_up=0.0)
    (tmp_path / "run").mkdir()
    trainer = Trainer(trainable, [photo], recipe, tmp_path / "run", cpu(), lambda _event: None)
    batch = next(iter(trainer._batches.epoch(0)))
    losses = [trainer._stepped(batch)[0] for _ in range(12)]
    assert min(losses[-4:]) < losses[0] / 2

    weights = dict(trainable.network.state_dict())
    saved = tmp_path / "tuned.pt"
    trainable.save(weights, saved)
    before = torch.load(base.path, weights_only=True)["model"]
    after = torch.load(saved, weights_only=True)["model"]
    assert set(before) == set(after)
    changed = {name for name in before if not torch.equal(before[name], after[name])}
    assert changed
    assert all(trainable.is_head(name) for name in changed)

    rgb = photos.load(photo.path).pixels
    segmenter = trainable.segmenter("0" * 64)
    found = segmenter.predict(segmenter.embed(rgb), Prompts((PointPrompt(30.5, 40.5),)))
    plain = _plain_network()
    plain.load_state_dict(after, strict=True)
    logits, ious = _plain_answer(plain, preprocess(rgb, 1024), (30.5 / SIDE * 1024, 40.5 / SIDE * 1024))
    for candidate, number in zip(found, np.argsort(-ious), strict=True):
        assert candidate.predicted_iou == pytest.approx(float(ious[number]), abs=1e-3)
        np.testing.assert_allclose(candidate.logits, logits[number].clip(-32, 32), atol=2e-2)


@torch.inference_mode()
def _plain_answer(plain: Any, pixels: torch.Tensor, point: tuple[float, float]) -> tuple[np.ndarray, np.ndarray]:
    """Three candidates' logits and predicted IoU of one click, as SAM2ImagePredictor asks sam2 for them."""
    _, levels, _, sizes = plain._prepare_backbone_features(plain.forward_image(pixels))
    levels[-1] = levels[-1] + plain.no_mem_embed
    fine = [level.permute(1, 2, 0).reshape(1, -1, *size) for level, size in zip(levels[::-1], sizes[::-1], strict=True)]
    click = (torch.tensor([[point]]), torch.tensor([[1]]))
    sparse, dense = plain.sam_prompt_encoder(points=click, boxes=None, masks=None)
    logits, ious, _, _ = plain.sam_mask_decoder(
        image_embeddings=fine[0],
        image_pe=plain.sam_prompt_encoder.get_dense_pe(),
        sparse_prompt_embeddings=sparse,
        dense_prompt_embeddings=dense,
        multimask_output=True,
        repeat_image=False,
        high_res_features=fine[:0:-1],
    )
    return logits[0].numpy(), ious[0].numpy()


def _plain_network() -> Any:
    """As sam2.build_sam does, which would also ask for a CUDA device."""
    from importlib import resources

    from hydra.utils import instantiate
    from omegaconf import OmegaConf

    text = resources.files("sam2").joinpath(TINY).read_text(encoding="utf-8")
    network = instantiate(OmegaConf.create(text).model, _recursive_=True)
    return network.eval()
