"""What every checkpoint can do: a photo to an embedding, once; prompts on it to candidates, at every click."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import torch
from numpy.typing import NDArray
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor

from foodcal_desktop.core.prompt import Candidate, Prompts


@dataclass(frozen=True, slots=True, eq=False)
class Embedding:
    """The encoder's output for one photo and checkpoint: tensors by name, and the photo's size in pixels."""

    tensors: Mapping[str, Tensor]
    height: int
    width: int

    @property
    def nbytes(self) -> int:
        """Bytes of the tensors as they lie in memory."""
        return sum(tensor.numel() * tensor.element_size() for tensor in self.tensors.values())

    def save(self, path: Path) -> None:
        """Write it as a safetensors file in half precision. Raises OSError where the folder cannot be written."""
        halves = {name: tensor.detach().to("cpu", torch.float16).contiguous() for name, tensor in self.tensors.items()}
        save_file(halves, path, metadata={"height": str(self.height), "width": str(self.width)})

    @staticmethod
    def load(path: Path) -> Embedding:
        """Read what ``save`` wrote, as float32.

        Raises:
            OSError: the file is missing.
            ValueError: it is damaged.
        """
        try:
            with safe_open(path, framework="pt") as file:
                size = file.metadata()
                tensors = {name: file.get_tensor(name).float() for name in file.keys()}  # noqa: SIM118
            return Embedding(tensors, int(size["height"]), int(size["width"]))
        except (SafetensorError, KeyError, TypeError) as error:
            raise ValueError(
                f"The stored embedding {path.name} is damaged; empty the cache in the settings."
            ) from error


class Segmenter(Protocol):
    """A loaded checkpoint. It is used from one thread at a time."""

    @property
    def name(self) -> str:
        """The checkpoint's name in the catalogue."""

    @property
    def checkpoint_hash(self) -> str:
        """The sha256 of its weights file, which keys the embedding cache."""

    def embed(self, rgb: NDArray) -> Embedding:  # type: ignore[type-arg]
        """Encode an upright photo, H×W×3 RGB uint8."""

    def predict(self, embedding: Embedding, prompts: Prompts) -> list[Candidate]:
        """Candidates, the best first: three for a single click and nothing else, one for all other prompts.

        Raises:
            ValueError: there is neither a point nor a box.
        """

    def predict_each(self, embedding: Embedding, each: Sequence[Prompts]) -> list[list[Candidate]]:
        """``predict`` for many prompts on one photo, decoded in batches."""
