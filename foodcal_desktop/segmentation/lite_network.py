"""The bundled checkpoint's network: SAM 2's heads on an EfficientNet-Lite0 trunk (models/MODEL_CARD.md).

S is the input side in pixels, a multiple of 32; an embedding has S/16 positions a side, logits S/4. Coordinates are
pixels of the S×S input, the first one's centre at 0.5. Beside SAM's own encoding of points the prompts are drawn as
maps, and the embedding under each click goes with it: that is what a small network learns from.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import torch
from sam2.modeling.backbones.image_encoder import FpnNeck, ImageEncoder
from sam2.modeling.position_encoding import PositionEmbeddingSine
from sam2.modeling.sam.mask_decoder import MaskDecoder
from sam2.modeling.sam.prompt_encoder import PromptEncoder
from sam2.modeling.sam.transformer import TwoWayTransformer
from torch import Tensor, nn
from torch.nn import functional

from foodcal_desktop.segmentation.lite_trunk import CHANNELS, EfficientNetLite

WIDTH = 128
SIDE = 448
LOGIT_BOUND = 32.0
"""Logits are clamped to ± this where they are fed back as the previous mask."""
MEAN = (123.675, 116.28, 103.53)
DEVIATION = (58.395, 57.12, 57.375)
"""ImageNet's mean and standard deviation, RGB, 0 to 255."""

NEGATIVE, POSITIVE, BOX_START, BOX_END = 0, 1, 2, 3
_MASK_SCALE = 8.0
# A click's map is a Gaussian of this share of the map's side.
_SIGMA = 1 / 40


class Encoded(NamedTuple):
    """Embedding B×128×S/16×S/16 and finer levels B×16×S/4×S/4 and B×32×S/8×S/8."""

    emb: Tensor
    hi0: Tensor
    hi1: Tensor


class PointSet(NamedTuple):
    """Coordinates B×N×2 (x, y) in input pixels and labels B×N: NEGATIVE, POSITIVE, or a box's two corners."""

    coords: Tensor
    labels: Tensor


class _Trunk(nn.Module):
    """The trunk as sam2's ImageEncoder wants it."""

    def __init__(self) -> None:
        super().__init__()
        self.net = EfficientNetLite()
        self.channel_list = list(reversed(CHANNELS))

    def forward(self, x: Tensor) -> list[Tensor]:
        """The finest level first."""
        levels: list[Tensor] = self.net(x)
        return levels


def _image_encoder() -> Any:
    neck = FpnNeck(PositionEmbeddingSine(WIDTH), WIDTH, list(reversed(CHANNELS)), fpn_interp_model="bilinear")
    return ImageEncoder(_Trunk(), neck, scalp=1)


def _mask_decoder() -> Any:
    transformer = TwoWayTransformer(depth=2, embedding_dim=WIDTH, mlp_dim=512, num_heads=8)
    return MaskDecoder(
        transformer_dim=WIDTH,
        transformer=transformer,
        num_multimask_outputs=3,
        iou_head_hidden_dim=WIDTH,
        use_high_res_features=True,
        iou_prediction_use_sigmoid=True,
    )


class LiteNetwork(nn.Module):
    """Encoder, prompt encoder and mask decoder; weights load strictly under the file's names."""

    def __init__(self, side: int = SIDE) -> None:
        super().__init__()
        self.side = side
        self.image_encoder = _image_encoder()
        self.no_mem = nn.Parameter(torch.zeros(1, WIDTH, 1, 1))
        grid = (side // 16, side // 16)
        self.prompt: Any = PromptEncoder(WIDTH, grid, (side, side), mask_in_chans=16)
        self.dec: Any = _mask_decoder()
        self.maps = nn.Sequential(
            nn.Conv2d(4, 16, 3, 2, 1), nn.GELU(), nn.Conv2d(16, 64, 3, 2, 1), nn.GELU(), nn.Conv2d(64, WIDTH, 1)
        )
        self.maps_hi = nn.Conv2d(4, 16, 3, 1, 1)
        self.tok = nn.Linear(WIDTH, WIDTH)

    def set_side(self, side: int) -> None:
        """Work at another input side, a multiple of 32; the weights are the same at any."""
        self.side = side
        self.prompt.image_embedding_size = (side // 16, side // 16)
        self.prompt.input_image_size = (side, side)
        self.prompt.mask_input_size = (side // 4, side // 4)

    def encode(self, image: Tensor) -> Encoded:
        """B×3×S×S, normalised, to the embedding."""
        fine, middle, coarse = self.image_encoder(image)["backbone_fpn"]
        return Encoded(coarse + self.no_mem, self.dec.conv_s0(fine), self.dec.conv_s1(middle))

    def decode(
        self, encoded: Encoded, points: PointSet, previous: Tensor | None, multimask: bool
    ) -> tuple[Tensor, Tensor]:
        """Mask logits B×(3 or 1)×S/4×S/4 and predicted IoU B×(3 or 1).

        ``previous`` are the last chosen logits, B×1×S/4×S/4. The B prompts may share one encoded photo.
        """
        maps = self._prompt_maps(points, previous)
        sparse, dense = self._prompt_embeddings(encoded, points, maps)
        count = len(points.coords)
        fine = encoded.hi0.expand(count, -1, -1, -1) + self.maps_hi(maps)
        masks, iou, _, _ = self.dec(
            image_embeddings=encoded.emb.expand(count, -1, -1, -1),
            image_pe=self.prompt.get_dense_pe(),
            sparse_prompt_embeddings=sparse,
            dense_prompt_embeddings=dense,
            multimask_output=multimask,
            repeat_image=False,
            high_res_features=[fine, encoded.hi1.expand(count, -1, -1, -1)],
        )
        return masks, iou

    def _prompt_embeddings(self, encoded: Encoded, points: PointSet, maps: Tensor) -> tuple[Tensor, Tensor]:
        sparse, dense = self.prompt(points=(points.coords, points.labels), boxes=None, masks=None)
        content = self.tok(self._content(encoded.emb, points, maps))
        count = content.shape[1]
        sparse = torch.cat([sparse[:, :count] + content, sparse[:, count:]], dim=1)
        return sparse, dense + self.maps(maps)

    def _content(self, emb: Tensor, points: PointSet, maps: Tensor) -> Tensor:
        """The embedding under each click, or its mean over the box for the box's corners, B×N×128."""
        count = len(points.coords)
        emb = emb.expand(count, -1, -1, -1)
        grid = (points.coords / self.side * 2 - 1)[:, :, None]
        under = functional.grid_sample(emb, grid, padding_mode="border", align_corners=False)[..., 0].transpose(1, 2)
        corner = (points.labels >= BOX_START)[..., None]
        if not bool(corner.any()):
            return under
        weights = functional.interpolate(maps[:, 3:4], emb.shape[-2:], mode="area")
        total = weights.sum(dim=(2, 3)).clamp(min=1e-6)
        mean = (emb * weights).sum(dim=(2, 3)) / total
        return torch.where(corner, mean[:, None], under)

    def _prompt_maps(self, points: PointSet, previous: Tensor | None) -> Tensor:
        """B×4×S/4×S/4: the previous logits, the positive and the negative clicks, the box."""
        side = self.side // 4
        centres = torch.arange(side, device=points.coords.device, dtype=points.coords.dtype) + 0.5
        at = points.coords / 4
        clicks = _gaussians(at, centres, side * _SIGMA)
        channels = [_masked_max(clicks, points.labels == label) for label in (POSITIVE, NEGATIVE)]
        before = torch.zeros_like(channels[0]) if previous is None else previous[:, 0] / _MASK_SCALE
        return torch.stack([before, *channels, _box_map(at, points.labels, centres)], dim=1)


def _gaussians(at: Tensor, centres: Tensor, sigma: float) -> Tensor:
    """B×N×S/4×S/4: exp(−r²/2σ²) around each point."""
    along_x = torch.exp(-((centres - at[..., :1]) ** 2) / (2 * sigma**2))
    along_y = torch.exp(-((centres - at[..., 1:]) ** 2) / (2 * sigma**2))
    return along_y[..., :, None] * along_x[..., None, :]


def _masked_max(clicks: Tensor, chosen: Tensor) -> Tensor:
    return (clicks * chosen[..., None, None]).amax(dim=1)


def _box_map(at: Tensor, labels: Tensor, centres: Tensor) -> Tensor:
    """B×S/4×S/4: 1 inside the box of each prompt that has one."""
    start, end = labels == BOX_START, labels == BOX_END
    low = (at * start[..., None]).sum(dim=1)
    high = (at * end[..., None]).sum(dim=1)
    inside_x = (centres >= low[:, :1]) & (centres <= high[:, :1])
    inside_y = (centres >= low[:, 1:]) & (centres <= high[:, 1:])
    has_box = end.any(dim=1)[:, None, None]
    return (inside_y[:, :, None] & inside_x[:, None, :] & has_box).to(at.dtype)
