"""Items of one photo found again in the next, with any checkpoint: before and after a meal, or a repeated meal.

Each item is known by the mean of the photo's embedding inside its mask. On the next photo, the place that looks most
like it, and least like the other items and the background, becomes a click; of its candidates the one whose own mean
is nearest is kept. What is found is a suggestion: each carried item waits to be confirmed.

The idea of a pooled descriptor and a click at the best match is that of PerSAM (Zhang et al. 2023, "Personalize Segment
Anything Model with One Shot"), here with several items that compete for the places.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from torch import Tensor
from torch.nn import functional

from foodcal_desktop.core.mask import Mask
from foodcal_desktop.core.prompt import Candidate, PointPrompt, Prompts
from foodcal_desktop.segmentation.segmenter import Embedding, Segmenter

RGB = NDArray[np.uint8]

# The main map of each kind of embedding: 16 pixels of the input to a cell.
_MAPS = ("embedding", "emb")
# The finer levels beside it, which keep colour and grain where the main map says above all what is one thing.
_FINER = ("fine", "finest", "hi1", "hi0")
# A candidate ten times as large or small as the item was loses as much as one whose similarity is lower by this.
_PER_TENFOLD_SIZE = 0.15
# Of the colours' level; each other level counts 1.
_COLOUR_WEIGHT = 1.0
# Below this likeness nothing is suggested. For the bundled kind ("emb") by figures, see docs/checkpoints.md; official
# weights could not be measured, so that theirs only drops what has nothing in common.
_MIN_SIMILARITY = {"emb": 0.8, "embedding": 0.35}
# Places already taken by an item, as a share of a candidate, from which on it is not offered for another item.
_MAX_TAKEN = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class CarriedItem:
    """A suggestion: where an item of the former photo is on this one. It counts for nothing until it is confirmed.

    ``similarity`` (−1 to 1) is the cosine between the item's mean embedding and the candidate's.
    """

    item: str
    candidate: Candidate
    point: PointPrompt
    similarity: float


def transfer(
    segmenter: Segmenter,
    source: Embedding,
    items: Mapping[str, Mask],
    target: Embedding,
    min_similarity: float | None = None,
    pixels: tuple[RGB, RGB] | None = None,
) -> list[CarriedItem]:
    """Find the items of one photo on another.

    Args:
        segmenter: the checkpoint that made both embeddings.
        source, target: the embeddings of the photo with the items, and of the one to be searched.
        items: masks on the source photo by any name; empty ones are left out.
        min_similarity: what is found but less alike than this is not suggested; by default what suits the checkpoint.
        pixels: both photos, H×W×3 RGB uint8, where they are at hand: an embedding says much of a thing's place and
            little of its colour, by which an apple and a kiwi that changed places are told apart.

    Returns:
        At most one suggestion for each item, the surest first.
    """
    masks = {name: mask for name, mask in items.items() if mask.area}
    if not masks:
        return []
    least = _MIN_SIMILARITY[_map_name(source)] if min_similarity is None else min_similarity
    space = _Space.of(source, target, pixels)
    described = _described(space.source, masks)
    wanted = sorted(masks, key=lambda name: -float(described.best(space.target, name).max()))
    found: list[CarriedItem] = []
    for name in wanted:
        carried = _find(segmenter, target, space, described, name, masks[name], found)
        if carried is not None and carried.similarity >= least:
            found.append(carried)
    return sorted(found, key=lambda carried: -carried.similarity)


@dataclass(frozen=True, slots=True)
class _Space:
    """Both photos' maps C×h×w, each level centred on the common mean (which says "a photo of food"), of unit length."""

    source: Tensor
    target: Tensor

    @staticmethod
    def of(source: Embedding, target: Embedding, pixels: tuple[RGB, RGB] | None) -> _Space:
        levels = zip(_levels(source), _levels(target), strict=True)
        pairs = [_centred(one, other) for one, other in levels]
        if pixels is not None:
            before, after = _centred(*(_colours(rgb, pairs[0][0]) for rgb in pixels))
            pairs.append((_COLOUR_WEIGHT * before, _COLOUR_WEIGHT * after))
        return _Space(*(functional.normalize(torch.cat(maps), dim=0) for maps in zip(*pairs, strict=True)))


def _centred(one: Tensor, other: Tensor) -> tuple[Tensor, Tensor]:
    """The same level of two photos without its common mean, of unit length at each place."""
    mean = torch.stack([one.mean(dim=(1, 2)), other.mean(dim=(1, 2))]).mean(dim=0)[:, None, None]
    return functional.normalize(one - mean, dim=0), functional.normalize(other - mean, dim=0)


def _colours(rgb: RGB, like: Tensor) -> Tensor:
    """3×h×w at the size of another map: lightness, red against green, yellow against blue, 0 to 1 or −1 to 1."""
    small = Image.fromarray(rgb).resize((like.shape[2], like.shape[1]), Image.Resampling.BOX)
    red, green, blue = torch.from_numpy(np.array(small)).permute(2, 0, 1).float().div(255).to(like.device)
    return torch.stack([(red + green + blue) / 3, red - green, (red + green) / 2 - blue])


def _levels(embedding: Embedding) -> list[Tensor]:
    """The main map and the finer levels brought to its size."""
    main = _map(embedding)
    finer = [embedding.tensors[name].float() for name in _FINER if name in embedding.tensors]
    flat = [level[0] if level.dim() == 4 else level for level in finer]
    return [main, *(functional.adaptive_avg_pool2d(level, (main.shape[1], main.shape[2])) for level in flat)]


def _map(embedding: Embedding) -> Tensor:
    """The embedding's main map, C×h×w. Raises ValueError for an embedding of an unknown kind."""
    tensor = embedding.tensors[_map_name(embedding)].float()
    return tensor[0] if tensor.dim() == 4 else tensor


def _map_name(embedding: Embedding) -> str:
    for name in _MAPS:
        if name in embedding.tensors:
            return name
    raise ValueError("This checkpoint's embedding has no map to compare; choose another checkpoint.")


@dataclass(frozen=True, slots=True)
class _Described:
    """The unit mean vector of each item and of the background."""

    items: dict[str, Tensor]
    background: Tensor

    def best(self, target: Tensor, name: str) -> Tensor:
        """h×w: how much a place looks like the item, less how much like the most alike of all else; smoothed."""
        others = [vector for other, vector in self.items.items() if other != name]
        else_ = torch.stack([*others, self.background])
        own = torch.einsum("c,chw->hw", self.items[name], target)
        against = torch.einsum("nc,chw->nhw", else_, target).amax(dim=0)
        contrast = own - 0.5 * against
        return functional.avg_pool2d(contrast[None, None], 3, 1, 1, count_include_pad=False)[0, 0]


def _described(source: Tensor, masks: Mapping[str, Mask]) -> _Described:
    shares = {name: _share(mask, source.shape[1:]) for name, mask in masks.items()}
    outside = (1 - torch.stack(list(shares.values())).sum(dim=0)).clamp(min=0)
    items = {name: _pooled(source, share) for name, share in shares.items()}
    return _Described(items, _pooled(source, outside))


def _share(mask: Mask, size: Sequence[int]) -> Tensor:
    """h×w: the share of each cell that the mask covers."""
    pixels = torch.from_numpy(mask.to_array()).float()[None, None]
    return functional.adaptive_avg_pool2d(pixels, (size[0], size[1]))[0, 0]


def _pooled(features: Tensor, share: Tensor) -> Tensor:
    """The unit mean of C×h×w weighted by h×w."""
    return functional.normalize((features * share.to(features.device)).sum(dim=(1, 2)), dim=0)


def _find(
    segmenter: Segmenter,
    target: Embedding,
    space: _Space,
    described: _Described,
    name: str,
    mask: Mask,
    found: Sequence[CarriedItem],
) -> CarriedItem | None:
    """The best candidate at the best free place, or None where all is taken."""
    likeness = described.best(space.target, name).clone()
    for other in found:
        likeness[_share(other.candidate.mask, likeness.shape).to(likeness.device) > _MAX_TAKEN] = -torch.inf
    if not bool(torch.isfinite(likeness).any()):
        return None
    point = _point(likeness, target)
    size = mask.area / (mask.height * mask.width)
    scored = []
    for candidate in segmenter.predict(target, Prompts((point,))):
        if candidate.mask.area and not _is_taken(candidate.mask, found):
            pooled = _pooled(space.target, _share(candidate.mask, likeness.shape))
            similarity = float(pooled @ described.items[name])
            scored.append((similarity - _size_penalty(candidate.mask, size), similarity, candidate))
    if not scored:
        return None
    _, similarity, candidate = max(scored, key=lambda one: one[0])
    return CarriedItem(name, candidate, point, similarity)


def _point(likeness: Tensor, target: Embedding) -> PointPrompt:
    """The centre of the best cell, in photo pixels."""
    row, column = divmod(int(likeness.argmax()), likeness.shape[1])
    x, y = (column + 0.5) / likeness.shape[1] * target.width, (row + 0.5) / likeness.shape[0] * target.height
    return PointPrompt(x, y)


def _size_penalty(mask: Mask, size: float) -> float:
    share = mask.area / (mask.height * mask.width)
    return _PER_TENFOLD_SIZE * abs(float(torch.log10(torch.tensor(share / size))))


def _is_taken(mask: Mask, found: Sequence[CarriedItem]) -> bool:
    return any(mask.intersection(other.candidate.mask).area > _MAX_TAKEN * mask.area for other in found)
