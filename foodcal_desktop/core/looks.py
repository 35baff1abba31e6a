"""What the window asks the encoder to look at beside its embeddings: round things, and items closer or enlarged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from foodcal_desktop.core.annotation import Photo
from foodcal_desktop.core.mask import Mask
from foodcal_desktop.core.messages import Message, candidate_values, candidates_of, prompt_values
from foodcal_desktop.core.prompt import Candidate, Prompts

ROUND, AGAIN, CLOSER = "round", "again", "closer"
"""``what`` of a look: round things that may be a coin; an item that is measured again, enlarged; a candidate closer."""

Clicks = Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Looked:
    """The answer to a look: candidates of round things (None where it was left half-way), an item's mask, or the one
    candidate with its finer mask."""

    what: str
    photo: str
    item: str = ""
    candidates: tuple[Candidate, ...] | None = None
    mask: Mask | None = None


def round_message(photo: Photo, embedding: str) -> Message:
    """Asks for round things on a photo whose embedding is stored in the file ``embedding``."""
    return Message("look", {"what": ROUND, "photo": photo.sha256, "path": photo.path, "embedding": embedding})


def again_message(photo: Photo, item: str, mask: Mask, clicks: Clicks) -> Message:
    """Asks for an item's mask again, enlarged; a look that loses one of the positive clicks (x, y) does not count."""
    where = {"photo": photo.sha256, "path": photo.path, "item": item}
    values = {"what": AGAIN, **where, "clicks": [list(click) for click in clicks]}
    return Message("look", values, {"mask": np.frombuffer(mask.to_bytes(), np.uint8)})


def closer_message(photo: Photo, item: str, prompts: Prompts, candidate: Candidate) -> Message:
    """Asks for a finer mask of what was answered to prompts; ``item`` tells the answers apart."""
    where = {"photo": photo.sha256, "path": photo.path, "item": item}
    scores, arrays = candidate_values([candidate])
    return Message("look", {"what": CLOSER, **where, **prompt_values(prompts), **scores}, arrays)


def mask_in(message: Message) -> Mask:
    """The mask of a message about an item. Raises KeyError or ValueError where it has none."""
    return Mask.from_bytes(message.arrays["mask"].tobytes())


def looked_message(asked: Message, candidates: Sequence[Candidate] | None = None, mask: Mask | None = None) -> Message:
    """The encoder's answer."""
    values = {"what": asked.values["what"], "photo": asked.values["photo"], "item": asked.values.get("item", "")}
    scores, arrays = candidate_values(candidates or ())
    if mask is not None:
        arrays = {**arrays, "mask": np.frombuffer(mask.to_bytes(), np.uint8)}
    return Message("looked", {**values, "left": candidates is None, **scores}, arrays)


def looked_of(message: Message) -> Looked:
    """The answer of a message."""
    values = message.values
    found = None if values["left"] else candidates_of(message)
    mask = mask_in(message) if "mask" in message.arrays else None
    return Looked(values["what"], values["photo"], values["item"], found, mask)
