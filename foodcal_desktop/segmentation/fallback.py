"""A segmenter that goes on when memory runs out: with the next smaller checkpoint, or on the CPU."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from foodcal_desktop.core.prompt import Candidate, Prompts
from foodcal_desktop.segmentation import devices
from foodcal_desktop.segmentation.devices import Device, is_out_of_memory, release_memory
from foodcal_desktop.segmentation.segmenter import Embedding
from foodcal_desktop.storage.checkpoints import Catalogue, Checkpoint

T = TypeVar("T")
Loader = Callable[[Checkpoint, Device], Any]


class MemoryShortageError(RuntimeError):
    """No checkpoint and device has enough memory; the text says what to do."""


class ResilientSegmenter:
    """Wraps a segmenter; ``name`` and ``checkpoint_hash`` are those of the checkpoint in use, which may become smaller.

    On a graphics card, the next smaller checkpoint of the same kind is tried there, then the CPU. On the CPU, the next
    smaller checkpoint of any kind. An embedding belongs to the checkpoint that made it, so decoding never changes the
    checkpoint, only the device. Each change is one sentence in ``notices``.
    """

    def __init__(self, checkpoint: Checkpoint, device: Device, catalogue: Catalogue, load: Loader) -> None:
        self._checkpoint, self._device = checkpoint, device
        self._catalogue, self._load = catalogue, load
        self.notices: list[str] = []
        self._segmenter: Any = None
        self._with_memory(lambda _: None, self._step_down)

    @property
    def name(self) -> str:
        """The checkpoint in use."""
        return self._checkpoint.name

    @property
    def checkpoint_hash(self) -> str:
        """The sha256 of the checkpoint in use."""
        return self._checkpoint.sha256

    @property
    def device(self) -> Device:
        """The device in use."""
        return self._device

    @property
    def current(self) -> Any:
        """The segmenter in use."""
        return self._segmenter

    def embed(self, rgb: Any) -> Embedding:
        """Encode an upright photo, H×W×3 RGB uint8. Raises MemoryShortageError where nothing smaller is left."""
        embedding: Embedding = self._with_memory(lambda segmenter: segmenter.embed(rgb), self._step_down)
        return embedding

    def predict(self, embedding: Embedding, prompts: Prompts) -> list[Candidate]:
        """As Segmenter.predict. Raises MemoryShortageError where even the CPU has too little memory."""
        return self._with_memory(lambda segmenter: segmenter.predict(embedding, prompts), self._to_cpu)

    def predict_each(self, embedding: Embedding, each: Sequence[Prompts]) -> list[list[Candidate]]:
        """As Segmenter.predict for many prompts. Raises MemoryShortageError as ``predict`` does."""
        return self._with_memory(lambda segmenter: segmenter.predict_each(embedding, each), self._to_cpu)

    def _with_memory(self, work: Callable[[Any], T], step: Callable[[], None]) -> T:
        while True:
            try:
                if self._segmenter is None:
                    self._segmenter = self._load(self._checkpoint, self._device)
                return work(self._segmenter)
            except (RuntimeError, MemoryError) as error:
                if not is_out_of_memory(error):
                    raise
            # Outside the handler, whose traceback would keep the large tensors alive.
            self._segmenter = None
            release_memory(self._device.kind)
            step()

    def _step_down(self) -> None:
        smaller = self._catalogue.smaller_than(self._checkpoint)
        if self._device.kind != "cpu" and (smaller is None or smaller.kind != self._checkpoint.kind):
            self._to_cpu()
            return
        if smaller is None:
            raise self._shortage()
        self.notices.append(
            f"The memory of {self._where()} is too small for the checkpoint {self.name}; "
            f"{smaller.name} is used instead."
        )
        self._checkpoint = smaller

    def _to_cpu(self) -> None:
        if self._device.kind == "cpu":
            raise self._shortage()
        self.notices.append(
            f"The memory of {self._where()} is too small for the checkpoint {self.name}; it runs on the CPU instead, "
            "which is slower."
        )
        self._device = devices.choose("cpu")

    def _where(self) -> str:
        return "this computer" if self._device.kind == "cpu" else "the graphics card"

    def _shortage(self) -> MemoryShortageError:
        return MemoryShortageError(
            f"There is too little memory for the checkpoint {self.name}; close other programs or choose a smaller one."
        )
