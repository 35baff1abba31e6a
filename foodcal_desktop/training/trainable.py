"""What a trainer needs of a checkpoint, the same for the bundled and the official ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol, cast

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import save_file
from torch import Tensor, nn

from foodcal_desktop.segmentation import lite_segmenter, sam2_encoder
from foodcal_desktop.segmentation.devices import Device
from foodcal_desktop.segmentation.lite_network import DEVIATION, MEAN, Encoded, LiteNetwork, PointSet
from foodcal_desktop.segmentation.lite_segmenter import LiteSegmenter
from foodcal_desktop.segmentation.sam2_network import build_network
from foodcal_desktop.segmentation.sam2_segmenter import Sam2Segmenter
from foodcal_desktop.segmentation.weights import fill, load_weights
from foodcal_desktop.storage.checkpoints import Checkpoint
from foodcal_desktop.training.evaluate import BatchSegmenter

RGB = NDArray[np.uint8]


class Trainable(Protocol):
    """A checkpoint whose parameters can learn. Inputs are squares of ``side`` pixels, masks a quarter of that."""

    @property
    def network(self) -> nn.Module:
        """Everything, under the names of the weights file."""

    @property
    def side(self) -> int:
        """The input side in pixels."""

    @property
    def suffix(self) -> str:
        """Of the weights file it saves."""

    def preprocessed(self, rgb: RGB) -> Tensor:
        """A whole photo as inference prepares it, 1×3×S×S."""

    def encode(self, pixels: Tensor) -> Encoded:
        """B×3×S×S, normalised, to the embedding."""

    def decode(
        self, encoded: Encoded, points: PointSet, previous: Tensor | None, multimask: bool
    ) -> tuple[Tensor, Tensor]:
        """Logits B×(3 or 1)×S/4×S/4 and predicted IoU B×(3 or 1); one embedding each."""

    def is_head(self, name: str) -> bool:
        """Whether a parameter belongs to decoder or prompt encoder, past what is kept of a frozen encoder."""

    def depth(self, name: str) -> int:
        """How far from the input a parameter of the encoder stands; larger is nearer to the heads."""

    def train(self, encoder: bool) -> None:
        """Switch to training, the encoder only where it learns."""

    def segmenter(self, checkpoint_hash: str) -> BatchSegmenter:
        """Itself as the window would use it, with the weights of this moment."""

    def save(self, weights: Mapping[str, Tensor], path: Path) -> None:
        """Write weights as a checkpoint file."""


def load_trainable(checkpoint: Checkpoint, device: Device) -> Trainable:
    """A checkpoint ready to learn. Raises WeightsError, ValueError or OSError."""
    if checkpoint.kind == "lite":
        network: Any = LiteNetwork()
        fill(network, load_weights(checkpoint.path), checkpoint.path.name)
        return LiteTrainable(network, device)
    network = build_network(checkpoint.config)
    fill(network, load_weights(checkpoint.path), checkpoint.path.name)
    return Sam2Trainable(network, device)


def normalised(samples: Sequence[RGB]) -> Tensor:
    """S×S×3 RGB photos to B×3×S×S, by ImageNet's mean and deviation."""
    pixels = np.stack(samples).astype(np.float32)
    normal = (pixels - np.array(MEAN, np.float32)) / np.array(DEVIATION, np.float32)
    return torch.from_numpy(normal).permute(0, 3, 1, 2).contiguous()


class LiteTrainable:
    """The bundled network."""

    suffix = ".safetensors"

    def __init__(self, network: LiteNetwork, device: Device) -> None:
        self._network = network.to(device.torch_device)
        self._device = device

    @property
    def network(self) -> LiteNetwork:
        """The network."""
        return self._network

    @property
    def side(self) -> int:
        """The input side in pixels."""
        return self._network.side

    def preprocessed(self, rgb: RGB) -> Tensor:
        """As LiteSegmenter does."""
        return lite_segmenter.preprocess(rgb, self.side)

    def encode(self, pixels: Tensor) -> Encoded:
        """See Trainable."""
        return self._network.encode(pixels.to(self._device.torch_device))

    def decode(
        self, encoded: Encoded, points: PointSet, previous: Tensor | None, multimask: bool
    ) -> tuple[Tensor, Tensor]:
        """See Trainable."""
        return self._network.decode(encoded, points, previous, multimask)

    def is_head(self, name: str) -> bool:
        """The decoder's first convolutions of the finer levels belong to the embedding."""
        return not name.startswith(("image_encoder.", "no_mem", "dec.conv_s0.", "dec.conv_s1."))

    def depth(self, name: str) -> int:
        """The stem is 0, the trunk's stages 1 to 7, the neck and what belongs to the embedding 8."""
        if name.startswith("image_encoder.trunk.net.conv_stem"):
            return 0
        if name.startswith("image_encoder.trunk.net.blocks."):
            return 1 + int(name.split(".")[4])
        return 8

    def train(self, encoder: bool) -> None:
        """There is nothing in this network that differs while it learns."""
        self._network.train()

    def segmenter(self, checkpoint_hash: str) -> BatchSegmenter:
        """See Trainable."""
        return LiteSegmenter(self._network, "trained", checkpoint_hash, str(self._device.torch_device))

    def save(self, weights: Mapping[str, Tensor], path: Path) -> None:
        """A safetensors file. Raises OSError."""
        plain = {name: tensor.detach().cpu().contiguous().clone() for name, tensor in weights.items()}
        save_file(plain, path, metadata={"d": "128", "size": str(self.side)})


class Sam2Trainable:
    """An official network. Its memory (for videos) is never touched."""

    suffix = ".pt"

    def __init__(self, network: Any, device: Device) -> None:
        self._network = network.to(device.torch_device)
        self._device = device

    @property
    def network(self) -> nn.Module:
        """The network."""
        return cast(nn.Module, self._network)

    @property
    def side(self) -> int:
        """The input side in pixels."""
        return int(self._network.image_size)

    def preprocessed(self, rgb: RGB) -> Tensor:
        """As the official predictor does."""
        return sam2_encoder.preprocess(rgb, self.side)

    def encode(self, pixels: Tensor) -> Encoded:
        """See Trainable."""
        # Made anew each time: it multiplies weights out, which may have learned since, and gradients flow through.
        encoder = sam2_encoder.PhotoEncoder(self._network)
        embedding, fine, finest = encoder(pixels.to(self._device.torch_device))
        return Encoded(embedding, finest, fine)

    def decode(
        self, encoded: Encoded, points: PointSet, previous: Tensor | None, multimask: bool
    ) -> tuple[Tensor, Tensor]:
        """See Trainable."""
        prompts, decoder = self._network.sam_prompt_encoder, self._network.sam_mask_decoder
        sparse, dense = prompts(points=(points.coords, points.labels), boxes=None, masks=previous)
        logits, iou, _, _ = decoder(
            image_embeddings=encoded.emb,
            image_pe=prompts.get_dense_pe(),
            sparse_prompt_embeddings=sparse,
            dense_prompt_embeddings=dense,
            multimask_output=multimask,
            repeat_image=False,
            high_res_features=[encoded.hi0, encoded.hi1],
        )
        return logits, iou

    def is_head(self, name: str) -> bool:
        """Prompt encoder and mask decoder, without its first convolutions of the finer levels."""
        own = ("sam_prompt_encoder.", "sam_mask_decoder.")
        return name.startswith(own) and not name.startswith(("sam_mask_decoder.conv_s0", "sam_mask_decoder.conv_s1"))

    def depth(self, name: str) -> int:
        """The patches are 0, the trunk's blocks from 1, the neck and what belongs to the embedding after them."""
        if name.startswith("image_encoder.trunk.blocks."):
            return 1 + int(name.split(".")[3])
        in_front = name.startswith("image_encoder.trunk.")
        return 0 if in_front else 1 + len(self._network.image_encoder.trunk.blocks)

    def train(self, encoder: bool) -> None:
        """Only then does the decoder give the single mask as it is, not the most stable one."""
        self._network.eval()
        self._network.sam_prompt_encoder.train()
        self._network.sam_mask_decoder.train()
        self._network.image_encoder.train(encoder)

    def segmenter(self, checkpoint_hash: str) -> BatchSegmenter:
        """See Trainable."""
        self._network.eval()
        with torch.no_grad():
            return Sam2Segmenter(self._network, "trained", checkpoint_hash, self._device)

    def save(self, weights: Mapping[str, Tensor], path: Path) -> None:
        """A file as Meta's: {"model": weights}, which plain sam2 loads. Raises OSError."""
        torch.save({"model": {name: tensor.detach().cpu().clone() for name, tensor in weights.items()}}, path)
