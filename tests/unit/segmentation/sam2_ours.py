"""Our segmenter and memory on the case of sam2_case, in the form in which the official answers are recorded."""

from __future__ import annotations

from typing import Any

import numpy as np
import sam2_case as case
import torch
from numpy.typing import NDArray

from foodcal_desktop.core.prompt import BoxPrompt, Candidate, MaskPrompt, PointPrompt, Prompts
from foodcal_desktop.segmentation import devices
from foodcal_desktop.segmentation.sam2_memory import MemoryTracker
from foodcal_desktop.segmentation.sam2_network import build_network
from foodcal_desktop.segmentation.sam2_segmenter import Sam2Segmenter
from foodcal_desktop.segmentation.segmenter import Embedding

Logits = NDArray[np.float32]


def segmenter(size: str, side: int, device: str = "cpu") -> Sam2Segmenter:
    """With the case's weights, all in float32."""
    network = build_network(case.CONFIGS[size], side)
    network.load_state_dict(case.weights(network, case.SEEDS[size]), strict=True)
    return Sam2Segmenter(network, size, "0" * 64, devices.choose(device, exact=True))


def prompts_of(name: str, previous: Logits | None) -> Prompts:
    """The case's prompts; ``previous`` are the logits of the case that it builds on."""
    prompts = case.CASES[name]
    points = tuple(PointPrompt(x, y, bool(label)) for x, y, label in prompts.get("points", ()))
    box = BoxPrompt(*prompts["box"]) if "box" in prompts else None
    return Prompts(points, box, None if previous is None else MaskPrompt(previous))


def image_answers(ours: Sam2Segmenter) -> dict[str, tuple[Logits, Logits]]:
    """For each case: logits M×h×w, bounded as the official predictor bounds them, and predicted IoU M."""
    embedding = ours.embed(case.photo())
    answers: dict[str, tuple[Logits, Logits]] = {}
    for name, prompts in case.CASES.items():
        before = answers[prompts["previous"]][0][0] if "previous" in prompts else None
        answers[name] = _one(ours, embedding, [prompts_of(name, before)], prompts["multimask"])
    boxes = [Prompts(box=BoxPrompt(*box)) for box in case.BOXES]
    logits, iou = ours.logits(embedding, boxes, multimask=False)
    answers["boxes"] = logits[:, 0].clamp(-32, 32).cpu().numpy(), iou[:, 0].cpu().numpy()
    return answers


def _one(ours: Sam2Segmenter, embedding: Embedding, prompts: list[Prompts], multimask: bool) -> tuple[Logits, Logits]:
    logits, iou = ours.logits(embedding, prompts, multimask)
    return logits[0].clamp(-32, 32).cpu().numpy(), iou[0].cpu().numpy()


def click_candidates(ours: Sam2Segmenter) -> list[Candidate]:
    """What the program shows for the first case."""
    return ours.predict(ours.embed(case.photo()), prompts_of("click", None))


class RecordingTracker(MemoryTracker):
    """Keeps the logits of each step."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.logits: list[Logits] = []

    def _masks(self, frame: int, ids: Any, logits: Any) -> Any:
        self.logits.append(logits[:, 0].float().cpu().numpy())
        return super()._masks(frame, ids, logits)


def video_answers(ours: Sam2Segmenter) -> list[Logits]:
    """Low-resolution logits N×h×w of the video case, step by step."""
    tracker = RecordingTracker(ours, frames())
    x, y, _ = case.VIDEO_CLICK
    tracker.prompt(0, "dish", Prompts((PointPrompt(x, y),)))
    tracker.prompt(0, "bowl", Prompts(box=BoxPrompt(*case.VIDEO_BOX)))
    tracker.logits.pop()  # the official side does not record the box's own answer
    for _ in tracker.carry():
        pass
    x, y, _ = case.VIDEO_CORRECTION
    tracker.prompt(case.FRAMES - 1, "dish", Prompts((PointPrompt(x, y, positive=False),)))
    for _ in tracker.carry(case.FRAMES - 1, backwards=True):
        pass
    return tracker.logits


def frames() -> list[NDArray[np.uint8]]:
    """The video's frames."""
    return [case.photo(case.SHIFT * number) for number in range(case.FRAMES)]


def difference(ours: Logits, official: Logits) -> float:
    """The largest difference, relative to the largest official logit."""
    return float(np.abs(ours - official).max() / np.abs(official).max())


def upscaled(logits: Logits) -> Logits:
    """N×h×w to N×H×W of the case's photo, as SAM2VideoPredictor gives them out."""
    size = (case.HEIGHT, case.WIDTH)
    large = torch.nn.functional.interpolate(torch.from_numpy(logits)[:, None], size, mode="bilinear")
    return large[:, 0].numpy()
