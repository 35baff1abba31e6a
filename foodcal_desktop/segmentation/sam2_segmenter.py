"""The official SAM 2.1 checkpoints as segmenters, without torchvision."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from foodcal_desktop.core.prompt import Candidate, Prompts
from foodcal_desktop.segmentation.devices import Device
from foodcal_desktop.segmentation.sam2_decoder import ClickDecoder, PreparedPhoto
from foodcal_desktop.segmentation.sam2_encoder import RGB, PhotoEncoder, preprocess
from foodcal_desktop.segmentation.sam2_network import build_network
from foodcal_desktop.segmentation.segmenter import Embedding
from foodcal_desktop.segmentation.upsample import mask_of
from foodcal_desktop.segmentation.weights import fill, load_weights

# Previous masks are fed back within these bounds, as SAM2ImagePredictor gives them out.
LOGIT_BOUND = 32.0
# Photos whose shared part of the decoder is kept: 25 MB each.
_PREPARED = 2
# Prompts decoded at once: about 60 MB each at the finest level.
_BATCH = 16
_POSITIVE, _NEGATIVE, _BOX_START, _BOX_END = 1, 0, 2, 3


class Sam2Segmenter:
    """One official network on one device."""

    @torch.no_grad()
    def __init__(self, network: Any, name: str, checkpoint_hash: str, device: Device) -> None:
        self.network = network.to(device.torch_device)
        if device.kind == "cpu":
            self.network = self.network.to(memory_format=torch.channels_last)
        self.name = name
        self.checkpoint_hash = checkpoint_hash
        self.device = device
        self._encoder, self._decoder = PhotoEncoder(self.network), ClickDecoder(self.network)
        self._prepared: list[tuple[Tensor, PreparedPhoto]] = []

    @staticmethod
    def load(path: Path, config: str, name: str, checkpoint_hash: str, device: Device) -> Sam2Segmenter:
        """From Meta's file or a safetensors file of the same weights. Raises WeightsError, ValueError or OSError."""
        network = build_network(config)
        fill(network, load_weights(path), path.name)
        return Sam2Segmenter(network, name, checkpoint_hash, device)

    @property
    def side(self) -> int:
        """The side in pixels of the square that photos are resized to."""
        return int(self.network.image_size)

    def embed(self, rgb: RGB) -> Embedding:
        """Encode an upright photo, H×W×3 RGB uint8; its aspect is not kept, as in the official predictor."""
        with self.device.encoding():
            embedding, fine, finest = self._encoder(preprocess(rgb, self.side, self.device.torch_device))
        tensors = {"embedding": embedding[0].float(), "fine": fine[0].float(), "finest": finest[0].float()}
        return Embedding(tensors, rgb.shape[0], rgb.shape[1])

    def predict(self, embedding: Embedding, prompts: Prompts) -> list[Candidate]:
        """Candidates, the best first: three for a single click and nothing else, one for all other prompts.

        Raises:
            ValueError: there is neither a click nor a box nor a previous mask.
        """
        return self.predict_each(embedding, [prompts])[0]

    def predict_each(self, embedding: Embedding, each: Sequence[Prompts]) -> list[list[Candidate]]:
        """``predict`` for many prompts on one photo; those of the same number of points are decoded in one pass."""
        answers: list[list[Candidate]] = [[] for _ in each]
        for numbers in _alike(each):
            for start in range(0, len(numbers), _BATCH):
                part = numbers[start : start + _BATCH]
                prompts = [each[number] for number in part]
                logits, iou = self.logits(embedding, prompts, multimask=prompts[0].is_ambiguous)
                for number, of_one, of_one_iou in zip(part, logits.cpu(), iou.tolist(), strict=True):
                    answers[number] = _candidates(of_one, of_one_iou, embedding)
        return answers

    def logits(self, embedding: Embedding, each: Sequence[Prompts], multimask: bool) -> tuple[Tensor, Tensor]:
        """Mask logits B×M×256×256 and predicted IoU B×M of B prompts that have equally many points.

        M is 3 with ``multimask``, else 1: the single mask, or where that is not stable (a logit of 0.05 changes its
        area by over 2 %) the best of the three.

        Raises:
            ValueError: a prompt is empty, or their numbers of points differ.
        """
        with self.device.decoding():
            photo = self._photo(embedding)
            sparse, mask = self._embed_prompts(embedding, each)
            logits, iou = self._decoder.decode(photo, sparse, mask)
            if multimask:
                logits, iou = logits[:, 1:], iou[:, 1:]
            else:
                # sam2's own rule, kept by name so that a change there is taken over here.
                logits, iou = self.network.sam_mask_decoder._dynamic_multimask_via_stability(logits, iou)
        return logits.float(), iou.float()

    def _photo(self, embedding: Embedding) -> PreparedPhoto:
        key = embedding.tensors["embedding"]
        for known, prepared in self._prepared:
            if known is key:
                return prepared
        here = (embedding.tensors[name].to(self.device.torch_device) for name in ("embedding", "fine", "finest"))
        prepared = self._decoder.prepare(*here)
        self._prepared = [(key, prepared), *self._prepared][:_PREPARED]
        return prepared

    def _embed_prompts(self, embedding: Embedding, each: Sequence[Prompts]) -> tuple[Tensor, Tensor | None]:
        """B×P×256 of points and boxes, and B×256×64×64 of previous masks, or None where no prompt has one."""
        device, encoder = self.device.torch_device, self.network.sam_prompt_encoder
        coords, labels = points_of(each, embedding.height, embedding.width, self.side)
        points = (coords.to(device), labels.to(device)) if coords.shape[1] else None
        masks = _previous_masks(each)
        if points is None and masks is None:
            raise ValueError("There is neither a click nor a box; click on a food.")
        sparse, dense = encoder(points=points, boxes=None, masks=None if masks is None else masks.to(device))
        if points is None:
            sparse = sparse.expand(len(each), -1, -1)
        return sparse, None if masks is None else dense


def points_of(each: Sequence[Prompts], height: int, width: int, side: int) -> tuple[Tensor, Tensor]:
    """Prompts in photo pixels to B×N×2 points of the side × side input and B×N labels, the box's corners first.

    Raises:
        ValueError: their numbers of points differ.
    """
    coords = [_coordinates(prompts) for prompts in each]
    if len({len(one) for one in coords}) > 1:
        raise ValueError("Prompts decoded together must have equally many points.")
    labels = torch.tensor([_labels(prompts) for prompts in each], dtype=torch.int)
    scale = torch.tensor([width, height], dtype=torch.float32)
    # In this order, for the official predictor divides first and the last bit is to be the same.
    return torch.tensor(coords, dtype=torch.float32).reshape(len(each), -1, 2) / scale * side, labels


def _coordinates(prompts: Prompts) -> list[tuple[float, float]]:
    box = prompts.box
    corners = [] if box is None else [(box.x0, box.y0), (box.x1, box.y1)]
    return corners + [(point.x, point.y) for point in prompts.points]


def _labels(prompts: Prompts) -> list[int]:
    corners = [] if prompts.box is None else [_BOX_START, _BOX_END]
    return corners + [_POSITIVE if point.positive else _NEGATIVE for point in prompts.points]


def _previous_masks(each: Sequence[Prompts]) -> Tensor | None:
    """B×1×256×256, or None. Raises ValueError where only some have one."""
    masks = [prompts.previous.logits for prompts in each if prompts.previous is not None]
    if not masks:
        return None
    if len(masks) < len(each):
        raise ValueError("Prompts decoded together must all have a previous mask, or none.")
    stacked: NDArray[np.float32] = np.stack(masks).astype(np.float32)
    return torch.from_numpy(stacked)[:, None]


def _alike(each: Sequence[Prompts]) -> list[list[int]]:
    """The prompts' numbers, grouped so that each group can be decoded in one pass."""
    groups: dict[tuple[int, bool, bool], list[int]] = {}
    for number, prompts in enumerate(each):
        key = (len(_labels(prompts)), prompts.previous is not None, prompts.is_ambiguous)
        groups.setdefault(key, []).append(number)
    return list(groups.values())


def stability(logits: Tensor, offset: float = 1.0) -> Tensor:
    """How little masks …×h×w change when their threshold moves: IoU of those at +offset and −offset, 0 to 1.

    As in SAM's automatic mask generator (``sam2.utils.amg.calculate_stability_score``); an empty mask has 0.
    """
    high = (logits > offset).sum(dim=(-1, -2))
    low = (logits > -offset).sum(dim=(-1, -2))
    return high / low.clamp(min=1)


def _candidates(logits: Tensor, iou: list[float], embedding: Embedding) -> list[Candidate]:
    order = sorted(range(len(iou)), key=lambda number: -iou[number])
    fed_back = logits.clamp(-LOGIT_BOUND, LOGIT_BOUND).numpy()
    stable = stability(logits).tolist()
    return [
        Candidate(mask_of(logits[i].numpy(), embedding.height, embedding.width), iou[i], fed_back[i], stable[i])
        for i in order
    ]
