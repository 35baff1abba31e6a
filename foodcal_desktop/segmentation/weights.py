"""Reading weights files without ever running what is in them."""

from __future__ import annotations

import pickle
import warnings
import zipfile
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import Tensor, nn


class WeightsError(ValueError):
    """A weights file cannot be used; the text is one sentence that says what to do."""


def load_weights(path: Path) -> dict[str, Tensor]:
    """All weights of a .safetensors or PyTorch file, memory-mapped, so that what is not used is never read.

    A PyTorch file may hold them directly or under "model" (as Meta's do) or "state_dict". Pickled code is refused.

    Raises:
        WeightsError: the file is half, damaged, or holds something else than weights.
        OSError: it cannot be read.
    """
    content: dict[str, Any] = dict(_safetensors(path)) if path.suffix == ".safetensors" else _torch_file(path)
    for key in ("model", "state_dict"):
        inner = content.get(key)
        content = inner if isinstance(inner, dict) else content
    weights = {name: value for name, value in content.items() if isinstance(value, Tensor)}
    if not weights:
        raise WeightsError(f"{path.name} holds no weights; choose another file.")
    return weights


def _safetensors(path: Path) -> dict[str, Tensor]:
    try:
        return load_file(path)
    except SafetensorError as error:
        raise WeightsError(f"{path.name} is half or damaged; please fetch it again.") from error


def _torch_file(path: Path) -> dict[str, Any]:
    if not zipfile.is_zipfile(path):
        raise WeightsError(f"{path.name} is half or damaged; please fetch it again.")
    try:
        with warnings.catch_warnings():
            # torch warns of read-only storages in passing; nothing here writes to them.
            warnings.simplefilter("ignore", UserWarning)
            content = torch.load(path, map_location="cpu", mmap=True, weights_only=True)
    except pickle.UnpicklingError as error:
        raise WeightsError(
            f"{path.name} holds more than weights (code that would run on loading) and was refused; "
            "get a file of weights only, best a .safetensors."
        ) from error
    except (RuntimeError, EOFError, ValueError) as error:
        raise WeightsError(f"{path.name} is half or damaged; please fetch it again.") from error
    if not isinstance(content, dict):
        raise WeightsError(f"{path.name} holds no weights; choose another file.")
    return content


def fill(module: nn.Module, weights: dict[str, Tensor], file_name: str) -> None:
    """Give a module these weights as they lie in the file, without a copy where they already are float32.

    Raises:
        WeightsError: names or shapes differ.
    """
    try:
        module.load_state_dict({name: value.float() for name, value in weights.items()}, strict=True, assign=True)
    except RuntimeError as error:
        raise WeightsError(f"{file_name} belongs to another checkpoint kind; choose the right file.") from error
    module.requires_grad_(False).eval()
