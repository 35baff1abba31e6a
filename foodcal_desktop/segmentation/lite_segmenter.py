"""The bundled checkpoint as a segmenter: it looks at a photo and at its mirror image, and takes the mean of both.

On a third of the validation photos (124 objects) the second view lifted the mean IoU after one click from 0.692 to
0.716, after five from 0.824 to 0.839, by a box from 0.809 to 0.812, for twice the time of so small a network; a third
view, upside down, gave less than half a point more.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from foodcal_desktop.core import morphology
from foodcal_desktop.core.mask import Mask
from foodcal_desktop.core.prompt import Candidate, Prompts
from foodcal_desktop.segmentation.lite_network import (
    BOX_END,
    BOX_START,
    DEVIATION,
    LOGIT_BOUND,
    MEAN,
    NEGATIVE,
    POSITIVE,
    Encoded,
    LiteNetwork,
    PointSet,
)
from foodcal_desktop.segmentation.lite_reading import SHIFT, meant
from foodcal_desktop.segmentation.segmenter import Embedding
from foodcal_desktop.segmentation.upsample import mask_of
from foodcal_desktop.segmentation.weights import fill, load_weights

RGB = NDArray[np.uint8]


def preprocess(rgb: RGB, side: int) -> Tensor:
    """H×W×3 uint8 to 1×3×S×S, normalised; resized without keeping the aspect, by area where the width shrinks."""
    shrinks = rgb.shape[1] > side
    small = cv2.resize(rgb, (side, side), interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR)
    normal = (small.astype(np.float32) - np.array(MEAN, np.float32)) / np.array(DEVIATION, np.float32)
    return torch.from_numpy(np.ascontiguousarray(normal.transpose(2, 0, 1)))[None]


def point_set(prompts: Prompts, height: int, width: int, side: int) -> PointSet:
    """Prompts in photo pixels to points of the S×S input, 1×N: the box's corners first, then the clicks."""
    coords: list[tuple[float, float]] = []
    labels: list[int] = []
    if prompts.box is not None:
        coords += [(prompts.box.x0, prompts.box.y0), (prompts.box.x1, prompts.box.y1)]
        labels += [BOX_START, BOX_END]
    coords += [(p.x, p.y) for p in prompts.points]
    labels += [POSITIVE if p.positive else NEGATIVE for p in prompts.points]
    if not coords:
        raise ValueError("There is neither a click nor a box; click on a food.")
    scale = torch.tensor([side / width, side / height])
    return PointSet(torch.tensor(coords, dtype=torch.float32)[None] * scale, torch.tensor(labels)[None])


class LiteSegmenter:
    """The bundled network on the CPU or another device."""

    def __init__(self, network: LiteNetwork, name: str, checkpoint_hash: str, device: str = "cpu") -> None:
        self.network = network.to(device).eval()
        self.name = name
        self.checkpoint_hash = checkpoint_hash
        self.device = device

    @staticmethod
    def load(path: Path, name: str = "lite", checkpoint_hash: str = "", device: str = "cpu") -> LiteSegmenter:
        """From a safetensors file. Raises WeightsError or OSError where it is none of this kind."""
        network = LiteNetwork()
        fill(network, load_weights(path), path.name)
        return LiteSegmenter(network, name, checkpoint_hash, device)

    @torch.inference_mode()
    def embed(self, rgb: RGB) -> Embedding:
        """Encode an upright photo, H×W×3 RGB uint8; its tensors are 2×…, the second of the mirror image."""
        image = preprocess(rgb, self.network.side).to(self.device)
        # One after the other: as a batch of two they fall out of the processor's cache and take a quarter longer.
        views = [self.network.encode(view) for view in (image, image.flip(-1))]
        encoded = Encoded(*(torch.cat(levels) for levels in zip(*views, strict=True)))
        return Embedding(encoded._asdict(), rgb.shape[0], rgb.shape[1])

    def predict(self, embedding: Embedding, prompts: Prompts) -> list[Candidate]:
        """Candidates, the likeliest first: three for a single click and nothing else, one for all other prompts.

        Raises:
            ValueError: there is neither a click nor a box.
        """
        return self.predict_each(embedding, [prompts])[0]

    @torch.inference_mode()
    def predict_each(self, embedding: Embedding, each: Sequence[Prompts], batch: int = 32) -> list[list[Candidate]]:
        """``predict`` for many prompts on one photo; those of the same number of points are decoded in one pass."""
        encoded = self._encoded(embedding)
        answers: list[list[Candidate]] = [[] for _ in each]
        for numbers in _alike(each):
            for start in range(0, len(numbers), batch):
                part = numbers[start : start + batch]
                logits, iou = self._decoded(encoded, embedding, [each[number] for number in part])
                for number, of_one, of_one_iou in zip(part, logits, iou, strict=True):
                    answers[number] = _candidates(of_one, of_one_iou, embedding, each[number])
        return answers

    def _decoded(self, encoded: Encoded, embedding: Embedding, part: Sequence[Prompts]) -> tuple[Tensor, Tensor]:
        """Logits P×C×S/4×S/4 and predicted IoU P×C of alike prompts, the mean over the views in one pass."""
        side, count = self.network.side, len(part)
        sets = [point_set(p, embedding.height, embedding.width, side) for p in part]
        points = PointSet(torch.cat([s.coords for s in sets]), torch.cat([s.labels for s in sets]))
        previous = self._previous(part)
        if len(encoded.emb) == 2:
            points = _and_mirrored(points, side)
            previous = None if previous is None else torch.cat([previous, previous.flip(-1)])
        each = Encoded(*(t.repeat_interleave(count, dim=0) for t in encoded)) if count > 1 else encoded
        here = PointSet(points.coords.to(self.device), points.labels.to(self.device))
        logits, iou = self.network.decode(each, here, previous, part[0].is_ambiguous)
        if len(encoded.emb) == 2:
            return (logits[:count] + logits[count:].flip(-1)) / 2, (iou[:count] + iou[count:]) / 2
        return logits, iou

    def _encoded(self, embedding: Embedding) -> Encoded:
        return Encoded(*(embedding.tensors[name].to(self.device, torch.float32) for name in Encoded._fields))

    def _previous(self, part: Sequence[Prompts]) -> Tensor | None:
        if part[0].previous is None:
            return None
        logits = np.stack([p.previous.logits for p in part if p.previous is not None]).astype(np.float32)
        masks = torch.from_numpy(logits).clamp(-LOGIT_BOUND, LOGIT_BOUND)[:, None].to(self.device)
        side = self.network.side // 4
        # A mask drawn by hand comes in the resolution of the other checkpoints.
        if masks.shape[-1] != side:
            masks = torch.nn.functional.interpolate(masks, (side, side), mode="bilinear", antialias=True)
        return masks


def _and_mirrored(points: PointSet, side: int) -> PointSet:
    """The points, then the same on the mirror image; a box's corners change sides with it."""
    flipped = points.coords * torch.tensor([-1.0, 1.0]) + torch.tensor([float(side), 0.0])
    if bool((points.labels == BOX_START).any()):
        corners = flipped[:, :2]
        flipped = torch.cat([torch.stack([corners.amin(1), corners.amax(1)], dim=1), flipped[:, 2:]], dim=1)
    return PointSet(torch.cat([points.coords, flipped]), torch.cat([points.labels, points.labels]))


def _alike(each: Sequence[Prompts]) -> list[list[int]]:
    """The prompts' numbers, grouped so that each group can be decoded in one pass."""
    groups: dict[tuple[int, bool, bool], list[int]] = {}
    for number, prompts in enumerate(each):
        key = (len(prompts.points), prompts.box is not None, prompts.previous is not None)
        groups.setdefault(key, []).append(number)
    return list(groups.values())


def _candidates(logits: Tensor, iou: Tensor, embedding: Embedding, prompts: Prompts) -> list[Candidate]:
    """Candidates from the logits C×h×w and predicted IoU C of one prompt, the likeliest first."""
    arrays = logits.float().cpu().numpy() + np.float32(SHIFT)
    ious = iou.tolist()
    order = list(range(len(arrays)))
    if prompts.is_ambiguous:
        across, down = arrays.shape[2] / embedding.width, arrays.shape[1] / embedding.height
        click = (prompts.points[0].x * across, prompts.points[0].y * down)
        order.sort(key=lambda i: meant(arrays[i], ious[i], click), reverse=True)
    masks = {i: mask_of(arrays[i], embedding.height, embedding.width) for i in order}
    return [Candidate(_clicked(masks[i], prompts), ious[i], arrays[i]) for i in order]


def _clicked(mask: Mask, prompts: Prompts) -> Mask:
    """Only the parts that a positive click lies in, for this small network strays to look-alikes across the photo.

    On the validation photos that lifts the mean IoU after one click from 0.59 to 0.63, and from 0.47 to 0.59 on photos
    of a kind it never saw. A second positive click keeps a second part. A box says itself where its food is.
    """
    clicks = [(p.x, p.y) for p in prompts.points if p.positive]
    if not clicks or prompts.box is not None:
        return mask
    return morphology.parts_at(mask, clicks)
