from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest
import torch
from safetensors.torch import load_file
from torch import Tensor

from foodcal_desktop.segmentation.lite_network import LiteNetwork, PointSet


def _case() -> ModuleType:
    spec = importlib.util.spec_from_file_location("lite_case", Path(__file__).with_name("lite_case.py"))
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


case = _case()


def _differences(found: Tensor, wanted: Tensor) -> list[str]:
    """More than a thousandth of the largest logit, or, as masks (where there is one), an IoU below 0.999."""
    if found.shape != wanted.shape:
        return [f"the shape is {tuple(found.shape)}, not {tuple(wanted.shape)}"]
    off = float((found - wanted).abs().max() / wanted.abs().max())
    both, either = int(((found > 0) & (wanted > 0)).sum()), int(((found > 0) | (wanted > 0)).sum())
    told = {
        f"off by {off:.2e} of the largest": off > 1e-3,
        f"{both} of {either} pixels are in both masks": both < 0.999 * either,
    }
    return [text for text, wrong in told.items() if wrong]


@pytest.fixture(scope="module")
def parity(shared: Path) -> dict[str, Tensor]:
    return load_file(shared / "models" / "parity.safetensors")


@pytest.fixture(scope="module")
def reference(shared: Path) -> LiteNetwork:
    network: LiteNetwork = case.network(shared / "models" / "lite.safetensors")
    return network


@torch.inference_mode()
def test_embedding_equals_the_parity_vector(reference: LiteNetwork, parity: dict[str, Tensor]) -> None:
    encoded = reference.encode(parity["input"])
    assert not _differences(encoded.emb, parity["embedding"])
    assert not _differences(encoded.hi0, parity["hi0"])
    assert not _differences(encoded.hi1, parity["hi1"])


@torch.inference_mode()
def test_answers_equal_the_parity_vector(reference: LiteNetwork, parity: dict[str, Tensor]) -> None:
    encoded = reference.encode(parity["input"])
    click, iou = reference.decode(encoded, PointSet(parity["point.coords"], parity["point.labels"]), None, True)
    assert not _differences(click, parity["point.logits"])
    torch.testing.assert_close(iou, parity["point.iou"], atol=1e-3, rtol=0)
    best = int(parity["point.iou"].argmax())
    previous = parity["point.logits"][:, best : best + 1].clamp(-32, 32)
    points = PointSet(parity["correction.coords"], parity["correction.labels"])
    corrected, iou = reference.decode(encoded, points, previous, False)
    assert not _differences(corrected, parity["correction.logits"])
    torch.testing.assert_close(iou, parity["correction.iou"], atol=1e-3, rtol=0)
    boxed, iou = reference.decode(encoded, PointSet(parity["box.coords"], torch.tensor([[2, 3]])), None, False)
    assert not _differences(boxed, parity["box.logits"])
    torch.testing.assert_close(iou, parity["box.iou"], atol=1e-3, rtol=0)


def test_the_shipped_checkpoint_answers_as_recorded() -> None:
    found = case.answers(case.network(case.SHIPPED), case.image())
    recorded = load_file(case.RECORDED)
    assert set(found) == set(recorded)
    for name in recorded:
        if name.endswith("logits"):
            assert not _differences(found[name], recorded[name])
        else:
            torch.testing.assert_close(found[name], recorded[name], atol=1e-3, rtol=0)


@torch.inference_mode()
def test_prompts_decoded_together_equal_those_decoded_alone() -> None:
    network = case.network(case.SHIPPED)
    encoded = network.encode(case.image())
    coords = torch.tensor([[[170.5, 240.5]], [[340.0, 100.0]], [[20.0, 400.0]]])
    labels = torch.ones(3, 1, dtype=torch.long)
    together, iou = network.decode(encoded, PointSet(coords, labels), None, True)
    for i in range(3):
        alone, alone_iou = network.decode(encoded, PointSet(coords[i : i + 1], labels[:1]), None, True)
        torch.testing.assert_close(together[i : i + 1], alone, atol=2e-3, rtol=1e-4)
        torch.testing.assert_close(iou[i : i + 1], alone_iou, atol=1e-4, rtol=0)


@pytest.mark.parametrize("side", [256, 352, 448])
@torch.inference_mode()
def test_works_at_other_sides(side: int) -> None:
    network = case.network(case.SHIPPED)
    network.set_side(side)
    encoded = network.encode(case.image()[..., :side, :side])
    points = PointSet(torch.tensor([[[side / 2, side / 2]]]), torch.tensor([[1]]))
    logits, iou = network.decode(encoded, points, None, True)
    assert logits.shape == (1, 3, side // 4, side // 4)
    assert bool(((iou >= 0) & (iou <= 1)).all())
