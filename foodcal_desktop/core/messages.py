"""What crosses the door between the window and its worker processes: framed messages, never pickled objects.

A frame is two little-endian uint32 (length of the header, length of the arrays), a JSON header, and the bytes of its
arrays one after the other. The header's "arrays" lists name, dtype and shape of each.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foodcal_desktop.core.mask import Mask
from foodcal_desktop.core.prompt import BoxPrompt, Candidate, PointPrompt, Prompts

_LENGTHS = struct.Struct("<II")
_MAX_HEADER = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True, eq=False)
class Message:
    """One message: its kind, JSON values, and arrays by name."""

    kind: str
    values: Mapping[str, Any] = field(default_factory=dict)
    arrays: Mapping[str, NDArray[Any]] = field(default_factory=dict)

    def to_bytes(self) -> bytes:
        """The frame."""
        arrays = {name: np.ascontiguousarray(array) for name, array in self.arrays.items()}
        listing = [[name, array.dtype.str, list(array.shape)] for name, array in arrays.items()]
        header = json.dumps({"kind": self.kind, "values": dict(self.values), "arrays": listing}).encode()
        body = b"".join(array.tobytes() for array in arrays.values())
        return _LENGTHS.pack(len(header), len(body)) + header + body


class MessageReader:
    """Turns a stream of bytes, in pieces of any size, into messages."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, data: bytes) -> Iterator[Message]:
        """Messages that are complete with ``data``.

        Raises:
            ValueError: the stream is no stream of frames.
        """
        self._buffer += data
        while (message := self._take()) is not None:
            yield message

    def _take(self) -> Message | None:
        if len(self._buffer) < _LENGTHS.size:
            return None
        header_size, body_size = _LENGTHS.unpack_from(self._buffer)
        if header_size > _MAX_HEADER:
            raise ValueError("The worker sent something that is no message.")
        end = _LENGTHS.size + header_size + body_size
        if len(self._buffer) < end:
            return None
        header = bytes(self._buffer[_LENGTHS.size : _LENGTHS.size + header_size])
        body = bytes(self._buffer[_LENGTHS.size + header_size : end])
        del self._buffer[:end]
        return _message_of(header, body)


def _message_of(header: bytes, body: bytes) -> Message:
    parsed = json.loads(header)
    arrays: dict[str, NDArray[Any]] = {}
    offset = 0
    for name, dtype, shape in parsed["arrays"]:
        count = int(np.prod(shape, dtype=np.int64))
        array = np.frombuffer(body, np.dtype(dtype), count, offset).reshape(shape)
        arrays[name] = array
        offset += array.nbytes
    return Message(parsed["kind"], parsed["values"], arrays)


def predict_message(request: int, embedding: str, prompts: Prompts, preview: bool = False) -> Message:
    """Asks the decoder for candidates of an embedding stored in the file ``embedding``.

    A preview may be left, with the message "preview_left", where another request has come in already.
    """
    values = {"request": request, "embedding": embedding, "preview": preview, **prompt_values(prompts)}
    return Message("predict", values, {} if prompts.previous is None else {"previous": prompts.previous.logits})


def prompt_values(prompts: Prompts) -> dict[str, Any]:
    """Clicks and box as values from which ``prompts_of`` reads them again."""
    box = prompts.box
    return {
        "points": [[p.x, p.y, p.positive] for p in prompts.points],
        "box": None if box is None else [box.x0, box.y0, box.x1, box.y1],
    }


def prompts_of(message: Message) -> Prompts:
    """The prompts of a message."""
    box = message.values["box"]
    prompts = Prompts(
        tuple(PointPrompt(x, y, bool(positive)) for x, y, positive in message.values["points"]),
        None if box is None else BoxPrompt(*box),
    )
    return prompts.with_previous(message.arrays.get("previous"))


def candidates_message(request: int, candidates: Sequence[Candidate], notices: Sequence[str] = ()) -> Message:
    """The decoder's answer, and what it has to say beside it."""
    values = {"request": request, "notices": list(notices), **_scores(candidates)}
    return Message("candidates", values, _arrays(candidates))


def found_message(photo: str, candidates: Sequence[Candidate]) -> Message:
    """The encoder's answer to "find": the proposals for a photo, best first."""
    return Message("found", {"photo": photo, **_scores(candidates)}, _arrays(candidates))


def candidate_values(candidates: Sequence[Candidate]) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
    """Values and arrays from which ``candidates_of`` reads the candidates again."""
    return _scores(candidates), _arrays(candidates)


def _scores(candidates: Sequence[Candidate]) -> dict[str, Any]:
    stability = [None if c.stability is None else float(c.stability) for c in candidates]
    return {"iou": [float(c.predicted_iou) for c in candidates], "stability": stability}


def _arrays(candidates: Sequence[Candidate]) -> dict[str, NDArray[Any]]:
    arrays: dict[str, NDArray[Any]] = {}
    for i, candidate in enumerate(candidates):
        arrays[f"mask{i}"] = np.frombuffer(candidate.mask.to_bytes(), np.uint8)
        arrays[f"logits{i}"] = candidate.logits
    return arrays


def candidates_of(message: Message) -> tuple[Candidate, ...]:
    """The candidates of an answer, in the worker's order."""
    scores = zip(message.values["iou"], message.values["stability"], strict=True)
    return tuple(
        Candidate(Mask.from_bytes(message.arrays[f"mask{i}"].tobytes()), iou, message.arrays[f"logits{i}"], stability)
        for i, (iou, stability) in enumerate(scores)
    )
