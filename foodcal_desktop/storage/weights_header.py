"""What a weights file holds, read without running any of it and without torch.

A safetensors file starts with its table of contents in JSON. A PyTorch file is a zip whose pickle names the weights;
the pickle is only tokenised here (``pickletools.genops``), never executed.
"""

from __future__ import annotations

import json
import pickletools
import struct
import zipfile
from dataclasses import dataclass
from pathlib import Path

_MAX_HEADER = 100_000_000
_LITE_NAMES = ("maps.0.weight", "maps_hi.weight", "tok.weight")
_BLOCK = "image_encoder.trunk.blocks."
# Blocks of the image encoder in each official config (the sum of its `stages`).
_CONFIG_OF_BLOCKS = {
    12: "configs/sam2.1/sam2.1_hiera_t.yaml",
    16: "configs/sam2.1/sam2.1_hiera_s.yaml",
    24: "configs/sam2.1/sam2.1_hiera_b+.yaml",
    48: "configs/sam2.1/sam2.1_hiera_l.yaml",
}


class NotWeightsError(ValueError):
    """The file is no weights file, or one of a kind the program does not know; the text says so in one sentence."""


@dataclass(frozen=True, slots=True)
class WeightsKind:
    """Which segmenter a file is for: kind "lite" or "sam2", and for the latter the official config's name."""

    kind: str
    config: str


def _safetensors_names(path: Path) -> set[str]:
    with path.open("rb") as file:
        head = file.read(8)
        size = struct.unpack("<Q", head)[0] if len(head) == 8 else 0
        if not 2 <= size <= min(_MAX_HEADER, path.stat().st_size - 8):
            raise NotWeightsError(f"{path.name} is cut off or is no safetensors file; please fetch it again.")
        try:
            table = json.loads(file.read(size))
        except (UnicodeDecodeError, json.JSONDecodeError) as error:
            raise NotWeightsError(f"{path.name} is damaged; please fetch it again.") from error
    return set(table) - {"__metadata__"}


def _pickled_names(path: Path) -> set[str]:
    try:
        with zipfile.ZipFile(path) as archive:
            inner = next(name for name in archive.namelist() if name.endswith("/data.pkl"))
            opcodes = pickletools.genops(archive.read(inner))
            return {argument for _, argument, _ in opcodes if isinstance(argument, str)}
    except (zipfile.BadZipFile, StopIteration, ValueError) as error:
        raise NotWeightsError(
            f"{path.name} is cut off or is no PyTorch weights file; please fetch it again."
        ) from error


def weight_names(path: Path) -> set[str]:
    """The names of the weights in a .safetensors or PyTorch file (there, of other strings too).

    Raises:
        NotWeightsError: the file is neither, or only half of one.
        OSError: it cannot be read.
    """
    return _safetensors_names(path) if path.suffix == ".safetensors" else _pickled_names(path)


def recognise(path: Path) -> WeightsKind:
    """Which segmenter the weights are for.

    Raises:
        NotWeightsError: the file is no weights file, or none of this program's kinds.
        OSError: it cannot be read.
    """
    names = weight_names(path)
    if all(name in names for name in _LITE_NAMES):
        return WeightsKind("lite", "")
    blocks = {name[len(_BLOCK) :].split(".")[0] for name in names if name.startswith(_BLOCK)}
    config = _CONFIG_OF_BLOCKS.get(len(blocks))
    if config is None or not any(name.startswith("sam_mask_decoder.") for name in names):
        raise NotWeightsError(
            f"{path.name} holds weights of another program; a SAM 2.1 checkpoint or one made here is needed."
        )
    return WeightsKind("sam2", config)
