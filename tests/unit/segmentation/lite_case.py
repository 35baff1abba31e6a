"""One photo and three prompts for the shipped checkpoint; run as a program, it records what that checkpoint answers.

``python tests/unit/segmentation/lite_case.py`` after other weights were put into models/; the change of the recorded
file then stands in the same commit as the weights.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file, save_file
from torch import Tensor

from foodcal_desktop.segmentation.lite_network import BOX_END, BOX_START, NEGATIVE, POSITIVE, LiteNetwork, PointSet

REPOSITORY = Path(__file__).resolve().parents[3]
SHIPPED = REPOSITORY / "models" / "lite.safetensors"
RECORDED = REPOSITORY / "tests" / "data" / "lite_parity.safetensors"
# Every how many-th logit, row and column, is recorded.
STEP = 4


def network(weights: Path) -> LiteNetwork:
    made = LiteNetwork()
    made.load_state_dict(load_file(weights))
    return made.eval()


def image() -> Tensor:
    """1×3×448×448, normalised: shapes in whole numbers, the same on every machine."""
    y, x = np.mgrid[0:448, 0:448]
    waves = [(x * 3 + y) % 510, (x + y * 4 + 90) % 510, (x * 2 - y * 2 + 300) % 510]
    rgb = np.stack([np.minimum(wave, 510 - wave) // 4 for wave in waves]).astype(np.float32)
    disc = (x - 170) ** 2 + (y - 240) ** 2 < 90**2
    rgb[:, disc] = np.array([[210.0], [150.0], [60.0]], np.float32)
    rgb[:, 60:140, 290:400] = np.array([[90.0], [160.0], [60.0]], np.float32)[..., None]
    return torch.from_numpy((rgb - 116) / 57.5)[None]


@torch.inference_mode()
def answers(net: LiteNetwork, pixels: Tensor) -> dict[str, Tensor]:
    """Logits (every STEP-th) and predicted IoU of a click, a correction on top of it, and a box."""
    encoded = net.encode(pixels)
    click = PointSet(torch.tensor([[[170.5, 240.5]]]), torch.tensor([[POSITIVE]]))
    logits, iou = net.decode(encoded, click, None, True)
    best = int(iou.argmax())
    more = PointSet(torch.tensor([[[170.5, 240.5], [300.0, 300.0]]]), torch.tensor([[POSITIVE, NEGATIVE]]))
    corrected, corrected_iou = net.decode(encoded, more, logits[:, best : best + 1].clamp(-32, 32), False)
    box = PointSet(torch.tensor([[[290.0, 60.0], [400.0, 140.0]]]), torch.tensor([[BOX_START, BOX_END]]))
    boxed, boxed_iou = net.decode(encoded, box, None, False)
    every = {
        "point.logits": logits[..., ::STEP, ::STEP],
        "point.iou": iou,
        "correction.logits": corrected[..., ::STEP, ::STEP],
        "correction.iou": corrected_iou,
        "box.logits": boxed[..., ::STEP, ::STEP],
        "box.iou": boxed_iou,
    }
    return {name: tensor.contiguous() for name, tensor in every.items()}


if __name__ == "__main__":
    save_file(answers(network(SHIPPED), image()), RECORDED)
