"""SAM 2 as a segmenter: prompts in batches, candidates, and the work not repeated; random weights, a small side."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

sys.path.insert(0, str(Path(__file__).resolve().parent))
import sam2_case as case
import sam2_ours as ours

from foodcal_desktop.core.prompt import BoxPrompt, MaskPrompt, PointPrompt, Prompts
from foodcal_desktop.segmentation.sam2_encoder import preprocess
from foodcal_desktop.segmentation.sam2_memory import MemoryTracker
from foodcal_desktop.segmentation.sam2_network import build_network
from foodcal_desktop.segmentation.sam2_segmenter import Sam2Segmenter, stability
from foodcal_desktop.segmentation.segmenter import Embedding

CLICK = Prompts((PointPrompt(150.0, 120.5),))


@pytest.fixture(scope="module")
def segmenter() -> Sam2Segmenter:
    return ours.segmenter("tiny", case.SMALL)


@pytest.fixture(scope="module")
def embedding(segmenter: Sam2Segmenter) -> Embedding:
    return segmenter.embed(case.photo())


def test_a_click_has_three_candidates_the_best_first(segmenter: Sam2Segmenter, embedding: Embedding) -> None:
    candidates = segmenter.predict(embedding, CLICK)
    assert len(candidates) == 3
    assert [c.predicted_iou for c in candidates] == sorted((c.predicted_iou for c in candidates), reverse=True)
    for candidate in candidates:
        assert (candidate.mask.height, candidate.mask.width) == (case.HEIGHT, case.WIDTH)
        assert candidate.logits.shape == (64, 64) and np.abs(candidate.logits).max() <= 32
        assert candidate.stability is not None and 0 <= candidate.stability <= 1


def test_other_prompts_have_one_candidate(segmenter: Sam2Segmenter, embedding: Embedding) -> None:
    first = segmenter.predict(embedding, CLICK)[0]
    for prompts in (
        CLICK.with_point(PointPrompt(10, 10, positive=False)),
        CLICK.with_previous(first.logits),
        Prompts(box=BoxPrompt(60, 40, 310, 260)),
        Prompts(previous=MaskPrompt(first.logits)),
    ):
        assert len(segmenter.predict(embedding, prompts)) == 1


def test_many_prompts_of_all_kinds_at_once_are_answered_in_their_order(
    segmenter: Sam2Segmenter, embedding: Embedding
) -> None:
    boxes = [Prompts(box=BoxPrompt(*box)) for box in case.BOXES] * 7
    mixed = [CLICK, *boxes, CLICK.with_point(PointPrompt(9, 9)), CLICK.with_previous(np.zeros((64, 64), np.float32))]
    together = segmenter.predict_each(embedding, mixed)
    for prompts, answers in zip(mixed, together, strict=True):
        alone = segmenter.predict(embedding, prompts)
        assert len(answers) == len(alone)
        for one, other in zip(answers, alone, strict=True):
            assert np.allclose(one.logits, other.logits, atol=1e-3)


def test_boxes_are_decoded_in_one_pass(
    segmenter: Sam2Segmenter, embedding: Embedding, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes: list[int] = []
    decode = segmenter._decoder.decode

    def counted(photo: object, sparse: torch.Tensor, mask: object) -> object:
        sizes.append(len(sparse))
        return decode(photo, sparse, mask)  # type: ignore[arg-type]

    monkeypatch.setattr(segmenter._decoder, "decode", counted)
    segmenter.predict_each(embedding, [Prompts(box=BoxPrompt(*box)) for box in case.BOXES] * 4)
    assert sizes == [12]


def test_the_photo_is_prepared_once_for_all_clicks(segmenter: Sam2Segmenter, monkeypatch: pytest.MonkeyPatch) -> None:
    prepared: list[int] = []
    prepare = segmenter._decoder.prepare

    def counted(*levels: torch.Tensor) -> object:
        prepared.append(1)
        return prepare(*levels)

    monkeypatch.setattr(segmenter._decoder, "prepare", counted)
    embedding = segmenter.embed(case.photo(3))
    for number in range(3):
        segmenter.predict(embedding, Prompts((PointPrompt(20.0 * number + 5, 30),)))
    segmenter.predict(replace(embedding, height=30, width=42), CLICK)
    assert len(prepared) == 1


def test_no_prompt_is_an_error_in_words(segmenter: Sam2Segmenter, embedding: Embedding) -> None:
    with pytest.raises(ValueError, match="click on a food"):
        segmenter.predict(embedding, Prompts())


def test_a_stored_embedding_gives_nearly_the_same_masks(
    segmenter: Sam2Segmenter, embedding: Embedding, tmp_path: Path
) -> None:
    embedding.save(tmp_path / "e.safetensors")
    stored = segmenter.predict(Embedding.load(tmp_path / "e.safetensors"), CLICK)
    for one, other in zip(stored, segmenter.predict(embedding, CLICK), strict=True):
        assert one.mask.iou(other.mask) > 0.99


def test_many_clicks_keep_working(segmenter: Sam2Segmenter, embedding: Embedding) -> None:
    points = tuple(PointPrompt(10.0 + 15 * n, 20.0 + 10 * n, n % 3 > 0) for n in range(25))
    assert len(segmenter.predict(embedding, Prompts(points, BoxPrompt(5, 5, 400, 290)))) == 1


def test_a_read_only_photo_of_odd_strides_is_taken(segmenter: Sam2Segmenter) -> None:
    whole = case.photo()
    turned = whole.transpose(1, 0, 2)[::-1]
    turned.setflags(write=False)
    expected = segmenter.embed(turned.copy())
    assert torch.equal(segmenter.embed(turned).tensors["embedding"], expected.tensors["embedding"])


def test_preprocessing_leaves_the_photo_as_it_was() -> None:
    rgb = case.photo()
    before = rgb.copy()
    pixels = preprocess(rgb, case.HEIGHT)
    assert pixels.shape == (1, 3, case.HEIGHT, case.HEIGHT)
    assert np.array_equal(rgb, before)


def test_stability() -> None:
    sharp = torch.where(torch.arange(64).reshape(8, 8) < 32, 9.0, -9.0)
    soft = torch.linspace(-2, 2, 64).reshape(8, 8)
    assert float(stability(sharp)) == 1
    assert float(stability(soft)) == pytest.approx(1 / 3, abs=0.03)
    assert float(stability(torch.full((8, 8), -9.0))) == 0


def test_a_config_that_sam2_does_not_ship() -> None:
    with pytest.raises(ValueError, match="no config"):
        build_network("configs/sam2.1/sam2.1_hiera_xl.yaml")


def test_masks_are_carried_through_photos_of_different_sizes(segmenter: Sam2Segmenter) -> None:
    frames = [case.photo(), case.photo(9)[:200], np.ascontiguousarray(case.photo(18)[:, :300])]
    tracker = MemoryTracker(segmenter, frames)
    start = segmenter.predict(segmenter.embed(frames[0]), CLICK)[0].mask
    tracker.start_from(0, "밥", start)
    carried = dict(tracker.carry())
    assert list(carried) == [0, 1, 2] and tracker.items == ("밥",)
    assert [(m["밥"].height, m["밥"].width) for m in carried.values()] == [(300, 420), (200, 420), (300, 300)]
    assert carried[0]["밥"].iou(start) > 0.9
    tracker.forget("밥")
    assert tracker.items == ()


def test_carrying_needs_a_prompt_frames_and_real_numbers(segmenter: Sam2Segmenter) -> None:
    with pytest.raises(ValueError, match="no frames"):
        MemoryTracker(segmenter, [])
    tracker = MemoryTracker(segmenter, [case.photo()])
    with pytest.raises(ValueError, match="click on a food first"):
        next(tracker.carry())
    with pytest.raises(ValueError, match="no frame 2"):
        tracker.prompt(1, "a", CLICK)
    with pytest.raises(ValueError, match="click on a food"):
        tracker.prompt(0, "a", Prompts())


def test_a_frame_is_encoded_once_for_carrying_and_correcting(segmenter: Sam2Segmenter) -> None:
    class Counted(list):  # type: ignore[type-arg]
        asked = 0

        def __getitem__(self, number: int) -> np.ndarray:  # type: ignore[override]
            self.asked += 1
            return case.photo(number)

    frames = Counted([0, 1])
    tracker = MemoryTracker(segmenter, frames)
    tracker.prompt(0, "a", CLICK)
    list(tracker.carry())
    tracker.prompt(1, "a", Prompts((PointPrompt(200, 60, positive=False),)))
    list(tracker.carry(1, backwards=True))
    assert frames.asked == 2
