from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from foodcal_desktop.core.prompt import BoxPrompt, PointPrompt, Prompts
from foodcal_desktop.segmentation.lite_reading import meant
from foodcal_desktop.segmentation.lite_segmenter import LiteSegmenter, point_set, preprocess
from foodcal_desktop.segmentation.segmenter import Embedding
from foodcal_desktop.segmentation.weights import WeightsError
from foodcal_desktop.storage import paths, photos


@pytest.fixture(scope="module")
def segmenter() -> LiteSegmenter:
    return LiteSegmenter.load(paths.models_dir() / "lite.safetensors")


@pytest.fixture(scope="module")
def embedding(segmenter: LiteSegmenter) -> Embedding:
    return segmenter.embed(photos.load(paths.resources_dir() / "sample" / "coffee.png").pixels)


CLICK = Prompts((PointPrompt(290.0, 145.0),))


def test_one_click_has_three_candidates_the_likeliest_first(segmenter: LiteSegmenter, embedding: Embedding) -> None:
    candidates = segmenter.predict(embedding, CLICK)
    assert len(candidates) == 3
    cells = candidates[0].logits.shape[0]
    click = (290.0 * cells / embedding.width, 145.0 * cells / embedding.height)
    likelihoods = [meant(one.logits, one.predicted_iou, click) for one in candidates]
    assert likelihoods == sorted(likelihoods, reverse=True)
    assert all((c.mask.height, c.mask.width) == (embedding.height, embedding.width) for c in candidates)
    assert candidates[0].mask.contains(290.0, 145.0)


def test_box_and_correction_have_one(segmenter: LiteSegmenter, embedding: Embedding) -> None:
    boxed = segmenter.predict(embedding, Prompts(box=BoxPrompt(150, 60, 440, 300)))
    assert len(boxed) == 1
    first = segmenter.predict(embedding, CLICK)[0]
    again = CLICK.with_point(PointPrompt(30.0, 30.0, positive=False)).with_previous(first.logits)
    assert len(segmenter.predict(embedding, again)) == 1


def test_the_previous_mask_counts(segmenter: LiteSegmenter, embedding: Embedding) -> None:
    first = segmenter.predict(embedding, CLICK)[0]
    more = CLICK.with_point(PointPrompt(30.0, 30.0, positive=False))
    with_mask = segmenter.predict(embedding, more.with_previous(first.logits))[0]
    assert not np.allclose(with_mask.logits, segmenter.predict(embedding, more)[0].logits)


def test_many_prompts_at_once_are_answered_like_one_by_one(segmenter: LiteSegmenter, embedding: Embedding) -> None:
    first = segmenter.predict(embedding, CLICK)[0]
    each = [
        CLICK,
        Prompts(box=BoxPrompt(150, 60, 440, 300)),
        Prompts((PointPrompt(80.0, 350.0),)),
        CLICK.with_point(PointPrompt(30.0, 30.0, positive=False)).with_previous(first.logits),
    ]
    for prompts, together in zip(each, segmenter.predict_each(embedding, each), strict=True):
        alone = segmenter.predict(embedding, prompts)
        assert len(alone) == len(together)
        for one, other in zip(alone, together, strict=True):
            assert one.mask.iou(other.mask) > 0.995
            assert one.predicted_iou == pytest.approx(other.predicted_iou, abs=1e-3)


def test_a_mirrored_photo_is_answered_by_the_mirrored_mask(segmenter: LiteSegmenter) -> None:
    rgb = photos.load(paths.resources_dir() / "sample" / "coffee.png").pixels
    width = rgb.shape[1]
    there = segmenter.embed(np.ascontiguousarray(rgb[:, ::-1]))
    here = segmenter.embed(rgb)
    box, mirrored = BoxPrompt(150, 60, 440, 300), BoxPrompt(width - 440, 60, width - 150, 300)
    click, across = PointPrompt(290.0, 145.0), PointPrompt(width - 290.0, 145.0)
    for one, other in ((Prompts((click,)), Prompts((across,))), (Prompts((click,), box), Prompts((across,), mirrored))):
        expected = segmenter.predict(here, one)[0].logits
        # Resizing a mirrored photo does not round its pixels the same way.
        strayed = np.abs(segmenter.predict(there, other)[0].logits[:, ::-1] - expected)
        assert strayed.mean() < 0.05 * np.abs(expected).mean()


def test_an_embedding_of_one_view_is_still_answered(segmenter: LiteSegmenter, embedding: Embedding) -> None:
    tensors = {name: tensor[:1] for name, tensor in embedding.tensors.items()}
    one_view = Embedding(tensors, embedding.height, embedding.width)
    several = [CLICK, Prompts((PointPrompt(80.0, 350.0),))]
    for alone, both in zip(
        segmenter.predict_each(one_view, several), segmenter.predict_each(embedding, several), strict=True
    ):
        assert alone[0].mask.iou(both[0].mask) > 0.7


def test_nothing_to_answer_is_refused(segmenter: LiteSegmenter, embedding: Embedding) -> None:
    with pytest.raises(ValueError, match="click on a food"):
        segmenter.predict(embedding, Prompts())


def test_points_are_scaled_to_the_input_and_the_box_stands_first() -> None:
    prompts = Prompts((PointPrompt(100.0, 50.0, positive=False),), BoxPrompt(0, 0, 200, 100))
    points = point_set(prompts, height=100, width=200, side=448)
    assert points.labels.tolist() == [[2, 3, 0]]
    torch.testing.assert_close(points.coords, torch.tensor([[[0.0, 0.0], [448.0, 448.0], [224.0, 224.0]]]))


def test_preprocessing_is_that_of_the_parity_photo(shared: Path) -> None:
    from safetensors.torch import load_file

    rgb = photos.load(shared / "models" / "parity.png").pixels
    wanted = load_file(shared / "models" / "parity.safetensors")["input"]
    assert float((preprocess(rgb, 448) - wanted).abs().max()) < 1e-4


def test_another_file_is_refused_in_one_sentence(tmp_path: Path) -> None:
    from safetensors.torch import save_file

    save_file({"something": torch.zeros(2)}, tmp_path / "other.safetensors")
    with pytest.raises(WeightsError, match="another checkpoint kind"):
        LiteSegmenter.load(tmp_path / "other.safetensors")
