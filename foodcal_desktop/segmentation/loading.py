"""From a checkpoint's name or file to a segmenter ready to be used."""

from __future__ import annotations

import os

from foodcal_desktop.segmentation import devices
from foodcal_desktop.segmentation.segmenter import Segmenter
from foodcal_desktop.storage.checkpoints import Catalogue, Checkpoint, CheckpointError


def load_segmenter(
    name_or_path: str | os.PathLike[str], device: str = "auto", catalogue: Catalogue | None = None
) -> Segmenter:
    """Load a checkpoint by its name in the catalogue, or from any weights file.

    Args:
        name_or_path: a name of ``checkpoints list``, or a .safetensors or .pt file.
        device: "auto", "cuda", "mps" or "cpu".
        catalogue: where names are looked up; the user's own by default.

    Returns:
        The segmenter; one that has something to fall back to when memory runs out is a ``ResilientSegmenter``.

    Raises:
        CheckpointError, WeightsError, DeviceError (all ValueError): one sentence that says what to do.
        OSError: the file cannot be read.
        MemoryShortageError: there is too little memory even for the smallest checkpoint.
    """
    catalogue = catalogue or Catalogue()
    checkpoint = catalogue.resolve(name_or_path)
    catalogue.require_whole(checkpoint)
    chosen = devices.choose(device)
    if chosen.kind == "cpu" and catalogue.smaller_than(checkpoint) is None:
        return load_checkpoint(checkpoint, chosen)
    from foodcal_desktop.segmentation.fallback import ResilientSegmenter

    return ResilientSegmenter(checkpoint, chosen, catalogue, load_checkpoint)


def load_by_hash(beginning: str, device: str = "auto", catalogue: Catalogue | None = None) -> Segmenter:
    """Load the checkpoint whose sha256 begins so, as the names of stored embeddings tell it.

    Raises:
        CheckpointError: there is none; otherwise as ``load_segmenter``.
    """
    catalogue = catalogue or Catalogue()
    for checkpoint in catalogue.checkpoints():
        if checkpoint.sha256.startswith(beginning) and checkpoint.state == "ready":
            return load_segmenter(checkpoint.name, device, catalogue)
    raise CheckpointError("The checkpoint that encoded this photo is not on this computer any more; open it again.")


def load_checkpoint(checkpoint: Checkpoint, device: devices.Device) -> Segmenter:
    """Load a checkpoint whose file was found whole. Raises WeightsError or OSError."""
    if checkpoint.kind == "lite":
        from foodcal_desktop.segmentation.lite_segmenter import LiteSegmenter

        return LiteSegmenter.load(checkpoint.path, checkpoint.name, checkpoint.sha256, str(device.torch_device))
    from foodcal_desktop.segmentation.sam2_segmenter import Sam2Segmenter

    return Sam2Segmenter.load(checkpoint.path, checkpoint.config, checkpoint.name, checkpoint.sha256, device)
