"""What the encoder does next: the open photo, then foods to find, then photos that may be opened next."""

from __future__ import annotations

from collections.abc import Mapping

from foodcal_desktop.core.annotation import Photo
from foodcal_desktop.core.messages import Message


class EncoderQueue:
    """Wishes and the one being fulfilled. It decides; the client sends."""

    def __init__(self) -> None:
        self.embedding: Photo | None = None
        """The photo being embedded."""
        self.finding: str | None = None
        """The sha256 of the photo on which foods are being found."""
        self._urgent: Photo | None = None
        self._ahead: list[Photo] = []
        self._to_find: str | None = None
        self._unwanted = False
        self._by: Mapping[str, str] = {}

    def embed(self, photo: Photo) -> None:
        """Before all else; a photo that was as urgent until now waits behind it."""
        if self.embedding is not None and self.embedding.sha256 == photo.sha256:
            return
        if self._urgent is not None and self._urgent.sha256 != photo.sha256:
            self._ahead.insert(0, self._urgent)
        self._urgent = photo
        self._ahead = [p for p in self._ahead if p.sha256 != photo.sha256]

    def prefetch(self, photo: Photo) -> None:
        """When nothing else waits."""
        if all(p is None or p.sha256 != photo.sha256 for p in (self._urgent, self.embedding, *self._ahead)):
            self._ahead.append(photo)

    def forget_prefetches(self) -> None:
        """Photos that were only likely to be opened are no longer."""
        self._ahead.clear()

    def find(self, sha256: str, by: Mapping[str, str] | None = None) -> None:
        """Find the foods on a photo, once it is embedded; the last wish counts. ``by`` goes with the message."""
        self._to_find, self._by = sha256, by or {}

    def leave_find(self) -> bool:
        """No foods are to be found any more; whether the worker has to be told so."""
        self._to_find, self._unwanted = None, self.finding is not None
        return self._unwanted

    def found(self) -> None:
        """Finding has ended, by an answer or a failure."""
        self.finding, self._unwanted = None, False

    @property
    def is_finding(self) -> bool:
        """Whether foods are being found that somebody still waits for."""
        return self.finding is not None and not self._unwanted

    @property
    def wanted_find(self) -> str | None:
        """The photo on which foods are to be found next."""
        return self._to_find

    def next(self, embeddings: Mapping[str, str]) -> Message | None:
        """The message to send now, if any; ``embeddings`` are the stored ones by photo.

        The open photo's is sent even while foods are being found: the worker leaves that half-way.
        """
        if self.embedding is not None:
            return None
        if self._urgent is not None:
            self.embedding, self._urgent = self._urgent, None
        elif self.finding is not None:
            return None
        elif self._to_find in embeddings:
            self.finding, self._to_find = self._to_find, None
            return Message("find", {"photo": self.finding, "embedding": embeddings[self.finding or ""], **self._by})
        elif self._ahead:
            self.embedding = self._ahead.pop(0)
        return None if self.embedding is None else _embed_message(self.embedding)

    def left(self) -> None:
        """Finding was left half-way: it comes again, unless another one was wished since, or none any more."""
        self._to_find = self._to_find or (None if self._unwanted else self.finding)
        self.found()

    def reset(self) -> tuple[Photo | None, str | None]:
        """The encoder starts anew: what it was embedding, and where it was finding foods."""
        now = self.embedding, self.finding
        self.embedding = None
        self.found()
        return now


def _embed_message(photo: Photo) -> Message:
    return Message("embed", {"photo": photo.sha256, "path": photo.path})
