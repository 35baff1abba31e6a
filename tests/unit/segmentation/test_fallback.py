"""When memory runs out: the next smaller checkpoint, then the CPU, each with a sentence; loading is simulated."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import torch

from foodcal_desktop.core.prompt import PointPrompt, Prompts
from foodcal_desktop.segmentation.devices import Device
from foodcal_desktop.segmentation.fallback import MemoryShortageError, ResilientSegmenter
from foodcal_desktop.segmentation.segmenter import Embedding
from foodcal_desktop.storage.checkpoints import Checkpoint

GPU = Device(torch.device("cuda"), None, "a card")
CPU = Device(torch.device("cpu"), None, "the processor")
CLICK = Prompts((PointPrompt(1, 1),))


def made_up(name: str, size: int, kind: str = "sam2") -> Checkpoint:
    return Checkpoint(name, kind, "official", Path(name), size, f"hash of {name}")


LITE, TINY, LARGE = made_up("lite", 1, "lite"), made_up("tiny", 2), made_up("large", 3)


@dataclass
class Shelf:
    """A catalogue of what is ready, and loaded segmenters that fit only some places."""

    ready: list[Checkpoint]
    fits: set[tuple[str, str]]
    decodes: set[tuple[str, str]] | None = None
    loaded: list[tuple[str, str]] = field(default_factory=list)

    def smaller_than(self, checkpoint: Checkpoint) -> Checkpoint | None:
        below = [one for one in self.ready if one.bytes < checkpoint.bytes]
        return max(below, key=lambda one: one.bytes, default=None)

    def load(self, checkpoint: Checkpoint, device: Device) -> Any:
        self.loaded.append((checkpoint.name, device.kind))
        return Fake(self, (checkpoint.name, device.kind))


@dataclass
class Fake:
    shelf: Shelf
    place: tuple[str, str]

    def embed(self, rgb: Any) -> Embedding:
        if self.place not in self.shelf.fits:
            raise torch.OutOfMemoryError("CUDA out of memory")
        return Embedding({}, 1, 1)

    def predict(self, embedding: Embedding, prompts: Prompts) -> list[Any]:
        if self.place not in (self.shelf.decodes or self.shelf.fits):
            raise RuntimeError("MPS backend out of memory")
        return [self.place]


def resilient(shelf: Shelf, device: Device = GPU) -> ResilientSegmenter:
    return ResilientSegmenter(LARGE, device, shelf, shelf.load)  # type: ignore[arg-type]


def test_with_enough_memory_nothing_changes() -> None:
    segmenter = resilient(Shelf([LITE, TINY], {("large", "cuda")}))
    segmenter.embed(None)
    assert (segmenter.name, segmenter.checkpoint_hash, segmenter.notices) == ("large", "hash of large", [])


def test_a_card_too_small_takes_the_next_smaller_checkpoint() -> None:
    shelf = Shelf([LITE, TINY], {("tiny", "cuda")})
    segmenter = resilient(shelf)
    segmenter.embed(None)
    assert (segmenter.name, segmenter.checkpoint_hash, segmenter.device.kind) == ("tiny", "hash of tiny", "cuda")
    assert segmenter.notices == [
        "The memory of the graphics card is too small for the checkpoint large; tiny is used instead."
    ]
    segmenter.embed(None)
    assert shelf.loaded == [("large", "cuda"), ("tiny", "cuda")]


def test_a_card_too_small_for_all_of_the_kind_leaves_it_to_the_cpu() -> None:
    segmenter = resilient(Shelf([LITE, TINY], {("tiny", "cpu")}))
    segmenter.embed(None)
    assert (segmenter.name, segmenter.device.kind) == ("tiny", "cpu")
    assert "runs on the CPU instead" in segmenter.notices[1]


def test_on_the_cpu_the_bundled_one_is_the_last_resort() -> None:
    segmenter = resilient(Shelf([LITE, TINY], {("lite", "cpu")}), CPU)
    segmenter.embed(None)
    assert segmenter.name == "lite"
    assert len(segmenter.notices) == 2 and "memory of this computer" in segmenter.notices[0]


def test_with_nothing_left_there_is_one_sentence() -> None:
    with pytest.raises(MemoryShortageError, match="close other programs or choose a smaller one"):
        resilient(Shelf([LITE], set()), CPU).embed(None)


def test_decoding_changes_the_device_but_never_the_checkpoint() -> None:
    shelf = Shelf([LITE, TINY], {("large", "cuda")}, decodes={("large", "cpu")})
    segmenter = resilient(shelf)
    assert segmenter.predict(segmenter.embed(None), CLICK) == [("large", "cpu")]
    assert (segmenter.name, segmenter.device.kind) == ("large", "cpu")
    shelf.decodes = {("nothing", "fits")}
    with pytest.raises(MemoryShortageError):
        segmenter.predict(Embedding({}, 1, 1), CLICK)


def test_other_errors_are_not_swallowed() -> None:
    segmenter = resilient(Shelf([LITE], {("large", "cuda")}))
    segmenter.current.predict = None
    with pytest.raises(TypeError):
        segmenter.predict(Embedding({}, 1, 1), CLICK)


def test_loading_itself_may_run_out_of_memory() -> None:
    shelf = Shelf([TINY], {("tiny", "cuda")})
    real = shelf.load

    def load(checkpoint: Checkpoint, device: Device) -> Any:
        if checkpoint.name == "large":
            raise torch.OutOfMemoryError("CUDA out of memory")
        return real(checkpoint, device)

    segmenter = ResilientSegmenter(LARGE, GPU, shelf, load)  # type: ignore[arg-type]
    assert segmenter.name == "tiny" and len(segmenter.notices) == 1
