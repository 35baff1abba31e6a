"""The encoder's looks: round things that may be a coin, and an item once more, enlarged."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from foodcal_desktop.core.looks import AGAIN, looked_message, mask_in
from foodcal_desktop.core.messages import Message
from foodcal_desktop.segmentation.embedding_cache import EmbeddingCache
from foodcal_desktop.segmentation.proposals import Interrupted
from foodcal_desktop.segmentation.round_things import find_round
from foodcal_desktop.segmentation.second_look import Rgb, measured_mask
from foodcal_desktop.segmentation.segmenter import Segmenter
from foodcal_desktop.worker.channel import Channel


class _Owner(Protocol):
    @property
    def segmenter(self) -> Segmenter:
        """The loaded checkpoint."""

    def segmenter_of(self, embedding: str) -> Segmenter:
        """The checkpoint that made a stored embedding."""


class Looking:
    """Answers looks. The last photo stays decoded, for several items of it are looked at one after the other."""

    def __init__(self, owner: _Owner, channel: Channel) -> None:
        self._owner, self._channel = owner, channel
        self._kept: tuple[str, Rgb] | None = None

    def look(self, message: Message) -> Message:
        """The answer. Raises PhotoError, OSError or ValueError where the photo or the embedding cannot be read."""
        pixels = self._pixels(message)
        if message.values["what"] == AGAIN:
            clicks = [(float(x), float(y)) for x, y in message.values["clicks"]]
            return looked_message(message, (), measured_mask(self._owner.segmenter, pixels, mask_in(message), clicks))
        path = message.values["embedding"]
        segmenter, embedding = self._owner.segmenter_of(path), EmbeddingCache().read(Path(path))
        try:
            found = find_round(segmenter, embedding, pixels, lambda: self._channel.is_waited_for)
        except Interrupted:
            return looked_message(message, None)
        return looked_message(message, found)

    def _pixels(self, message: Message) -> Rgb:
        from foodcal_desktop.storage import photos

        sha256, path = message.values["photo"], Path(message.values["path"])
        if self._kept is None or self._kept[0] != sha256:
            loaded = photos.load(path)
            if loaded.photo.sha256 != sha256:
                raise ValueError(f"{path.name} has changed since it was opened; open it again.")
            self._kept = (sha256, loaded.pixels)
        return self._kept[1]
