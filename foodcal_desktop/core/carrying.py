"""Items carried from photo to photo: what the window asks of the encoder, and what comes back frame by frame."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foodcal_desktop.core.mask import Mask
from foodcal_desktop.core.messages import Message, candidate_values, candidates_of
from foodcal_desktop.core.prompt import Candidate


@dataclass(frozen=True, slots=True)
class Known:
    """What an item is on one of the frames: an accepted mask. Items are named by any text."""

    frame: int
    item: str
    mask: Mask


@dataclass(frozen=True, slots=True)
class CarryRequest:
    """Frames in their order, what is known of them, and the frame from which on the items are carried.

    ``by_memory`` asks for the checkpoint's memory attention; one that has none goes by likeness and says so.
    """

    job: int
    paths: tuple[str, ...]
    start: int
    known: tuple[Known, ...]
    by_memory: bool


@dataclass(frozen=True, slots=True, eq=False)
class CarriedFrame:
    """What was found on one frame: candidates by item. ``number`` of ``total`` frames are done."""

    job: int
    photo: str
    path: str
    number: int
    total: int
    found: tuple[tuple[str, Candidate], ...]


def carry_message(request: CarryRequest) -> Message:
    """Asks the encoder to carry items."""
    values = {
        "job": request.job,
        "paths": list(request.paths),
        "start": request.start,
        "known": [[one.frame, one.item] for one in request.known],
        "by_memory": request.by_memory,
    }
    masks = {f"mask{i}": np.frombuffer(one.mask.to_bytes(), np.uint8) for i, one in enumerate(request.known)}
    return Message("carry", values, masks)


def request_of(message: Message) -> CarryRequest:
    """The request of a carry message."""
    values = message.values
    known = tuple(
        Known(int(frame), item, Mask.from_bytes(message.arrays[f"mask{i}"].tobytes()))
        for i, (frame, item) in enumerate(values["known"])
    )
    return CarryRequest(values["job"], tuple(values["paths"]), int(values["start"]), known, bool(values["by_memory"]))


def frame_message(frame: CarriedFrame) -> Message:
    """The encoder's answer for one frame."""
    candidates = [candidate for _, candidate in frame.found]
    scores, arrays = candidate_values(candidates)
    values: dict[str, Any] = {
        "job": frame.job,
        "photo": frame.photo,
        "path": frame.path,
        "number": frame.number,
        "total": frame.total,
        "items": [item for item, _ in frame.found],
        **scores,
    }
    return Message("carried", values, arrays)


def frame_of(message: Message) -> CarriedFrame:
    """What was found on one frame."""
    values = message.values
    found = tuple(zip(values["items"], candidates_of(message), strict=True))
    return CarriedFrame(values["job"], values["photo"], values["path"], values["number"], values["total"], found)


def no_logits() -> NDArray[np.float32]:
    """For candidates whose logits nobody kept; a correction begins from the mask."""
    return np.zeros((0, 0), np.float32)


def conditions(known: Sequence[Known], start: int, at_most: int) -> tuple[Known, ...]:
    """What is known up to the frame ``start``, of its latest ``at_most`` frames: attention grows with each."""
    frames = sorted({one.frame for one in known if one.frame <= start})[-at_most:]
    return tuple(one for one in known if one.frame in frames)
