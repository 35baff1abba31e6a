"""SAM 2's image encoder for photos: the numbers of ``SAM2ImagePredictor.set_image`` with less work and memory.

The two finer levels of the neck are 1×1 convolutions followed by 1×1 convolutions of the mask decoder: here they are
one each, which never makes the 256-channel maps at 256×256. Position encodings, needed for videos only, are left out.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

RGB = NDArray[np.uint8]

# ImageNet's mean and standard deviation of RGB in 0–1, as in sam2.utils.transforms.
_MEAN = (0.485, 0.456, 0.406)
_DEVIATION = (0.229, 0.224, 0.225)


def preprocess(rgb: RGB, side: int, device: torch.device | str = "cpu") -> Tensor:
    """H×W×3 RGB uint8 to 1×3×side×side, as torchvision's ToTensor, Resize (bilinear, antialiased) and Normalize do."""
    array = rgb if rgb.flags.writeable and rgb.flags.c_contiguous else rgb.copy()
    pixels = (
        torch.from_numpy(array)
        .to(device)
        .permute(2, 0, 1)[None]
        .to(torch.float32, memory_format=torch.contiguous_format)
    )
    pixels = pixels.div_(255)
    if pixels.shape[-2:] != (side, side):
        pixels = functional.interpolate(pixels, (side, side), mode="bilinear", align_corners=False, antialias=True)
    return normalised(pixels)


def normalised(pixels: Tensor) -> Tensor:
    """B×3×H×W of 0 to 1, changed in place to ImageNet's mean and deviation."""
    mean, deviation = (torch.tensor(values, device=pixels.device)[:, None, None] for values in (_MEAN, _DEVIATION))
    return pixels.sub_(mean).div_(deviation)


class PhotoEncoder:
    """The encoder of one checkpoint, made from the loaded network; shares its weights but for two small products."""

    def __init__(self, network: Any) -> None:
        neck, decoder = network.image_encoder.neck, network.sam_mask_decoder
        self._trunk, self._neck = network.image_encoder.trunk, neck
        self._no_memory = network.no_mem_embed[0, 0][:, None, None]
        # neck.convs runs from the coarsest level to the finest.
        self._fine = _in_one(neck.convs[-2].conv, decoder.conv_s1)
        self._finest = _in_one(neck.convs[-1].conv, decoder.conv_s0)

    def __call__(self, pixels: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """B×3×1024×1024 to B×256×64×64 (the embedding), B×64×128×128 and B×32×256×256 (for the decoder)."""
        embedding, fine, finest = self.levels(pixels)
        return embedding + self._no_memory, fine, finest

    def levels(self, pixels: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """The same without the "no memory" embedding, as the memory attention takes it."""
        finest, fine, middle, coarse = self._trunk(pixels)
        lowest = self._neck.convs[0](coarse)
        lateral = self._neck.convs[1](middle)
        above = functional.interpolate(lowest.float(), scale_factor=2.0, mode=self._neck.fpn_interp_model)
        return lateral + above, functional.conv2d(fine, *self._fine), functional.conv2d(finest, *self._finest)


def _in_one(first: Any, second: Any) -> tuple[Tensor, Tensor]:
    """Weight and bias of two 1×1 convolutions, one after the other, as one."""
    matrix = second.weight[:, :, 0, 0] @ first.weight[:, :, 0, 0]
    bias = second.weight[:, :, 0, 0] @ first.bias + second.bias
    return matrix[:, :, None, None], bias
