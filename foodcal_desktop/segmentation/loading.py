"""From a checkpoint's name or file to a segmenter ready to be used."""

from __future__ import annotations

import os

from foodcal_desktop.segmentation import devices
from foodcal_desktop.segmentation.segmenter import Segmenter
from foodcal_desktop.storage.checkpoints import Catalogue, Checkpoint


def load_segmenter(
    name_or_path: str | os.PathLike[str], device: str = "auto", catalogue: Catalogue | None = None
) -> Segmenter:
    """Load a checkpoint by its name in the catalogue, or from any weights file.

    Args:
        name_or_path: a name of ``checkpoints list``, or a .safetensors or .pt file.
        device: "auto", "cuda", "mps" or "cpu".
        catalogue: where names are looked up; the user's own by default.

    Raises:
        CheckpointError, WeightsError, DeviceError (all ValueError): one sentence that says what to do.
        OSError: the file cannot be read.
    """
    catalogue = catalogue or Catalogue()
    checkpoint = catalogue.resolve(name_or_path)
    catalogue.require_whole(checkpoint)
    return load_checkpoint(checkpoint, devices.choose(device))


def load_checkpoint(checkpoint: Checkpoint, device: devices.Device) -> Segmenter:
    """Load a checkpoint whose file was found whole. Raises WeightsError or OSError."""
    if checkpoint.kind == "lite":
        from foodcal_desktop.segmentation.lite_segmenter import LiteSegmenter

        return LiteSegmenter.load(checkpoint.path, checkpoint.name, checkpoint.sha256, str(device.torch_device))
    from foodcal_desktop.segmentation.sam2_segmenter import Sam2Segmenter

    return Sam2Segmenter.load(checkpoint.path, checkpoint.config, checkpoint.name, checkpoint.sha256, device)
