"""The encoder's looks: round things that may be a coin, a candidate closer, and a measured item enlarged."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from foodcal_desktop.core.looks import AGAIN, CLOSER, looked_message, mask_in
from foodcal_desktop.core.messages import Message, candidates_of, prompts_of
from foodcal_desktop.segmentation.closer_look import CloserLook, pays
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
        # The photo and checkpoint that it is of, and the look that remembers its windows.
        self._closer: tuple[tuple[str, str], CloserLook] | None = None

    def look(self, message: Message) -> Message:
        """The answer. Raises PhotoError, OSError or ValueError where the photo or the embedding cannot be read."""
        if message.values["what"] == CLOSER:
            return self._look_closer(message)
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

    def _look_closer(self, message: Message) -> Message:
        """The candidate with a finer mask, or as it is where a closer look does not pay."""
        candidate, segmenter = candidates_of(message)[0], self._owner.segmenter
        if not pays(segmenter):
            return looked_message(message, (candidate,))
        key = (message.values["photo"], segmenter.checkpoint_hash)
        if self._closer is None or self._closer[0] != key:
            self._closer = (key, CloserLook(segmenter, self._pixels(message)))
        return looked_message(message, (self._closer[1].at(candidate, prompts_of(message)),))

    def _pixels(self, message: Message) -> Rgb:
        from foodcal_desktop.storage import photos

        sha256, path = message.values["photo"], Path(message.values["path"])
        if self._kept is None or self._kept[0] != sha256:
            loaded = photos.load(path)
            if loaded.photo.sha256 != sha256:
                raise ValueError(f"{path.name} has changed since it was opened; open it again.")
            self._kept = (sha256, loaded.pixels)
        return self._kept[1]
