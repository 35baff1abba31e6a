"""One photo, one set of weights and a list of prompts, the same on every machine, for comparing with the official code.

Weights are drawn by numpy, whose generators give the same numbers everywhere, and scaled so that masks cover 5–95 %.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

CONFIGS = {
    "tiny": "configs/sam2.1/sam2.1_hiera_t.yaml",
    "small": "configs/sam2.1/sam2.1_hiera_s.yaml",
    "base-plus": "configs/sam2.1/sam2.1_hiera_b+.yaml",
    "large": "configs/sam2.1/sam2.1_hiera_l.yaml",
}
# With these seeds every mask covers between 5 and 95 % of the photo.
SEEDS = {"tiny": 7, "small": 2, "base-plus": 4, "large": 1}
HEIGHT, WIDTH = 300, 420
# The official weights are for 1024; at 256 the same code runs sixteen times faster.
FULL, SMALL = 1024, 256
# Every how many-th logit, row and column, is recorded.
STEP = 4
# The same for a video, whose logits are as large as the photo.
VIDEO_STEP = 10

# Prompts in photo pixels: points (x, y, label), boxes (x0, y0, x1, y1); "previous" is the first mask of that case.
CASES: dict[str, dict[str, Any]] = {
    "click": {"points": [(150.0, 120.5, 1)], "multimask": True},
    "clicks": {"points": [(150.0, 120.5, 1), (300.25, 200.0, 0), (40.0, 250.0, 1)], "multimask": False},
    "box": {"box": (60.0, 40.0, 310.5, 260.0), "multimask": False},
    "box and click": {"box": (60.0, 40.0, 310.5, 260.0), "points": [(100.0, 90.0, 0)], "multimask": False},
    "correction": {"points": [(150.0, 120.5, 1), (210.0, 30.0, 0)], "previous": "click", "multimask": False},
    "mask": {"previous": "clicks", "multimask": True},
}
BOXES = [(60.0, 40.0, 310.5, 260.0), (5.0, 5.0, 100.0, 80.0), (200.0, 150.0, 419.0, 299.0)]

# A video: the photo moved by SHIFT pixels a frame; a click and a box on the first frame, carried to the last, corrected
# there by a negative click, and carried back.
FRAMES, SHIFT = 3, 9
VIDEO_CLICK = (150.0, 120.5, 1)
VIDEO_BOX = (220.0, 170.0, 370.0, 280.0)
VIDEO_CORRECTION = (200.0, 60.0, 0)


def photo(shift: int = 0) -> NDArray[np.uint8]:
    """H×W×3: triangle waves and two squares, in whole numbers; ``shift`` moves everything, as in a video."""
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
    x = x + shift
    waves = [(x * 3 + y) % 510, (x + y * 4 + 90) % 510, (x * 2 - y * 2 + 300) % 510]
    rgb = np.stack([np.minimum(wave, 510 - wave) for wave in waves], axis=-1).clip(0, 255).astype(np.uint8)
    rgb[60:150, 100 - shift : 200 - shift] = (200, 60, 40)
    rgb[180:270, 230 - shift : 360 - shift] = (40, 160, 220)
    return rgb


def weights(network: torch.nn.Module, seed: int) -> dict[str, torch.Tensor]:
    """Weights for every parameter and buffer of the network, in the order of its state."""
    random = np.random.Generator(np.random.PCG64(seed))
    return {
        name: torch.from_numpy(_drawn(random, name, tuple(value.shape))) for name, value in network.state_dict().items()
    }


def _drawn(random: np.random.Generator, name: str, shape: tuple[int, ...]) -> NDArray[np.float32]:
    # Sums of uniform numbers: exact arithmetic, where a normal generator may differ in the last bit between machines.
    values = (random.random(shape, dtype=np.float32) - np.float32(0.5)) * np.float32(3.4641016)
    if name.endswith("bias"):
        values = values * np.float32(0.1)
    elif "norm" in name or ".ln" in name or name.endswith(("output_upscaling.1.weight",)):
        values = 1 + values * np.float32(0.1)
    elif "gamma" in name:
        values = values * np.float32(0.1)
    elif "pos_embed" in name or "tpos" in name or "no_mem" in name:
        values = values * np.float32(0.2)
    elif len(shape) >= 2 and "embedding" not in name.rsplit(".", 2)[-1] and not _is_table(name):
        fan_in = int(np.prod(shape[1:]))
        values = values / np.float32(np.sqrt(fan_in))
    if "pred_obj_score_head.layers.2.bias" in name:
        values = values + 4  # the object is there
    return values.astype(np.float32)


def _is_table(name: str) -> bool:
    return any(
        part in name
        for part in ("point_embeddings", "not_a_point", "no_mask_embed", "mask_tokens", "iou_token", "obj_score_token")
    )
